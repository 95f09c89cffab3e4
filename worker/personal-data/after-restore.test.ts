import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { later, fromVietnam } from '../../shared/time';
import { eraseRecord } from './erase';
import { listLostRequests } from './lost-requests';
import { transitionBooking } from '../records/booking-transition';
import { fillSql, LIST_SQL } from '../store/delivery-commands';
import { findRestore, AFTER_LOAD_SQL, ARM_SQL } from '../store/restores';
import { openPerson, openKeyStore } from './key-store';
import { REVIEW_DROP_SQL, REVIEW_KEEP_SQL, SENDING_ON_SQL } from '../store/sending';
import { answerDispatch } from '../test/dispatch';
import { count, readBooking, readDeliveries, submitBooking } from '../test/records';
import { systemMailsSent, runTasks } from '../test/tasks';

const MONDAY = '2026-11-23';
const COPY_END = fromVietnam(MONDAY, '10:00');
const RESTORED_AT = fromVietnam(MONDAY, '12:00');
const tables = ['bookings', 'messages', 'seats', 'events', 'deliveries', 'receipts', 'task_runs'];

type Row = Record<string, unknown>;

/** The rows of every table as they are now: what a copy of the database holds. */
async function copy(): Promise<Map<string, Row[]>> {
  const rows = tables.map(async (table): Promise<[string, Row[]]> => {
    const { results } = await env.DB.prepare(`select * from ${table}`).all<Row>();
    return [table, results];
  });
  return new Map(await Promise.all(rows));
}

/** Puts a copy in the place of the database, as the command does: in one transaction with what must follow it. */
async function restore(held: Map<string, Row[]>): Promise<void> {
  const loads = [...held].flatMap(([table, rows]) => [
    env.DB.prepare(`delete from ${table}`),
    ...rows.map((row) => {
      const places = Object.keys(row).map(() => '?');
      const values = Object.values(row).map((value) =>
        Array.isArray(value) ? new Uint8Array(value as number[]) : value,
      );
      const names = Object.keys(row).join();
      return env.DB.prepare(`insert into ${table} (${names}) values (${places.join()})`).bind(
        ...values,
      );
    }),
  ]);
  const times = { end: COPY_END.toISOString(), now: RESTORED_AT.toISOString() };
  const after = AFTER_LOAD_SQL.map((sql) => env.DB.prepare(fillSql(sql, times)));
  await env.DB.batch([...loads, ...after, env.DB.prepare(ARM_SQL)]);
}

async function run(sql: string, texts: Record<string, string> = {}): Promise<Row[]> {
  const now = RESTORED_AT.toISOString();
  return (await env.DB.prepare(fillSql(sql, { now, ...texts })).all<Row>()).results;
}

/** What waits for a person, as `npm run deliveries -- list` shows it. */
async function listReview(): Promise<Row[]> {
  return (await run(LIST_SQL)).filter(({ status }) => status === 'review');
}

function dispatched(): string[] {
  return vi
    .mocked(globalThis.fetch)
    .mock.calls.map(([, init]) => (JSON.parse(init?.body as string) as { type: string }).type);
}

beforeEach(() => {
  vi.mocked(globalThis.fetch).mockImplementation(async () => new Response(null, { status: 204 }));
});

