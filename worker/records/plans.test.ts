import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { bookingRules } from '../../shared/content/catalogue.ts';
import type { Rhythm } from '../../shared/jobs/rhythm.ts';
import { addDays, later } from '../../shared/time.ts';
import { eraseRecord } from '../personal-data/erase.ts';
import { openRecord } from '../personal-data/read-person.ts';
import { listOpenDates } from '../store/plan-dates.ts';
import { findPlan, type Plan } from '../store/plans.ts';
import { lockWindow } from '../store/seats.ts';
import { followPlans } from '../tasks/plans.ts';
import { NOW } from '../test/fixtures.ts';
import { findBroken, findBrokenRecords } from '../test/invariants.ts';
import { count, readBooking, readDeliveries, submitBooking } from '../test/records.ts';
import { transitionBooking } from './booking-transition.ts';
import { changePlan } from './change-plan.ts';
import { followPlan } from './follow-plan.ts';
import type { PlanChange } from './plan-decisions.ts';

const FIRST = '2026-11-26';

/** Asks for a plan of Thursdays; its first visit waits for an answer. */
async function requestPlan(repeat: Rhythm = 'weekly', window = 'sang') {
  const first = await submitBooking({ service: 've-sinh-nha-o', repeat, date: FIRST, window });
  return { first, planId: first.planId ?? '' };
}

async function readPlan(id: string): Promise<Plan> {
  const plan = await findPlan(env.DB, id);
  if (plan === null) throw new Error('no plan');
  return plan;
}

async function move(
  id: string,
  transition: 'confirm' | 'undoConfirm' | 'decline' | 'cancel',
  at = NOW,
) {
  const booking = await readBooking(id);
  const result = await transitionBooking(env, { booking, transition, actor: 'staff', now: at });
  expect(result.outcome).toBe('done');
}

async function activePlan(repeat: Rhythm = 'weekly') {
  const { first, planId } = await requestPlan(repeat);
  await move(first.id, 'confirm');
  await followPlan(env, planId, { now: NOW });
  return { first, planId };
}

async function change(planId: string, asked: PlanChange, now = NOW) {
  const plan = await readPlan(planId);
  const outcome = await changePlan(env, { plan, change: asked, actor: 'customer', now });
  await followPlan(env, planId, { now });
  return outcome;
}

/** The live visits of a plan: day, window and the day that each stands for. */
async function liveVisits(planId: string): Promise<string[]> {
  const { results } = await env.DB.prepare(
    `select visit_date || ' ' || arrival_window || ' ' || coalesce(rhythm_date, '-') as visit from bookings
     where plan_id = ? and state in ('held', 'requested', 'confirmed') order by visit_date`,
  )
    .bind(planId)
    .all<{ visit: string }>();
  return results.map(({ visit }) => visit);
}

function weeks(from: string, every: number, window = 'sang'): string[] {
  const end = addDays('2026-11-23', bookingRules.horizonDays);
  const dates: string[] = [];
  for (let date = from; date <= end; date = addDays(date, every * 7)) dates.push(date);
  return dates.map((date) => `${date} ${window} ${date}`);
}

async function findFaults(): Promise<string[]> {
  return [...(await findBroken()), ...(await findBrokenRecords())];
}

describe('a plan', () => {
  test('waits with its first visit, and has one receipt and a key of its own', async () => {
    const { first, planId } = await requestPlan();
    const plan = await readPlan(planId);
    expect(plan).toMatchObject({ state: 'requested', rhythm: 'weekly', anchorDate: FIRST });
    expect(await count('receipts', `subject_id = '${planId}' and wording = 'plan-1'`)).toBe(1);
    expect(await count('receipts')).toBe(1);
    expect(first.rhythmDate).toBe(FIRST);
    expect(await openRecord(env, plan, NOW)).toMatchObject({ person: { name: 'Nguyễn Thị Hoa' } });
    expect(await findFaults()).toEqual([]);
  });

  test('makes its visits up to the horizon once the first is confirmed, each an ordinary booking', async () => {
    const { planId } = await activePlan();
    expect(await liveVisits(planId)).toEqual(weeks(FIRST, 1));
    const { results } = await env.DB.prepare(
      "select id from bookings where origin = 'plan' order by visit_date",
    ).all<{ id: string }>();
    const made = await readBooking(results[0]?.id ?? '');
    expect(made.state).toBe('confirmed');
    const deliveries = await readDeliveries(made.id);
    expect(deliveries.map(({ channel, kind }) => [channel, kind])).toEqual([
      ['dispatch', 'job.confirmed'],
    ]);
    expect(await openRecord(env, made, NOW)).toMatchObject({ person: { address: '12 Lê Lợi' } });
    expect(await findFaults()).toEqual([]);
  });

  test.each(['decline', 'cancel'] as const)('ends where its first visit meets %s', async (end) => {
    const { first, planId } = await requestPlan();
    await move(first.id, end);
    await followPlan(env, planId, { now: NOW });
    expect(await readPlan(planId)).toMatchObject({ state: 'ended', isUnsettled: false });
    expect(await findFaults()).toEqual([]);
  });

  test('takes the made visits back where the confirm is undone, before dispatch has heard of one', async () => {
    const { first, planId } = await activePlan();
    const at = later(NOW, { minutes: 5 });
    await move(first.id, 'undoConfirm', at);
    await followPlan(env, planId, { now: at });
    expect(await liveVisits(planId)).toEqual([`${FIRST} sang ${FIRST}`]);
    expect((await readPlan(planId)).state).toBe('requested');
    expect(
      await count(
        'deliveries',
        "channel = 'dispatch' and kind in ('job.cancelled', 'job.confirmed') and status = 'due'",
      ),
    ).toBe(0);
    await move(first.id, 'confirm', at);
    await followPlan(env, planId, { now: at });
    expect(await liveVisits(planId)).toEqual(weeks(FIRST, 1));
    expect(await findFaults()).toEqual([]);
  });

  test('lists a day without a seat and a locked one, and makes none of them elsewhere', async () => {
    const { first, planId } = await requestPlan();
    await lockWindow(env.DB, { date: '2026-12-03', window: 'sang' }, NOW);
    for (const at of [1, 2, 3])
      await submitBooking({ date: '2026-12-10', name: `Khách ${at}`, phone: `091234560${at}` });
    await move(first.id, 'confirm');
    await followPlan(env, planId, { now: NOW });
    const open = await listOpenDates(env.DB, planId, FIRST);
    expect(open.map(({ rhythmDate, reason }) => [rhythmDate, reason])).toEqual([
      ['2026-12-03', 'locked'],
      ['2026-12-10', 'full'],
    ]);
    expect(await findFaults()).toEqual([]);
  });

  test('is caught up by cron, minute by minute, and never twice', async () => {
    const { first, planId } = await requestPlan();
    await move(first.id, 'confirm');
    await Promise.all([followPlans(env, NOW), followPlans(env, NOW)]);
    await followPlans(env, NOW);
    expect(await liveVisits(planId)).toEqual(weeks(FIRST, 1));
    expect(await findFaults()).toEqual([]);
  });
});

