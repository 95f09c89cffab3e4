import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { later } from '../../shared/time';
import { listChannels } from '../store/channels';
import { findBooking } from '../store/bookings';
import { countDeliveries } from '../store/undelivered';
import { transitionBooking } from '../records/booking-transition';
import { eraseRecord } from '../personal-data/erase';
import { takeConsoleErrors } from '../test/console-errors';
import { answerDispatch, dispatchDeliveries } from '../test/dispatch';
import { deliverOne } from './attempt';
import { sendDueDeliveries } from './sweep';
import { NOW } from '../test/fixtures';
import { submitBooking } from '../test/records';
import { wrapDatabase } from '../test/wrap-database';

async function move(
  bookingId: string,
  request: { transition: 'confirm' | 'decline' | 'cancel'; now: Date },
) {
  const booking = await findBooking(env.DB, bookingId);
  if (booking === null) throw new Error('no booking');
  const outcome = await transitionBooking(env, { booking, actor: 'staff', ...request });
  expect(outcome.outcome).toBe('done');
}

describe('deliverOne', () => {
  test('sends once where two look at the same row at once', async () => {
    const seen = answerDispatch(() => 204);
    const { id } = await submitBooking();
    const [row] = await dispatchDeliveries(id);
    const states = await Promise.all([1, 2, 3].map(() => deliverOne(env, row?.id ?? '', NOW)));
    expect(states.toSorted()).toEqual(['delivered', 'skipped', 'skipped']);
    expect(seen).toHaveLength(1);
  });

  test('does nothing before its time or for a row that is not there', async () => {
    const seen = answerDispatch(() => 204);
    const { id } = await submitBooking();
    const [row] = await dispatchDeliveries(id);
    expect(await deliverOne(env, row?.id ?? '', later(NOW, { ms: -1 }))).toBe('skipped');
    expect(await deliverOne(env, crypto.randomUUID(), NOW)).toBe('skipped');
    expect(seen).toHaveLength(0);
  });

  test('takes a row over whose attempt died, once its lease has ended', async () => {
    const seen = answerDispatch(() => 204);
    const { id } = await submitBooking();
    const [row] = await dispatchDeliveries(id);
    await env.DB.prepare(
      `update deliveries set status = 'sending', attempts = 1, lease_ends_at = ? where id = ?`,
    )
      .bind(later(NOW, { minutes: 1 }).toISOString(), row?.id)
      .run();
    expect(await deliverOne(env, row?.id ?? '', NOW)).toBe('skipped');
    expect(await deliverOne(env, row?.id ?? '', later(NOW, { minutes: 1 }))).toBe('delivered');
    expect(seen).toHaveLength(1);
  });

  test('lets an attempt that lost its lease store no result', async () => {
    const { id } = await submitBooking();
    const [row] = await dispatchDeliveries(id);
    const afterLease = later(NOW, { minutes: 2 });
    vi.mocked(globalThis.fetch)
      .mockImplementationOnce(async () => {
        expect(await deliverOne(env, row?.id ?? '', afterLease)).toBe('delivered');
        return new Response(null, { status: 500 });
      })
      .mockImplementation(async () => new Response(null, { status: 204 }));
    await deliverOne(env, row?.id ?? '', NOW);
    expect(await dispatchDeliveries(id)).toMatchObject([{ status: 'delivered', attempts: 2 }]);
  });

  test('closes a row that a newer one has superseded, sent or not', async () => {
    const seen = answerDispatch(() => 500);
    const { id } = await submitBooking();
    const [first] = await dispatchDeliveries(id);
    await deliverOne(env, first?.id ?? '', NOW);
    await move(id, { transition: 'cancel', now: later(NOW, { minutes: 1 }) });
    await env.DB.prepare(`update deliveries set status = 'due' where id = ?`).bind(first?.id).run();
    expect(await deliverOne(env, first?.id ?? '', later(NOW, { minutes: 9 }))).toBe('skipped');
    expect((await dispatchDeliveries(id))[0]?.status).toBe('superseded');
    expect(seen).toHaveLength(1);
  });

  test('closes a dead letter once a newer version has arrived', async () => {
    answerDispatch(() => 204);
    const { id } = await submitBooking();
    const [first] = await dispatchDeliveries(id);
    await move(id, { transition: 'confirm', now: later(NOW, { minutes: 1 }) });
    await env.DB.prepare(`update deliveries set status = 'dead' where id = ?`)
      .bind(first?.id)
      .run();
    await sendDueDeliveries(env, later(NOW, { minutes: 12 }));
    expect((await dispatchDeliveries(id)).map(({ status }) => status)).toEqual([
      'superseded',
      'delivered',
    ]);
    expect(await countDeliveries(env.DB, NOW)).toMatchObject({ dead: 0 });
  });

  test('closes a dead cancellation once the erasure after it has arrived', async () => {
    answerDispatch(() => 204);
    const { id } = await submitBooking();
    await sendDueDeliveries(env, NOW);
    await move(id, { transition: 'decline', now: later(NOW, { minutes: 1 }) });
    await env.DB.prepare(
      `update deliveries set status = 'dead' where kind = 'job.cancelled'`,
    ).run();
    await sendDueDeliveries(env, later(NOW, { minutes: 12 }));
    expect((await dispatchDeliveries(id)).map(({ kind, status }) => `${kind} ${status}`)).toEqual([
      'job.requested delivered',
      'job.cancelled superseded',
      'job.erased delivered',
    ]);
  });

  test('closes dead letters of a record that a change or an erasure has superseded', async () => {
    const { id } = await submitBooking();
    await env.DB.prepare(`update deliveries set status = 'dead', attempts = 8`).run();
    await eraseRecord(env, { id, cause: 'request', actor: 'customer', now: NOW });
    expect(await countDeliveries(env.DB, NOW)).toMatchObject({ dead: 0 });
    expect((await dispatchDeliveries(id)).at(-1)).toMatchObject({
      kind: 'job.erased',
      status: 'due',
    });
  });

  test('sends an erasure only after the cancellation is finished', async () => {
    const seen = answerDispatch(() => 204);
    const { id } = await submitBooking();
    await sendDueDeliveries(env, NOW);
    await move(id, { transition: 'decline', now: later(NOW, { minutes: 1 }) });
    const undone = later(NOW, { minutes: 12 });
    await sendDueDeliveries(env, later(NOW, { minutes: 5 }));
    expect(seen.map(({ type }) => type)).toEqual(['job.requested']);
    await sendDueDeliveries(env, undone);
    await sendDueDeliveries(env, later(undone, { minutes: 1 }));
    expect(seen.map(({ type, version }) => `${type} ${version}`)).toEqual([
      'job.requested 1',
      'job.cancelled 2',
      'job.erased 3',
    ]);
  });

  test('is dead after the last retry, and one mail notifies staff', async () => {
    answerDispatch(() => 500);
    const { id } = await submitBooking();
    const other = await submitBooking({ phone: '0913 000 111' });
    let now = NOW;
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      for (const bookingId of [id, other.id]) {
        const [row] = await dispatchDeliveries(bookingId);
        if (row && row.next_attempt_at > now.toISOString()) now = new Date(row.next_attempt_at);
      }
      for (const bookingId of [id, other.id]) {
        await deliverOne(env, (await dispatchDeliveries(bookingId))[0]?.id ?? '', now);
      }
    }
    expect((await dispatchDeliveries(id))[0]).toMatchObject({ status: 'dead', attempts: 8 });
    expect((await dispatchDeliveries(other.id))[0]).toMatchObject({ status: 'dead', attempts: 8 });
    expect(await countDeliveries(env.DB, now)).toMatchObject({ dead: 2 });
    vi.mocked(env.STAFF_EMAIL.send).mockClear();
    await sendDueDeliveries(env, later(now, { minutes: 11 }));
    const subjects = vi
      .mocked(env.STAFF_EMAIL.send)
      .mock.calls.map(([mail]) => ('subject' in mail ? mail.subject : ''));
    expect(subjects.filter((subject) => subject.includes('không đến nơi'))).toEqual([
      'Có 2 lượt gửi không đến nơi, cần người xử lý',
    ]);
  });

  test('tries a delivery that meets a bug again and does not mark its channel as failing', async () => {
    const seen = answerDispatch(() => 204);
    const { id } = await submitBooking();
    const [row] = await dispatchDeliveries(id);
    await env.DB.prepare(`update deliveries set kind = 'unknown' where id = ?`).bind(row?.id).run();
    expect(await deliverOne(env, row?.id ?? '', NOW)).toBe('due');
    expect(takeConsoleErrors().join()).toContain('delivery_bug');
    expect(seen).toHaveLength(0);
    expect(await listChannels(env.DB)).toEqual([]);
    expect((await dispatchDeliveries(id))[0]).toMatchObject({ attempts: 1, last_result: 'bug' });
  });

  test('keeps a row when the key store does not answer', async () => {
    answerDispatch(() => 204);
    const { id } = await submitBooking();
    const broken = {
      ...env,
      VAULT: { get: () => Promise.reject(new Error('KV GET failed: 500 Internal Server Error')) },
    };
    const [row] = await dispatchDeliveries(id);
    expect(await deliverOne(broken as unknown as Env, row?.id ?? '', NOW)).toBe('due');
    expect(takeConsoleErrors().join()).toContain('delivery_failed');
    expect(await listChannels(env.DB)).toMatchObject([{ name: 'dispatch', failingSince: NOW }]);
    expect(await deliverOne(env, row?.id ?? '', later(NOW, { minutes: 2 }))).toBe('delivered');
  });
});