describe('A database restored from a copy', () => {
  test('sends nothing by itself, and what was due waits for a person, seen in health and list', async () => {
    const asked = await submitBooking(
      { date: '2026-11-25' },
      { now: fromVietnam(MONDAY, '09:59') },
    );
    const held = await copy();
    await runTasks(MONDAY, '10:01');
    expect(dispatched()).toEqual(['job.requested']);
    await restore(held);
    await runTasks(MONDAY, '12:01');
    expect(dispatched()).toEqual(['job.requested']);
    expect(await listReview()).toMatchObject([{ code: asked.code }, { code: asked.code }]);
    await run(SENDING_ON_SQL);
    await runTasks(MONDAY, '12:02');
    expect(dispatched()).toEqual(['job.requested']);
    const [first] = await listReview();
    expect(await run(REVIEW_DROP_SQL, { id: String(first?.['id']) })).toHaveLength(1);
    expect(await run(REVIEW_KEEP_SQL, { id: 'all' })).toHaveLength(1);
    await runTasks(MONDAY, '12:03');
    expect((await readDeliveries(asked.id)).map(({ status }) => status).toSorted()).toEqual([
      'delivered',
      'superseded',
    ]);
  });

  test('lets nothing go unseen that was tried before the copy, whenever its next attempt is', async () => {
    vi.mocked(globalThis.fetch).mockImplementation(async () => new Response(null, { status: 503 }));
    const asked = await submitBooking({ date: '2026-11-25' });
    const times = ['09:01', '09:03', '09:10', '09:45'];
    for (const time of times) await runTasks(MONDAY, time);
    await env.DB.prepare(
      `update deliveries set next_attempt_at = ?1 where channel = 'dispatch' and next_attempt_at > ?2`,
    )
      .bind(fromVietnam(MONDAY, '12:30').toISOString(), fromVietnam(MONDAY, '09:45').toISOString())
      .run();
    await restore(await copy());
    answerDispatch();
    expect(await listReview()).toMatchObject([{ code: asked.code, channel: 'dispatch' }]);
    const before = dispatched().length;
    await run(SENDING_ON_SQL);
    await runTasks(MONDAY, '12:31');
    expect(dispatched()).toHaveLength(before);
  });

  test('lets what was not due yet go at its time once sending is on', async () => {
    const asked = await submitBooking({ date: '2026-11-25' });
    await runTasks(MONDAY, '09:01');
    const now = fromVietnam(MONDAY, '11:55');
    await transitionBooking(env, { booking: asked, transition: 'confirm', actor: 'staff', now });
    await restore(await copy());
    await run(SENDING_ON_SQL);
    await runTasks(MONDAY, '12:06');
    expect(dispatched()).toEqual(['job.requested', 'job.confirmed']);
  });

  test('numbers later events above those that dispatch saw before the loss', async () => {
    const asked = await submitBooking({ date: '2026-11-25' });
    const held = await copy();
    await restore(held);
    expect((await readBooking(asked.id)).version).toBe(asked.version + 100);
  });

  test('erases again whoever was erased after the copy, and orders dispatch to', async () => {
    const gone = await submitBooking({ date: '2026-11-25' });
    const kept = await submitBooking({ date: '2026-11-26' });
    await runTasks(MONDAY, '09:01');
    const held = await copy();
    const now = fromVietnam(MONDAY, '11:00');
    await eraseRecord(env, { id: gone.id, cause: 'request', actor: 'customer', now });
    await restore(held);
    expect((await readBooking(gone.id)).sealed).toEqual(gone.sealed);
    expect(await openPerson(openKeyStore(env), gone.id, gone.sealed)).toEqual({ state: 'absent' });
    await runTasks(MONDAY, '12:01');
    expect(await readBooking(gone.id)).toMatchObject({
      state: 'cancelled',
      erasedAt: fromVietnam(MONDAY, '12:01'),
    });
    expect((await readBooking(gone.id)).sealed).toHaveLength(0);
    expect((await readBooking(kept.id)).erasedAt).toBeNull();
    await run(SENDING_ON_SQL);
    await runTasks(MONDAY, '12:02');
    expect(dispatched().at(-1)).toBe('job.erased');
    expect(await findRestore(env.DB)).toMatchObject({
      pending: true,
      counts: { erased: 1, lost: 0 },
    });
    await runTasks(MONDAY, '12:11');
    expect(await findRestore(env.DB)).toMatchObject({ pending: false, counts: { erased: 1 } });
  });

  test('keeps an end that was brought forward after the copy, and moves no key before it has looked', async () => {
    const asked = await submitBooking({ date: '2026-11-25' });
    await transitionBooking(env, {
      booking: asked,
      transition: 'confirm',
      actor: 'staff',
      now: fromVietnam(MONDAY, '09:30'),
    });
    const held = await copy();
    const now = fromVietnam(MONDAY, '11:00');
    await transitionBooking(env, {
      booking: await readBooking(asked.id),
      transition: 'cancel',
      actor: 'customer',
      now,
    });
    await restore(held);
    await runTasks(MONDAY, '13:00');
    expect((await readBooking(asked.id)).keyEndsAt).toEqual(later(now, { days: 30 }));
    const { keys } = await env.VAULT.list();
    expect(keys[0]?.expiration).toBe(later(now, { days: 30 }).getTime() / 1000);
  });

  test('lists a request that came after the copy as perhaps lost, to staff with code and time, and none that was never stored', async () => {
    await submitBooking({ date: '2026-11-25' });
    const refused = await submitBooking({ date: '2026-11-27' });
    const key = await env.VAULT.getWithMetadata(refused.id, 'arrayBuffer');
    await env.DB.prepare('delete from bookings where id = ?').bind(refused.id).run();
    expect(key.value).not.toBeNull();
    const held = await copy();
    const lost = await submitBooking({ date: '2026-11-26' }, { now: fromVietnam(MONDAY, '11:00') });
    await restore(held);
    expect(await listLostRequests(env, { copyEndedAt: COPY_END, at: RESTORED_AT })).toEqual([
      { id: lost.id, code: lost.code, at: fromVietnam(MONDAY, '11:00').toISOString() },
    ]);
    await run(SENDING_ON_SQL);
    for (const time of ['12:01', '17:59', '18:00', '18:01']) await runTasks(MONDAY, time);
    const digest = systemMailsSent().find(({ subject }) => subject.startsWith('Tổng kết'));
    expect(digest?.text).toContain(`${lost.code} · gửi lúc`);
    expect(digest?.text).toContain('có thể đã mất');
    expect(digest?.text).not.toContain(refused.code);
    expect(digest?.text).toContain('lượt gửi chờ người xem lại');
  });

  test('erases nothing until a person has seen that the key store is the right one', async () => {
    const asked = await submitBooking({ date: '2026-11-25' });
    await restore(await copy());
    await env.DB.prepare(
      `update task_runs set result = json_set(result, '$.armed', 0) where task = 'restore'`,
    ).run();
    await env.VAULT.delete(asked.id);
    await runTasks(MONDAY, '12:30');
    expect((await readBooking(asked.id)).erasedAt).toBeNull();
    expect(await count('channels', "name = 'all' and stopped_at is not null")).toBe(1);
  });
});
