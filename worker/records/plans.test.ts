import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { bookingRules } from '../../shared/content/catalogue.ts';
import type { Rhythm } from '../../shared/jobs/rhythm.ts';
import { addDays, later } from '../../shared/time.ts';
import { eraseRecord } from '../personal-data/erase.ts';
import { openRecord } from '../personal-data/read-person.ts';
import { setSeats } from '../store/crews.ts';
import { letOpenDateGo, listOpenDates } from '../store/plan-dates.ts';
import { lockWindow, unlockWindow } from '../store/seats.ts';
import { followPlans } from '../tasks/plans.ts';
import { NOW } from '../test/fixtures.ts';
import { findBroken, findBrokenRecords } from '../test/invariants.ts';
import { count, readBooking, readDeliveries, readPlan, submitBooking } from '../test/records.ts';
import { wrapDatabase } from '../test/wrap-database.ts';
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

  test('tries a day again that was locked before the confirm was undone', async () => {
    const { first, planId } = await requestPlan();
    const lock = { date: '2026-12-03', window: 'sang' };
    await lockWindow(env.DB, lock, NOW);
    await move(first.id, 'confirm');
    await followPlan(env, planId, { now: NOW });
    expect(await liveVisits(planId)).toHaveLength(weeks(FIRST, 1).length - 1);
    await move(first.id, 'undoConfirm');
    await unlockWindow(env.DB, lock);
    await move(first.id, 'confirm');
    await followPlan(env, planId, { now: NOW });
    expect(await liveVisits(planId)).toEqual(weeks(FIRST, 1));
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

  test('a visit that kept changing while its plan was erased is erased by the next run', async () => {
    const { planId } = await activePlan();
    const { id } = await visitOf(planId, '2026-12-03');
    await eraseRecord(env, { id: planId, cause: 'request', actor: 'customer', now: NOW });
    const touch = env.DB.prepare('update bookings set version = version + 1 where id = ?').bind(id);
    const DB = wrapDatabase(env.DB, async (call) => {
      await touch.run();
      return call();
    });
    await followPlan({ ...env, DB }, planId, { now: NOW });
    expect((await readBooking(id)).erasedAt).toBeNull();
    await followPlans(env, NOW);
    expect((await readBooking(id)).erasedAt).not.toBeNull();
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

/** The visit of a plan that stands for a day. */
async function visitOf(planId: string, day: string) {
  const row = await env.DB.prepare('select id from bookings where plan_id = ? and rhythm_date = ?')
    .bind(planId, day)
    .first<{ id: string }>();
  return readBooking(row?.id ?? '');
}

async function openDays(planId: string): Promise<string[]> {
  const open = await listOpenDates(env.DB, planId, FIRST);
  return open.map(({ rhythmDate, reason }) => `${rhythmDate} ${reason}`);
}

/** A plan whose visit of 17 December found its window locked. */
async function planWithLock() {
  const { first, planId } = await requestPlan();
  const slot = { date: '2026-12-17', window: 'sang' };
  await lockWindow(env.DB, slot, NOW);
  await move(first.id, 'confirm');
  await followPlan(env, planId, { now: NOW });
  expect(await openDays(planId)).toEqual(['2026-12-17 locked']);
  return { planId, slot };
}

describe('a day without a visit', () => {
  test('is tried again by cron once its window is opened', async () => {
    const { planId, slot } = await planWithLock();
    await unlockWindow(env.DB, slot);
    expect(await openDays(planId)).toEqual([]);
    await followPlans(env, NOW);
    expect(await liveVisits(planId)).toEqual(weeks(FIRST, 1));
    expect(await findFaults()).toEqual([]);
  });

  test('stays open where its day gets other seats and the window is still locked', async () => {
    const { planId, slot } = await planWithLock();
    await setSeats(env.DB, { date: slot.date, window: '', seats: 5 });
    await followPlans(env, NOW);
    expect(await openDays(planId)).toEqual(['2026-12-17 locked']);
  });

  test('is not lost where it is to be tried again while its plan passes other days', async () => {
    const { planId, slot } = await planWithLock();
    const at = later(NOW, { days: 7 });
    let calls = 0;
    const DB = wrapDatabase(env.DB, async (call) => {
      calls += 1;
      if (calls === 3) await unlockWindow(env.DB, slot);
      return call();
    });
    await followPlan({ ...env, DB }, planId, { now: at });
    await followPlans(env, at);
    expect((await visitOf(planId, slot.date)).state).toBe('confirmed');
  });

  test('is still listed after a pause that ended by itself', async () => {
    const { planId, slot } = await planWithLock();
    await change(planId, { action: 'pause', until: '2026-12-10' });
    expect(await openDays(planId)).toEqual(['2026-12-17 locked']);
    await followPlans(env, later(NOW, { days: 17 }));
    expect((await openDays(planId)).slice(0, 1)).toEqual([`${slot.date} locked`]);
  });

  test('that was let go stays so with another window, and not with another weekday', async () => {
    const { planId, slot } = await planWithLock();
    await letOpenDateGo(env.DB, { planId, rhythmDate: slot.date }, NOW);
    const rhythm = { action: 'rhythm', rhythm: 'weekly', weekday: 'thu', window: 'chieu' } as const;
    await change(planId, rhythm);
    const others = weeks(FIRST, 1, 'chieu').filter((day) => !day.startsWith(slot.date));
    expect(await liveVisits(planId)).toEqual(others);
    await change(planId, { ...rhythm, weekday: 'tue' });
    expect((await visitOf(planId, '2026-12-15')).state).toBe('confirmed');
  });
});

describe('what a plan refuses or repairs', () => {
  test.each([
    { action: 'rhythm', rhythm: 'weekly', weekday: 'sun', window: 'sang' },
    { action: 'rhythm', rhythm: 'weekly', weekday: 'thu', window: 'khuya' },
    { action: 'services', services: ['ve-sinh-nha-o', 'khong-co'] },
  ] as const)('$action of which no day could have a visit is refused', async (asked) => {
    const { planId } = await activePlan();
    const toService = (id: string) => ({ id, quantity: 50, answers: {} });
    const real =
      asked.action === 'services' ? { ...asked, services: asked.services.map(toService) } : asked;
    expect(await change(planId, real)).toBe('refused');
    expect(await liveVisits(planId)).toEqual(weeks(FIRST, 1));
  });

  test('another weekday begins soon where no visit is coming', async () => {
    const { first, planId } = await requestPlan();
    for (const day of weeks('2026-12-03', 1))
      await lockWindow(env.DB, { date: day.slice(0, 10), window: 'sang' }, NOW);
    await move(first.id, 'confirm');
    await followPlan(env, planId, { now: NOW });
    const at = later(NOW, { days: 4 });
    const tuesdays = {
      action: 'rhythm',
      rhythm: 'weekly',
      weekday: 'tue',
      window: 'sang',
    } as const;
    await change(planId, tuesdays, at);
    expect((await readPlan(planId)).anchorDate).toBe('2026-12-01');
  });

  test('the weekday it has is the one of its rhythm, though its visits have not followed yet', async () => {
    const { planId } = await activePlan();
    const asked = { action: 'rhythm', rhythm: 'weekly', window: 'sang' } as const;
    for (const weekday of ['fri', 'thu'] as const) {
      const plan = await readPlan(planId);
      await changePlan(env, { plan, change: { ...asked, weekday }, actor: 'customer', now: NOW });
    }
    await followPlan(env, planId, { now: NOW });
    expect(await liveVisits(planId)).toEqual(weeks(FIRST, 1));
  });

  test('a visit that staff cancelled does not come back after the stop', async () => {
    const { planId } = await activePlan();
    const { id } = await visitOf(planId, '2026-12-03');
    await move(id, 'cancel');
    await change(planId, { action: 'stop' }, later(NOW, { minutes: 1 }));
    const booking = await readBooking(id);
    const undo = { booking, transition: 'undoCancel', actor: 'staff' } as const;
    const result = await transitionBooking(env, { ...undo, now: later(NOW, { minutes: 2 }) });
    expect(result.outcome).toBe('stale');
    expect(await liveVisits(planId)).toEqual([]);
  });

  test('a visit that staff cancelled and bring back follows what the plan changed meanwhile, and comes back into no pause', async () => {
    const { planId } = await activePlan();
    const [back, paused] = [await visitOf(planId, '2026-12-10'), await visitOf(planId, FIRST)];
    await move(back.id, 'cancel');
    await move(paused.id, 'cancel');
    const opened = await openRecord(env, await readPlan(planId), NOW);
    if (opened.state !== 'open') throw new Error('no person');
    const person = { ...opened.person, address: '99 Trần Phú' };
    await change(planId, { action: 'contact', person }, later(NOW, { minutes: 1 }));
    await change(planId, { action: 'pause', until: '2026-12-03' }, later(NOW, { minutes: 2 }));
    const undo = {
      transition: 'undoCancel',
      actor: 'staff',
      now: later(NOW, { minutes: 3 }),
    } as const;
    const bring = async ({ id }: { id: string }) =>
      (await transitionBooking(env, { ...undo, booking: await readBooking(id) })).outcome;
    expect([await bring(back), await bring(paused)]).toEqual(['done', 'stale']);
    await followPlans(env, undo.now);
    const visit = await readBooking(back.id);
    expect(visit).toMatchObject({ state: 'confirmed', visitDate: '2026-12-10' });
    expect(await openRecord(env, visit, NOW)).toMatchObject({ person: { address: '99 Trần Phú' } });
    expect(await findFaults()).toEqual([]);
  });

  test('a first visit that staff cancelled brings its plan back', async () => {
    const { first, planId } = await requestPlan();
    await move(first.id, 'cancel');
    const booking = await readBooking(first.id);
    const now = later(NOW, { minutes: 2 });
    await transitionBooking(env, { booking, transition: 'undoCancel', actor: 'staff', now });
    expect((await readPlan(planId)).state).toBe('requested');
  });

  test('a making whose answer was lost is repeated and makes each visit once', async () => {
    const { first, planId } = await requestPlan();
    await move(first.id, 'confirm');
    let calls = 0;
    const DB = wrapDatabase(env.DB, async (call) => {
      calls += 1;
      const answer = await call();
      const isMaking = Array.isArray(answer) && answer.length > 10 && calls < 10;
      if (!isMaking) return answer;
      calls = 10;
      throw new Error('D1_ERROR: Network connection lost.');
    });
    await followPlan({ ...env, DB }, planId, { now: NOW });
    expect(calls).toBeGreaterThan(10);
    expect(await liveVisits(planId)).toEqual(weeks(FIRST, 1));
    expect(await findFaults()).toEqual([]);
  });
});
