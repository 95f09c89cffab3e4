import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { later } from '../../shared/time';
import { handleQueue } from '../queue';
import { listChannels } from '../store/channels';
import { listDisclosures } from '../store/disclosures';
import { takeConsoleErrors } from '../test/console-errors';
import { answerDispatch } from '../test/dispatch';
import { NOW } from '../test/fixtures';
import { count, readDeliveries, submitBooking, submitMessage } from '../test/records';
import { wrapDatabase } from '../test/wrap-database';
import { deliverAll } from './attempt';
import { sendDueDeliveries } from './sweep';

/** Bookings of different customers, two deliveries each. */
async function submitBookings(number: number) {
  const bookings = [];
  for (let at = 0; at < number; at += 1) {
    const date = `2026-12-0${1 + Math.floor(at / 3)}`;
    bookings.push(await submitBooking({ phone: `0913 000 11${at}`, date }));
  }
  return bookings;
}

/** The bindings with every call of the database and every look at the key store counted; the database fails where `refuses` says so. */
function countCalls(refuses: (call: number) => boolean = () => false) {
  const calls = { database: 0, keys: 0 };
  const DB = wrapDatabase(env.DB, (call) => {
    calls.database += 1;
    if (refuses(calls.database)) throw new Error('D1_ERROR: Network connection lost.');
    return call();
  });
  const VAULT = new Proxy(env.VAULT, {
    get(target, name) {
      if (name === 'get') calls.keys += 1;
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
  return { calls, env: { ...env, DB, VAULT } };
}

async function handleBatch(ids: readonly string[], bindings: Env) {
  const messages = ids.map((deliveryId, at) => {
    return { id: `m${at}`, timestamp: NOW, attempts: 1, body: { v: 1, deliveryId } };
  });
  const batch = createMessageBatch('deliveries', messages);
  await handleQueue(batch, bindings, NOW);
  return getQueueResult(batch, createExecutionContext());
}

const statusesOf = async (id: string) => (await readDeliveries(id)).map(({ status }) => status);

describe('a batch of the queue', () => {
  test('claims, writes the ledger and records with one call each, and reads each key once', async () => {
    answerDispatch();
    const bookings = await submitBookings(5);
    const ids = bookings.flatMap(({ deliveryIds }) => deliveryIds);
    const { calls, env: counted } = countCalls();
    const result = await handleBatch(ids, counted);
    expect(result.explicitAcks).toHaveLength(10);
    expect(calls).toEqual({ database: 3, keys: 5 });
    expect(await count('deliveries', "status = 'delivered' and attempts = 1")).toBe(10);
    expect(await count('disclosures', "result = 'delivered' and sends = 1")).toBe(10);
  });

  test('settles each by itself where one has a bug, one is early and one is refused', async () => {
    const seen = answerDispatch();
    const [first, second] = await submitBookings(2);
    const message = await submitMessage({}, { now: later(NOW, { minutes: 1 }) });
    const [mail, job] = first?.deliveryIds ?? [];
    await env.DB.prepare(`update deliveries set kind = 'unknown' where id = ?`).bind(mail).run();
    vi.mocked(env.STAFF_EMAIL.send).mockRejectedValueOnce(
      Object.assign(new Error('no'), { code: 'E_VALIDATION_ERROR' }),
    );
    const ids = [mail ?? '', job ?? '', ...(second?.deliveryIds ?? []), ...message.deliveryIds];
    const result = await handleBatch(ids, env);
    expect(takeConsoleErrors().join()).toContain('delivery_bug');
    expect(result.explicitAcks).toHaveLength(5);
    expect(seen).toHaveLength(2);
    expect(await statusesOf(first?.id ?? '')).toEqual(['delivered', 'due']);
    expect(await statusesOf(second?.id ?? '')).toEqual(['delivered', 'dead']);
    expect(await statusesOf(message.id)).toEqual(['due']);
  });

  test('sends nothing where the ledger cannot be written', async () => {
    const seen = answerDispatch();
    const booking = await submitBooking();
    const { env: broken } = countCalls((call) => call === 2);
    const result = await handleBatch(booking.deliveryIds, broken);
    expect(takeConsoleErrors()).toHaveLength(2);
    expect(result.explicitAcks).toHaveLength(2);
    expect(seen).toHaveLength(0);
    expect(env.STAFF_EMAIL.send).not.toHaveBeenCalled();
    expect(await statusesOf(booking.id)).toEqual(['due', 'due']);
    expect(await listDisclosures(env.DB, booking.id)).toEqual([]);
  });

  test('brings back what was sent and could not be recorded; it is sent again after its lease', async () => {
    const seen = answerDispatch();
    const booking = await submitBooking();
    const { env: broken } = countCalls((call) => call > 2);
    const result = await handleBatch(booking.deliveryIds, broken);
    expect(takeConsoleErrors().join()).toContain('settle_failed');
    expect(result.retryMessages).toHaveLength(2);
    await deliverAll(env, booking.deliveryIds, later(NOW, { ms: 59_000 }));
    expect(seen).toHaveLength(1);
    await deliverAll(env, booking.deliveryIds, later(NOW, { ms: 60_000 }));
    expect(seen).toHaveLength(2);
    expect(seen[1]).toEqual(seen[0]);
    expect(await statusesOf(booking.id)).toEqual(['delivered', 'delivered']);
  });

  test('records the mails while dispatch keeps it waiting', async () => {
    const booking = await submitBooking();
    let answer: (response: Response) => void = () => undefined;
    vi.mocked(globalThis.fetch).mockImplementation(
      () => new Promise((resolve) => (answer = resolve)),
    );
    const sending = deliverAll(env, booking.deliveryIds, NOW);
    await vi.waitFor(async () => {
      expect(await statusesOf(booking.id)).toEqual(['sending', 'delivered']);
    });
    answer(new Response(null, { status: 204 }));
    await sending;
    expect(await statusesOf(booking.id)).toEqual(['delivered', 'delivered']);
  });

  test('attempts one of two of the same record and channel, and the newest of several versions', async () => {
    const booking = await submitBooking();
    const [mail] = booking.deliveryIds;
    const copy = (id: string, version: number) =>
      env.DB.prepare(
        `insert into deliveries (id, subject_kind, subject_id, channel, kind, version, status, attempts, next_attempt_at, created_at)
         select ?1, subject_kind, subject_id, channel, kind, ?2, status, 0, next_attempt_at, created_at from deliveries where id = ?3`,
      ).bind(id, version, mail);
    await env.DB.batch([copy('twin-a', 2), copy('twin-b', 2)]);
    const states = await deliverAll(env, [mail ?? '', 'twin-b', 'twin-a'], NOW);
    expect(Object.fromEntries(states)).toEqual({
      [mail ?? '']: 'skipped',
      'twin-a': 'delivered',
      'twin-b': 'skipped',
    });
    expect(env.STAFF_EMAIL.send).toHaveBeenCalledTimes(1);
    expect(await count('deliveries', `status = 'superseded' and version = 1`)).toBe(1);
    expect(await count('deliveries', `status = 'due' and id = 'twin-b'`)).toBe(1);
  });

  test.each([
    [[204, 500], NOW],
    [[500, 204], null],
  ])('leaves the channel as the last of %j says', async (answers, failingSince) => {
    const [first, second] = await submitBookings(2);
    const rest = [...answers];
    vi.mocked(globalThis.fetch).mockImplementation(async () => {
      return new Response(null, { status: rest.shift() ?? 500 });
    });
    const ids = [first, second].map((booking) => booking?.deliveryIds[1] ?? '');
    await deliverAll(env, ids, NOW);
    const [channel] = await listChannels(env.DB);
    expect(channel?.failingSince ?? null).toEqual(failingSince);
  });
});

test('a minute of cron with four deliveries due asks the database eight times', async () => {
  answerDispatch();
  await submitBookings(2);
  const { calls, env: counted } = countCalls();
  await sendDueDeliveries(counted, NOW);
  expect(calls).toEqual({ database: 8, keys: 4 });
  expect(await count('deliveries', "status = 'delivered'")).toBe(4);
});
