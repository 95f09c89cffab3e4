import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { later } from '../../shared/time';
import { deliverOne } from '../outbox/attempt';
import { countDeliveries } from './undelivered';
import {
  CHANNELS_SQL,
  CLOSE_SQL,
  fillSql,
  FIND_SQL,
  LIST_SQL,
  REPLAY_SQL,
  RESUME_SQL,
  RESYNC_SQL,
  SHOW_SQL,
} from './delivery-commands';
import { transitionBooking } from '../records/booking-transition';
import { sendDueDeliveries } from '../outbox/sweep';
import { answerDispatch } from '../test/dispatch';
import { NOW } from '../test/fixtures';
import { count, readBooking, readDeliveries, submitBooking } from '../test/records';

async function dispatchRows(subjectId: string) {
  return (await readDeliveries(subjectId)).filter(({ channel }) => channel === 'dispatch');
}

async function dispatchRow(subjectId: string) {
  const [row] = await dispatchRows(subjectId);
  if (row === undefined) throw new Error('no dispatch delivery');
  return row;
}

async function move(id: string, transition: 'confirm' | 'cancel', minutes: number) {
  const booking = await readBooking(id);
  const now = later(NOW, { minutes });
  await transitionBooking(env, { booking, transition, actor: 'staff', now });
}

function answer(status: number) {
  vi.mocked(globalThis.fetch).mockImplementation(async () => new Response(null, { status }));
}

async function command(sql: string, texts: Record<string, string> = {}) {
  const statements = fillSql(sql, texts)
    .split(';\n')
    .map((text) => env.DB.prepare(text));
  return (await env.DB.batch(statements)).at(-1)?.results ?? [];
}

