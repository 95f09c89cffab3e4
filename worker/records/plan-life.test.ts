import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { retention } from '../../shared/privacy/register.ts';
import { later } from '../../shared/time.ts';
import { purge } from '../personal-data/purge.ts';
import { openRecord } from '../personal-data/read-person.ts';
import { fillSql } from '../store/delivery-commands.ts';
import { findPlan } from '../store/plans.ts';
import { AFTER_LOAD_SQL } from '../store/restores.ts';
import { dropHeld } from '../tasks/drop-held.ts';
import { followPlans } from '../tasks/plans.ts';
import { NOW } from '../test/fixtures.ts';
import { findBroken } from '../test/invariants.ts';
import { count, readBooking, readPlan, submitBooking } from '../test/records.ts';
import type { SubmitOptions } from '../test/fixtures.ts';
import { transitionBooking } from './booking-transition.ts';
import { changePlan } from './change-plan.ts';
import { followPlan } from './follow-plan.ts';

async function requestPlan(options: SubmitOptions = {}) {
  const fields = { service: 've-sinh-nha-o', repeat: 'weekly' };
  const { id, planId } = await submitBooking(fields, options);
  return { firstId: id, planId: planId ?? '' };
}

async function move(
  id: string,
  transition: 'confirm' | 'setAside' | 'release' | 'drop',
  now = NOW,
): Promise<void> {
  const booking = await readBooking(id);
  const result = await transitionBooking(env, { booking, transition, actor: 'staff', now });
  expect(result.outcome).toBe('done');
}

async function activePlan() {
  const { firstId, planId } = await requestPlan();
  await move(firstId, 'confirm');
  await followPlan(env, planId, { now: NOW });
  return planId;
}

describe('a plan whose request is held', () => {
  test('waits with it, and is requested once staff release it', async () => {
    const { firstId, planId } = await requestPlan({ holdReason: 'links' });
    expect((await readPlan(planId)).state).toBe('held');
    await followPlans(env, NOW);
    await move(firstId, 'release');
    expect((await readPlan(planId)).state).toBe('requested');
    await move(firstId, 'confirm');
    expect((await readPlan(planId)).state).toBe('active');
  });

  test('ends with it where staff drop it', async () => {
    const { firstId, planId } = await requestPlan({ holdReason: 'links' });
    await move(firstId, 'drop');
    expect((await readPlan(planId)).state).toBe('ended');
  });

  test('is gone with everything of it where nobody released it', async () => {
    const { planId } = await requestPlan({ holdReason: 'links' });
    const now = later(NOW, { days: retention.held.period.days, hours: 1 });
    await dropHeld(env, now);
    await followPlans(env, now);
    await dropHeld(env, later(now, { minutes: 1 }));
    const rows = ['plans', 'bookings', 'receipts', 'events'].map((table) => count(table));
    expect(await Promise.all(rows)).toEqual([0, 0, 0, 0]);
    expect(await env.VAULT.get(planId)).toBeNull();
  });
});

test('a plan whose request is set aside goes back with it, and comes again with the undo', async () => {
  const { firstId, planId } = await requestPlan();
  await move(firstId, 'setAside');
  expect((await readPlan(planId)).state).toBe('held');
  expect(await count('seats')).toBe(0);
  await move(firstId, 'release', later(NOW, { minutes: 5 }));
  expect(await readPlan(planId)).toMatchObject({ state: 'requested' });
  expect(await count('seats')).toBe(1);
  await move(firstId, 'confirm', later(NOW, { minutes: 6 }));
  await followPlan(env, planId, { now: later(NOW, { minutes: 6 }) });
  expect(await count('bookings', "origin = 'plan'")).toBe(6);
  expect(await findBroken()).toEqual([]);
});

test('the key of a plan is put off only when its end comes near, so that its person stays readable', async () => {
  const planId = await activePlan();
  const ends = [(await readPlan(planId)).keyEndsAt.getTime()];
  for (let day = 7; day <= 140; day += 7) {
    const now = later(NOW, { days: day });
    await followPlan(env, planId, { now });
    const plan = await readPlan(planId);
    ends.push(plan.keyEndsAt.getTime());
    expect(await openRecord(env, plan, now)).toMatchObject({ state: 'open' });
    const last = await env.DB.prepare(
      "select max(visit_ends_at) as at from bookings where state = 'confirmed'",
    ).first<{ at: string }>();
    const spare = later(new Date(last?.at ?? ''), { days: 30 });
    expect(plan.keyEndsAt.getTime()).toBeGreaterThanOrEqual(spare.getTime());
  }
  const moves = ends.filter((end, at) => at > 0 && end !== ends[at - 1]);
  expect(moves.length).toBeGreaterThan(0);
  expect(moves.length).toBeLessThan(5);
});

test('an ended plan is emptied at the end of its key and deleted later, its receipt kept', async () => {
  const planId = await activePlan();
  const plan = await readPlan(planId);
  await changePlan(env, { plan, change: { action: 'stop' }, actor: 'customer', now: NOW });
  await followPlan(env, planId, { now: NOW });
  const { keyEndsAt } = await readPlan(planId);
  await purge(env, later(keyEndsAt, { hours: -1 }));
  expect((await readPlan(planId)).erasedAt).toBeNull();
  const ended = later(keyEndsAt, { hours: 1 });
  await purge(env, ended);
  await followPlans(env, ended);
  expect(await readPlan(planId)).toMatchObject({ state: 'ended', isUnsettled: false });
  expect((await readPlan(planId)).sealed).toHaveLength(0);
  expect(await env.VAULT.get(planId)).toBeNull();
  await purge(env, later(ended, { days: 1200 }));
  expect(await findPlan(env.DB, planId)).toBeNull();
});

test('a plan goes on after a restore and makes no visit twice', async () => {
  const planId = await activePlan();
  const now = later(NOW, { days: 8 });
  const times = { now: now.toISOString(), end: NOW.toISOString() };
  await env.DB.batch(AFTER_LOAD_SQL.map((sql) => env.DB.prepare(fillSql(sql, times))));
  await followPlans(env, now);
  await followPlans(env, now);
  const made = 'select count(*) as n, count(distinct rhythm_date) as days from bookings';
  expect(await env.DB.prepare(made).first()).toEqual({ n: 8, days: 8 });
  expect(await readPlan(planId)).toMatchObject({ state: 'active', isUnsettled: false });
  expect(await findBroken()).toEqual([]);
});
