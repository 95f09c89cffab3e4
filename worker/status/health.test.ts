import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { later } from '../../shared/time';
import { appAt } from '../test/requests';
import { failureLines } from '../outbox/mails/digest-lines';
import { sendDueDeliveries } from '../outbox/sweep';
import { KEYS_TASK } from '../personal-data/key-reconciliation';
import { stopChannel } from '../store/channels';
import { fillSql } from '../store/delivery-commands';
import { recordTaskRun } from '../store/task-runs';
import { takeConsoleErrors } from '../test/console-errors';
import { SENDING_OFF_SQL } from '../store/sending';
import { NOW } from '../test/fixtures';
import { answerDispatch } from '../test/dispatch';
import { submitBooking } from '../test/records';

async function askHealth(now: Date, bindings: Partial<Env> = {}) {
  const response = await appAt(now).request(
    'https://example.com/api/health',
    {},
    { ...env, ...bindings },
  );
  return { status: response.status, body: await response.json() };
}

describe('GET /api/health', () => {
  test('is well with empty tables', async () => {
    expect(await askHealth(NOW)).toEqual({
      status: 200,
      body: {
        ok: true,
        database: true,
        oldestUndeliveredSeconds: 0,
        dead: 0,
        lastSweepAt: null,
      },
    });
  });

  test('counts how long the oldest delivery waits, and is not well after an hour', async () => {
    await submitBooking();
    expect((await askHealth(later(NOW, { minutes: 2 }))).body).toMatchObject({
      ok: true,
      oldestUndeliveredSeconds: 120,
    });
    expect((await askHealth(later(NOW, { minutes: 61 }))).body).toMatchObject({ ok: false });
  });

  test('says when cron last ran, and is not well when it has stopped', async () => {
    answerDispatch();
    await sendDueDeliveries(env, NOW);
    const { body } = await askHealth(later(NOW, { minutes: 1 }));
    expect(body).toMatchObject({
      ok: true,
      lastSweepAt: expect.stringMatching(/^2026-11-23T02:00/) as string,
    });
    expect((await askHealth(later(NOW, { minutes: 11 }))).body).toMatchObject({ ok: false });
  });

  test('counts dead letters and is not well with one', async () => {
    await submitBooking();
    await env.DB.prepare(`update deliveries set status = 'dead' where channel = 'dispatch'`).run();
    expect((await askHealth(NOW)).body).toMatchObject({ ok: false, dead: 1 });
  });

  test('is not well once a record has lost its key, and the digest says so', async () => {
    const run = { task: KEYS_TASK, ranFor: 'x', at: NOW, result: { missing: 2 } };
    await recordTaskRun(env.DB, run).run();
    expect((await askHealth(NOW)).body).toMatchObject({ ok: false, dead: 0 });
    expect(await failureLines(env, NOW)).toEqual([
      { text: '2 đơn, tin mà hệ thống không đọc được cách liên hệ với khách nữa' },
    ]);
  });

  test('is not well while sending is off', async () => {
    await env.DB.prepare(fillSql(SENDING_OFF_SQL, { now: NOW.toISOString() })).run();
    expect((await askHealth(NOW)).body).toMatchObject({ ok: false });
  });

  test('is not well while a channel is stopped, however little waits for it', async () => {
    await stopChannel(env.DB, 'dispatch', NOW).run();
    expect((await askHealth(NOW)).body).toMatchObject({ ok: false, dead: 0 });
  });

  test('answers 503 when the database does not', async () => {
    const DB = {
      prepare: () => {
        throw new Error('D1_ERROR: Network connection lost.');
      },
    } as unknown as D1Database;
    expect(await askHealth(NOW, { DB })).toEqual({
      status: 503,
      body: {
        ok: false,
        database: false,
        oldestUndeliveredSeconds: null,
        dead: null,
        lastSweepAt: null,
      },
    });
    expect(takeConsoleErrors().join()).toContain('health_failed');
  });
});