describe('npm run deliveries', () => {
  test('list names what has not arrived by code, show prints all of one', async () => {
    const booking = await submitBooking();
    const { id } = await dispatchRow(booking.id);
    expect(await command(LIST_SQL)).toHaveLength(2);
    answer(204);
    await deliverOne(env, id, NOW);
    expect(await command(LIST_SQL)).toMatchObject([{ channel: 'staff-email', code: booking.code }]);
    expect(await command(SHOW_SQL, { id })).toMatchObject([
      { id, code: booking.code, status: 'delivered', fields: '["name","phone","address"]' },
    ]);
  });

  test('finds every delivery of a code, delivered ones too, and none of another', async () => {
    const booking = await submitBooking();
    const { id } = await dispatchRow(booking.id);
    answer(204);
    await deliverOne(env, id, NOW);
    expect(await command(FIND_SQL, { code: booking.code })).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id, status: 'delivered', code: booking.code }),
        expect.objectContaining({ channel: 'staff-email', code: booking.code }),
      ]),
    );
    expect(await command(FIND_SQL, { code: 'TS-0000000' })).toEqual([]);
  });

  test('replay sends a dead letter again under its id', async () => {
    const booking = await submitBooking();
    const { id } = await dispatchRow(booking.id);
    await env.DB.prepare(`update deliveries set status = 'dead', attempts = 8 where id = ?`)
      .bind(id)
      .run();
    const now = later(NOW, { days: 2 });
    expect(await command(REPLAY_SQL, { id, now: now.toISOString() })).toEqual([{ id }]);
    answer(500);
    expect(await deliverOne(env, id, now)).toBe('due');
    expect((await dispatchRow(booking.id)).attempts).toBe(2);
  });

  test('replay refuses a delivery that a newer one supersedes', async () => {
    const booking = await submitBooking();
    const { id } = await dispatchRow(booking.id);
    await env.DB.prepare(
      `insert into deliveries (id, subject_kind, subject_id, channel, kind, version, status, attempts, next_attempt_at, created_at)
       select 'newer', subject_kind, subject_id, channel, 'job.updated', 2, 'delivered', 1, next_attempt_at, created_at
       from deliveries where id = ?`,
    )
      .bind(id)
      .run();
    expect(await command(REPLAY_SQL, { id, now: NOW.toISOString() })).toEqual([]);
  });

  test('close ends a dead letter that nobody will send, and nothing else', async () => {
    const booking = await submitBooking();
    const { id } = await dispatchRow(booking.id);
    const now = NOW.toISOString();
    expect(await command(CLOSE_SQL, { id, now })).toEqual([]);
    await env.DB.prepare(`update deliveries set status = 'dead' where id = ?`).bind(id).run();
    expect(await command(CLOSE_SQL, { id, now })).toEqual([{ id }]);
    expect(await dispatchRow(booking.id)).toMatchObject({
      status: 'superseded',
      last_result: 'closed-by-hand',
    });
    expect(await countDeliveries(env.DB, NOW)).toMatchObject({ dead: 0 });
  });

  test('resume opens a channel that a 410 has stopped', async () => {
    const booking = await submitBooking();
    const { id } = await dispatchRow(booking.id);
    answer(410);
    await deliverOne(env, id, NOW);
    expect(await command(CHANNELS_SQL)).toMatchObject([{ name: 'dispatch' }]);
    const now = later(NOW, { hours: 3 });
    await command(RESUME_SQL, { channel: 'dispatch', now: now.toISOString() });
    expect(await command(CHANNELS_SQL)).toEqual([]);
    answer(204);
    expect(await deliverOne(env, id, now)).toBe('delivered');
  });

  test('resync sends every live job again by time of visit with a higher version, once', async () => {
    const seen = answerDispatch(() => 204);
    const late = await submitBooking({ date: '2026-11-27' });
    const early = await submitBooking({ date: '2026-11-26', phone: '0913 000 111' });
    const off = await submitBooking({ date: '2026-11-26', phone: '0913 000 222' });
    const undoable = await submitBooking({ date: '2026-11-28', phone: '0913 000 333' });
    const held = await submitBooking({ phone: '0913 000 444' }, { holdReason: 'honeypot' });
    await move(early.id, 'confirm', 0);
    await move(off.id, 'cancel', 0);
    await sendDueDeliveries(env, later(NOW, { minutes: 11 }));
    await move(undoable.id, 'confirm', 11);
    seen.length = 0;
    const resync = (minutes: number, wantsRequests = '1') =>
      command(RESYNC_SQL, { early: wantsRequests, now: later(NOW, { minutes }).toISOString() });
    expect(await resync(12)).toHaveLength(2);
    expect(await resync(12)).toEqual([]);
    await sendDueDeliveries(env, later(NOW, { minutes: 13 }));
    expect(seen.map(({ type, version }) => `${type} ${version}`).toSorted()).toEqual([
      'job.confirmed 3',
      'job.requested 2',
    ]);
    const dueAt = async (id: string) => (await dispatchRows(id)).at(-1)?.next_attempt_at ?? '';
    expect((await dueAt(early.id)) < (await dueAt(late.id))).toBe(true);
    expect((await readBooking(late.id)).version).toBe(2);
    expect((await readBooking(held.id)).version).toBe(1);
    expect(await count('events', `type = 'resync' and actor = 'system'`)).toBe(2);
    // Where dispatch hears of confirmed jobs only, a request is not sent; and the job that is sent next is not doubled.
    expect(await resync(14, '0')).toHaveLength(1);
    await sendDueDeliveries(env, later(NOW, { minutes: 22 }));
    expect(
      seen
        .slice(2)
        .map(({ type, version }) => `${type} ${version}`)
        .toSorted(),
    ).toEqual(['job.confirmed 2', 'job.confirmed 4']);
    await move(early.id, 'cancel', 23);
    await sendDueDeliveries(env, later(NOW, { minutes: 24 }));
    expect(seen.at(-1)).toMatchObject({ type: 'job.cancelled', version: 5 });
  });

  test('takes nothing that could be SQL', () => {
    expect(() => fillSql(SHOW_SQL, { id: "x' or 1=1 --" })).toThrow('No usable id');
  });
});