describe('sendDueDeliveries', () => {
  test('sends what no queue message ever named, and says when it ran', async () => {
    const seen = answerDispatch(() => 204);
    await submitBooking();
    await sendDueDeliveries(env, NOW);
    expect(seen).toHaveLength(1);
    expect(vi.mocked(env.STAFF_EMAIL.send)).toHaveBeenCalledTimes(1);
    const run = await env.DB.prepare(
      `select ran_for from task_runs where task = 'deliveries'`,
    ).first();
    expect(run).toEqual({ ran_for: NOW.toISOString() });
  });

  test('goes on where one delivery cannot be claimed', async () => {
    const seen = answerDispatch(() => 204);
    const first = await submitBooking();
    await submitBooking({ phone: '0913 000 111' });
    const bad = (await dispatchDeliveries(first.id))[0]?.id ?? '';
    await env.DB.prepare(`update deliveries set attempts = -1, kind = 'unknown' where id = ?`)
      .bind(bad)
      .run();
    await sendDueDeliveries(env, NOW);
    expect(seen).toHaveLength(1);
    expect(takeConsoleErrors().join()).toContain('delivery_bug');
  });

  test('ends no channel early where the deliveries of another cannot be claimed', async () => {
    const seen = answerDispatch(() => 204);
    const { id } = await submitBooking();
    let batches = 0;
    const DB = wrapDatabase(env.DB, (call) => {
      batches += 1;
      // The list is the first one, then dispatch claims.
      if (batches === 2) throw new Error('D1_ERROR: Network connection lost.');
      return call();
    });
    await sendDueDeliveries({ ...env, DB }, NOW);
    expect(takeConsoleErrors().join()).toContain('sweep_failed');
    expect(seen).toHaveLength(0);
    expect((await dispatchDeliveries(id))[0]?.status).toBe('due');
    expect(vi.mocked(env.STAFF_EMAIL.send)).toHaveBeenCalledTimes(1);
  });
});
