import { env } from 'cloudflare:workers';
import { expect, test, vi } from 'vitest';
import { addDays, fromVietnam, later } from '../../../shared/time';
import { transitionBooking } from '../../records/booking-transition';
import { changePlan } from '../../records/change-plan';
import type { PlanChange } from '../../records/plan-decisions';
import { runScheduled } from '../../scheduled';
import { findPlan } from '../../store/plans';
import { answerDispatch } from '../dispatch';
import { NOW } from '../fixtures';
import { findBroken } from '../invariants';
import { count, readBooking, submitBooking } from '../records';
import { countCalls } from '../wrap-database';

vi.setConfig({ testTimeout: 120_000 });

/** D1 takes 50 queries of one invocation on the Free plan. */
const CALLS_MAX = 40;
const WINDOWS = ['sang-som', 'sang', 'chieu', 'chieu-muon'];
const FIRST = '2026-11-26';

/** Plans of one weekday, confirmed, whose visits are not made yet. */
async function confirmPlans(plans: number): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < plans; at += 1) {
    const first = await submitBooking({
      ...{ service: 've-sinh-nha-o', repeat: 'weekly', email: undefined },
      ...{ date: FIRST, window: WINDOWS[at % WINDOWS.length] ?? '' },
      ...{ name: `Khách ${at}`, phone: `09120001${String(at).padStart(2, '0')}` },
    });
    const confirm = { transition: 'confirm', actor: 'staff', now: NOW } as const;
    await transitionBooking(env, { booking: await readBooking(first.id), ...confirm });
    ids.push(first.planId ?? '');
  }
  return ids;
}

/** Runs cron minute by minute until no plan has anything left to do; returns the calls of each minute. */
async function runMinutes(from: Date): Promise<number[]> {
  const calls: number[] = [];
  for (let minute = 0; minute < 40; minute += 1) {
    const { env: counting, counted } = countCalls(env);
    const at = later(from, { minutes: minute });
    await runScheduled(counting, at, () => at);
    calls.push(counted.calls);
    const horizon = addDays(FIRST, 45 - 3);
    const left = `unsettled = 1 or (state in ('active', 'paused') and next_date <= '${horizon}')`;
    if ((await count('plans', left)) === 0) return calls;
  }
  throw new Error('Plans are never done');
}

async function changeAll(ids: readonly string[], change: PlanChange, now: Date): Promise<void> {
  for (const id of ids) {
    const plan = await findPlan(env.DB, id);
    if (plan === null) throw new Error('no plan');
    expect(await changePlan(env, { plan, change, actor: 'customer', now })).toBe('done');
  }
}

test('no minute of cron passes 40 calls of D1, whatever many plans have to do at once', async () => {
  answerDispatch();
  const ids = await confirmPlans(8);
  const made = await runMinutes(later(NOW, { minutes: 1 }));
  expect(await count('bookings', "origin = 'plan' and state = 'confirmed'")).toBe(8 * 6);
  const start = fromVietnam('2026-11-23', '10:01');
  await changeAll(
    ids.slice(0, 4),
    { action: 'rhythm', rhythm: 'weekly', weekday: 'fri', window: 'sang' },
    start,
  );
  const moved = await runMinutes(start);
  // Three of the four find a seat in the one window; the days of the other stay open.
  expect(await count('plan_open_dates', 'settled_at is null')).toBeGreaterThan(4);
  // A full hour, in which the hourly tasks run too.
  const hour = fromVietnam('2026-11-23', '11:00');
  await changeAll(ids, { action: 'stop' }, hour);
  const ended = await runMinutes(hour);
  expect(await count('bookings', "state = 'confirmed' and plan_id is not null")).toBe(0);
  expect(await findBroken()).toEqual([]);
  expect(Math.max(...made, ...moved, ...ended)).toBeLessThanOrEqual(CALLS_MAX);
});
