import { env } from 'cloudflare:workers';
import { expect, test, vi } from 'vitest';
import { fromVietnam, later } from '../../../shared/time';
import { runScheduled } from '../../scheduled';
import { type Counted, countCalls } from '../wrap-database';
import { answerDispatch } from '../dispatch';
import { count, submitBooking } from '../records';

vi.setConfig({ testTimeout: 60_000 });

const HOUR = fromVietnam('2026-11-24', '10:00');

async function costAt(minutes: number): Promise<Counted> {
  const { env: counting, counted } = countCalls(env);
  await runScheduled(counting, later(HOUR, { minutes }));
  return counted;
}

test('a minute of cron at rest is at most 6 calls of D1, a full hour at most 15', async () => {
  await costAt(-60);
  expect((await costAt(-59)).calls).toBeLessThanOrEqual(6);
  const hour = await costAt(0);
  expect(hour.calls).toBeLessThanOrEqual(15);
  const minute = await costAt(1);
  expect(minute.calls).toBeLessThanOrEqual(6);
  expect(minute.written).toBeLessThanOrEqual(2);
  expect(await count('events')).toBe(0);
});

test('with four deliveries due a full hour is at most 30 calls, and all arrive', async () => {
  answerDispatch();
  await costAt(-60);
  await submitBooking({ date: '2026-11-30' }, { now: later(HOUR, { minutes: -1 }) });
  await submitBooking({ date: '2026-11-30', name: 'Hai' }, { now: later(HOUR, { minutes: -1 }) });
  expect(await count('deliveries', "status = 'due'")).toBe(4);
  const hour = await costAt(0);
  expect(hour.calls).toBeLessThanOrEqual(30);
  expect(await count('deliveries', "status = 'delivered'")).toBe(4);
});
