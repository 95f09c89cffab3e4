import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { later, fromVietnam } from '../../shared/time';
import { eraseRecord } from './erase';
import { transitionBooking } from '../records/booking-transition';
import { purge } from './purge';
import { destroyErasedKeys, reconcileKeys } from './key-reconciliation';
import { syncKeys } from '../tasks/keys';
import { openRightsRequest } from '../store/rights-requests';
import { findTaskRun } from '../store/task-runs';
import { takeConsoleErrors } from '../test/console-errors';
import { openPerson, openKeyStore } from './key-store';
import type { Booking } from '../store/bookings';
import { answerDispatch } from '../test/dispatch';
import { count, readBooking, submitMessage, submitBooking } from '../test/records';
import { systemMailsSent, runTasks } from '../test/tasks';

const MONDAY = '2026-11-23';

async function cancel(booking: Booking, now: Date) {
  await transitionBooking(env, { booking, transition: 'cancel', actor: 'customer', now });
}

describe('purge', () => {
  test('empties a cancelled booking 30 days after the cancel, once, and orders dispatch to erase', async () => {
    answerDispatch();
    const asked = await submitBooking({ date: '2026-11-25' });
    await runTasks(MONDAY, '09:01');
    await cancel(await readBooking(asked.id), fromVietnam(MONDAY, '10:00'));
    expect(await purge(env, fromVietnam('2026-12-23', '09:59'))).toMatchObject({ emptied: 0 });
    expect(await purge(env, fromVietnam('2026-12-23', '10:00'))).toMatchObject({
      emptied: 1,
      more: 0,
    });
    const emptied = await readBooking(asked.id);
    expect(emptied.sealed).toHaveLength(0);
    expect(emptied).toMatchObject({ state: 'cancelled' });
    expect(await count('repeats')).toBe(0);
    expect(await count('deliveries', "kind = 'job.erased'")).toBe(1);
    expect(await purge(env, fromVietnam('2026-12-23', '10:00'))).toMatchObject({
      emptied: 0,
      deleted: 0,
    });
    expect(await count('deliveries', "kind = 'job.erased'")).toBe(1);
  });

  test('sends dispatch nothing about a booking it never received', async () => {
    const asked = await submitBooking({ date: '2026-11-25' });
    await cancel(asked, fromVietnam(MONDAY, '09:00'));
    await purge(env, fromVietnam('2026-12-23', '09:00'));
    expect((await readBooking(asked.id)).erasedAt).not.toBeNull();
    expect(await count('deliveries', "channel = 'dispatch' and status <> 'superseded'")).toBe(0);
  });

  test('empties a message at its end', async () => {
    const { id } = await submitMessage();
    await purge(env, later(fromVietnam(MONDAY, '09:00'), { days: 180 }));
    expect(
      await count('messages', `id = '${id}' and length(sealed) = 0 and state = 'closed'`),
    ).toBe(1);
  });

  test('deletes what is left after 36 months, with all that belongs to it', async () => {
    const asked = await submitBooking({ date: '2026-11-25' });
    await eraseRecord(env, {
      id: asked.id,
      cause: 'request',
      actor: 'customer',
      now: fromVietnam(MONDAY, '10:00'),
    });
    await purge(env, fromVietnam('2029-11-23', '09:59'));
    expect(await count('bookings')).toBe(1);
    expect(await purge(env, fromVietnam('2029-11-23', '10:00'))).toMatchObject({ deleted: 1 });
    for (const table of ['bookings', 'events', 'deliveries', 'receipts', 'seats']) {
      expect(await count(table), table).toBe(0);
    }
  });

  test('runs once an hour and stores what it did', async () => {
    await runTasks(MONDAY, '09:00');
    await runTasks(MONDAY, '09:59');
    expect(await findTaskRun(env.DB, 'purge')).toMatchObject({
      at: fromVietnam(MONDAY, '09:00'),
    });
    await runTasks(MONDAY, '10:01');
    expect(await findTaskRun(env.DB, 'purge')).toMatchObject({
      at: fromVietnam(MONDAY, '10:01'),
    });
    expect(await findTaskRun(env.DB, 'keys')).toMatchObject({ result: { missing: 0 } });
  });
});

describe('eraseRecord', () => {
  test('takes a live visit back, empties it, notifies staff and dispatch, and destroys the key', async () => {
    answerDispatch();
    const asked = await submitBooking({ date: '2026-11-25' });
    await runTasks(MONDAY, '09:01');
    const now = fromVietnam(MONDAY, '10:00');
    const outcome = await eraseRecord(env, {
      id: asked.id,
      cause: 'request',
      actor: 'customer',
      now,
    });
    expect(outcome.outcome).toBe('done');
    expect(await readBooking(asked.id)).toMatchObject({ state: 'cancelled', erasedAt: now });
    expect(await count('seats')).toBe(0);
    expect(await count('deliveries', "kind in ('job.erased', 'booking.cancelled')")).toBe(2);
    // The blob of a copy made before the erasure opens with nothing that is left.
    expect(await openPerson(openKeyStore(env), asked.id, asked.sealed)).toEqual({
      state: 'absent',
    });
  });

  test('leaves the mail to staff that a visit is cancelled', async () => {
    answerDispatch();
    const asked = await submitBooking({ date: '2026-11-25' });
    await runTasks(MONDAY, '09:01');
    vi.mocked(env.STAFF_EMAIL.send).mockClear();
    await cancel(await readBooking(asked.id), fromVietnam(MONDAY, '10:00'));
    const now = fromVietnam(MONDAY, '10:00');
    await eraseRecord(env, { id: asked.id, cause: 'request', actor: 'customer', now });
    await runTasks(MONDAY, '10:01');
    const mails = systemMailsSent().filter(({ subject }) => subject.includes(asked.code));
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain('thông tin của khách đã xóa');
  });

  test('is said to have happened before when it is asked again', async () => {
    const asked = await submitBooking({ date: '2026-11-25' });
    const again = () =>
      eraseRecord(env, {
        id: asked.id,
        cause: 'request',
        actor: 'customer',
        now: fromVietnam(MONDAY, '10:00'),
      });
    await again();
    expect(await again()).toEqual({ outcome: 'before' });
  });
});