describe('what is done to a plan', () => {
  test('a pause takes back the visits before its day, and resuming makes them again', async () => {
    const { planId } = await activePlan();
    expect(await change(planId, { action: 'pause', until: '2026-12-15' })).toBe('done');
    expect(await liveVisits(planId)).toEqual(weeks('2026-12-17', 1));
    expect(await change(planId, { action: 'resume' })).toBe('done');
    expect(await liveVisits(planId)).toEqual(weeks(FIRST, 1));
    expect(await findFaults()).toEqual([]);
  });

  test('a pause ends by itself on its day', async () => {
    const { planId } = await activePlan();
    await change(planId, { action: 'pause', until: '2026-12-15' });
    await followPlans(env, later(NOW, { days: 22 }));
    expect(await readPlan(planId)).toMatchObject({ state: 'active', pausedUntil: null });
  });

  test('a skipped visit stays skipped, through another weekday too', async () => {
    const { planId } = await activePlan();
    const { results } = await env.DB.prepare(
      "select id from bookings where plan_id = ? and rhythm_date = '2026-12-03'",
    )
      .bind(planId)
      .all<{ id: string }>();
    await move(results[0]?.id ?? '', 'cancel');
    const rhythm = {
      action: 'rhythm',
      rhythm: 'weekly',
      weekday: 'fri',
      window: 'chieu',
    } as const;
    await change(planId, rhythm);
    const fridays = weeks('2026-11-27', 1, 'chieu').filter(
      (day) => !/^(?:2026-12-04|2027-01-01)/.test(day),
    );
    expect(await liveVisits(planId)).toEqual(fridays);
    expect(await findFaults()).toEqual([]);
  });

  test('fewer visits keep those of the same days, more fill the weeks between', async () => {
    const { first, planId } = await activePlan();
    const rhythm = { action: 'rhythm', weekday: 'thu', window: 'sang' } as const;
    await change(planId, { ...rhythm, rhythm: 'two-weeks' });
    expect(await liveVisits(planId)).toEqual(weeks(FIRST, 2));
    expect((await readBooking(first.id)).state).toBe('confirmed');
    await change(planId, { ...rhythm, rhythm: 'weekly' });
    expect(await liveVisits(planId)).toEqual(weeks(FIRST, 1));
    expect(await findFaults()).toEqual([]);
  });

  test('services and contact go to all visits that follow', async () => {
    const { first, planId } = await activePlan();
    const opened = await openRecord(env, await readPlan(planId), NOW);
    if (opened.state !== 'open') throw new Error(opened.state);
    const person = { ...opened.person, name: 'Trần Văn Nam' };
    await change(planId, { action: 'contact', person });
    const services = [{ id: 've-sinh-nha-o', quantity: 90, answers: {} }];
    await change(planId, { action: 'services', services });
    const visit = await readBooking(first.id);
    expect(visit.services).toEqual(services);
    expect(await openRecord(env, visit, NOW)).toMatchObject({ person: { name: 'Trần Văn Nam' } });
    expect(await count('bookings', `plan_id = '${planId}' and quantity = 90`)).toBe(
      weeks(FIRST, 1).length,
    );
    expect(await findFaults()).toEqual([]);
  });

  test('a stop ends all coming visits, and none is made after it', async () => {
    const { planId } = await activePlan();
    expect(await change(planId, { action: 'stop' })).toBe('done');
    await followPlans(env, later(NOW, { days: 30 }));
    expect(await liveVisits(planId)).toEqual([]);
    expect(await change(planId, { action: 'resume' })).toBe('refused');
    expect(await findFaults()).toEqual([]);
  });

  test('a withdrawal marks the one receipt and ends plan and visits', async () => {
    const { planId } = await activePlan();
    await change(planId, { action: 'withdraw' });
    expect(await count('receipts', 'withdrawn_at is null')).toBe(0);
    expect(await liveVisits(planId)).toEqual([]);
  });

  test('an erasure empties the plan and each coming visit', async () => {
    const { planId } = await activePlan();
    await eraseRecord(env, { id: planId, cause: 'request', actor: 'customer', now: NOW });
    await followPlan(env, planId, { now: NOW });
    expect(await count('bookings', 'erased_at is null')).toBe(0);
    expect(await count('plans', "erased_at is null or state <> 'ended'")).toBe(0);
    expect(await findFaults()).toEqual([]);
  });
});
