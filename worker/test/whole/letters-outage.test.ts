import { env } from 'cloudflare:workers';
import * as v from 'valibot';
import { expect, test, vi } from 'vitest';
import { PersonSchema } from '../../../shared/forms/person.ts';
import { addMonths, later } from '../../../shared/time.ts';
import { takeConsoleErrors } from '../console-errors.ts';
import { NOW } from '../fixtures.ts';
import { sendLetter } from '../letters.ts';
import { eraseSubscriber } from '../../personal-data/erase.ts';
import { openKeyStore, sealPerson } from '../../personal-data/key-store.ts';
import { handleQueue } from '../../queue.ts';
import { sendDueDeliveries } from '../../outbox/sweep.ts';

const SUBSCRIBERS = 500;
const A_DAY = 300;
const LEAVING = 40;

const idOf = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
const addressOf = (at: number) => `reader-${at}@example.org`;

/** Writes confirmed subscribers as the pages do, some together. */
async function writeSubscribers(): Promise<void> {
  const endsAt = addMonths(NOW, 24);
  const rows = await Promise.all(
    Array.from({ length: SUBSCRIBERS }, async (_, at) => {
      const person = v.parse(PersonSchema, { name: '', email: addressOf(at) });
      const record = { id: idOf(at), code: '', createdAt: NOW, endsAt };
      return [idOf(at), await sealPerson(openKeyStore(env), record, person)] as const;
    }),
  );
  const sql = `insert into subscribers (id, state, address_hash, sealed, last_ask_id, asked_at, key_ends_at, created_at)
    values (?1, 'subscribed', ?1, ?2, ?1, ?3, ?4, ?3)`;
  await env.DB.batch(
    rows.map(([id, sealed]) =>
      env.DB.prepare(sql).bind(id, sealed, NOW.toISOString(), endsAt.toISOString()),
    ),
  );
}

/** Runs one minute: the sweep, then the queue, ten messages at a time. */
async function runMinute(minuteEnv: Env, queued: string[], now: Date): Promise<void> {
  await sendDueDeliveries(minuteEnv, now);
  while (queued.length > 0) {
    const messages = queued.splice(0, 10).map((deliveryId) => ({
      id: deliveryId,
      body: { v: 1, deliveryId },
      ack: () => undefined,
      retry: () => undefined,
    }));
    const batch = { queue: 'deliveries', messages } as unknown as MessageBatch;
    await handleQueue(batch, minuteEnv, now);
  }
}

test('500 subscribers get a letter at most once, none after leaving, the rest after an outage, by the limit of a day', async () => {
  await writeSubscribers();
  const queued: string[] = [];
  vi.mocked(env.DELIVERIES.sendBatch).mockImplementation(async (messages) => {
    queued.push(...Array.from(messages, ({ body }) => (body as { deliveryId: string }).deliveryId));
    return {} as QueueSendBatchResponse;
  });
  let fault: (at: number) => string | null = (at) =>
    at % 7 === 0 ? 'E_RATE_LIMIT_EXCEEDED' : null;
  let asked = 0;
  const taken: { to: string; at: Date }[] = [];
  let now = NOW;
  vi.mocked(env.CUSTOMER_EMAIL.send).mockImplementation(async (message: unknown) => {
    asked += 1;
    const code = fault(asked);
    if (code !== null) throw Object.assign(new Error('refused'), { code });
    taken.push({ to: (message as { to: string }).to, at: now });
    return { messageId: 'x' };
  });
  const minuteEnv: Env = { ...env, LETTERS_A_DAY: String(A_DAY) };
  const run = async (minutes: readonly number[]) => {
    for (const minute of minutes) {
      now = later(NOW, { minutes: minute });
      await runMinute(minuteEnv, queued, now);
    }
  };

  expect(await sendLetter('mot', NOW)).toBe(SUBSCRIBERS);
  // The service refuses some, then nearly everything for hours.
  await run([0, 2]);
  fault = (at) => (at % 50 === 0 ? null : 'E_INTERNAL_SERVER_ERROR');
  await run([5, 40, 180]);
  const left = new Map<string, Date>();
  for (let at = 0; at < LEAVING; at += 1) {
    await eraseSubscriber(env, { id: idOf(at), cause: 'request', now });
    left.set(addressOf(at), now);
  }
  fault = () => null;
  await run([600, 601, 1439]);
  const ofFirstDay = taken.length;
  await run([1500, 2100, 2400, 2900, 2901, 2902, 4500, 4501]);
  takeConsoleErrors();

  expect(ofFirstDay).toBeLessThanOrEqual(A_DAY);
  const counts = Map.groupBy(taken, ({ to }) => to);
  expect([...counts.values()].filter((mails) => mails.length > 1)).toEqual([]);
  expect(taken.filter(({ to, at }) => (left.get(to) ?? at) < at)).toEqual([]);
  const staying = Array.from({ length: SUBSCRIBERS - LEAVING }, (_, at) => addressOf(at + LEAVING));
  expect(staying.filter((address) => !counts.has(address))).toEqual([]);
  const open = `select count(*) as n from deliveries where channel = 'letter' and status not in ('delivered', 'superseded')`;
  expect(await env.DB.prepare(open).first('n')).toBe(0);
});