describe('A request to erase that the hourly task finds', () => {
  test('stays open where its record keeps changing', async () => {
    const asked = await submitBooking({ date: '2026-11-25' });
    const now = fromVietnam(MONDAY, '10:00');
    const days = { firstReplyDue: '2026-11-26', dueOn: '2026-12-13', createdAt: now };
    const request = {
      id: crypto.randomUUID(),
      kind: 'erase',
      subjectId: asked.id,
      ...days,
    } as const;
    await openRightsRequest(env.DB, request);
    await env.DB.prepare(
      `create trigger busy before update on bookings begin select raise(ignore); end`,
    ).run();
    expect(await purge(env, now)).toMatchObject({ erased: 0, failed: 1 });
    expect(takeConsoleErrors()).toEqual([expect.stringContaining('record_not_emptied')]);
    expect(await count('rights_requests', "state = 'open'")).toBe(1);
    await env.DB.prepare('drop trigger busy').run();
    expect(await purge(env, now)).toMatchObject({ erased: 1, failed: 0 });
    expect(await count('rights_requests', "state = 'open'")).toBe(0);
  });
});

describe('reconcileKeys', () => {
  test('destroys a key that a put under way brought back after an erasure', async () => {
    const asked = await submitBooking({ date: '2026-11-25' });
    const kept = await env.VAULT.get(asked.id, 'arrayBuffer');
    const now = fromVietnam(MONDAY, '10:00');
    await eraseRecord(env, { id: asked.id, cause: 'request', actor: 'customer', now });
    await env.VAULT.put(asked.id, kept ?? '', { expirationTtl: 3600 });
    expect(await destroyErasedKeys(env, later(now, { hours: 23 }))).toBe(1);
    expect(await env.VAULT.get(asked.id)).toBeNull();
    await env.VAULT.put(asked.id, kept ?? '', { expirationTtl: 3600 });
    expect(await reconcileKeys(env, later(now, { hours: 1 }))).toMatchObject({ destroyed: 1 });
    expect(await env.VAULT.get(asked.id)).toBeNull();
  });

  test('deletes the key of an erased record twice in a day, of which nothing fails', async () => {
    const { id } = await submitBooking();
    const now = fromVietnam(MONDAY, '10:00');
    const deletes = vi.spyOn(env.VAULT, 'delete');
    await eraseRecord(env, { id, cause: 'request', actor: 'customer', now });
    for (const minutes of [1, 2, 9, 10, 11, 12, 30, 60, 61, 120, 180, 720, 1_439, 1_440, 1_500])
      await syncKeys(env, later(now, { minutes }));
    expect(deletes.mock.calls).toEqual([[id], [id]]);
  });

  test('goes on deleting until the key store has answered', async () => {
    const { id } = await submitBooking();
    const now = fromVietnam(MONDAY, '10:00');
    const down = new Error('KV DELETE failed: 500 Internal Server Error');
    vi.spyOn(env.VAULT, 'delete').mockRejectedValueOnce(down).mockRejectedValueOnce(down);
    await eraseRecord(env, { id, cause: 'request', actor: 'customer', now });
    expect(takeConsoleErrors()).toEqual([expect.stringContaining('"class":"kv-down"')]);
    await expect(destroyErasedKeys(env, later(now, { minutes: 11 }))).rejects.toBe(down);
    expect(await env.VAULT.get(id)).not.toBeNull();
    expect(await destroyErasedKeys(env, later(now, { minutes: 12 }))).toBe(1);
    expect(await env.VAULT.get(id)).toBeNull();
  });

  test('sets a wrong end right, and counts a lost key and a key without a row', async () => {
    const asked = await submitBooking({ date: '2026-11-25' });
    const lost = await submitBooking({ date: '2026-11-26' });
    const kept = await env.VAULT.get(asked.id, 'arrayBuffer');
    await env.VAULT.put(asked.id, kept ?? '', { expirationTtl: 3600 });
    await env.VAULT.put('no-row', 'x', { expirationTtl: 3600 });
    await env.VAULT.delete(lost.id);
    const counts = await reconcileKeys(env, fromVietnam(MONDAY, '09:30'));
    expect(counts).toEqual({ keys: 2, moved: 1, destroyed: 0, orphans: 1, missing: 1, failed: 0 });
    const { keys } = await env.VAULT.list({ prefix: asked.id });
    expect(keys[0]?.expiration).toBe(Math.floor(asked.keyEndsAt.getTime() / 1000));
  });
});
