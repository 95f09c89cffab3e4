import { bookingRules } from '../../shared/content/catalogue.ts';
import type { Person } from '../../shared/forms/person.ts';
import { listJobSlots, refuseStart, type Slot } from '../../shared/jobs/availability.ts';
import { measureVisit } from '../../shared/jobs/visit.ts';
import { toVietnamDate } from '../../shared/time.ts';
import { eraseRecord } from '../personal-data/erase.ts';
import { openRecord } from '../personal-data/read-person.ts';
import type { Booking } from '../store/bookings.ts';
import { markSettled, relabelVisit, writePlanChange } from '../store/plan-changes.ts';
import { listPlanVisits } from '../store/plan-visits.ts';
import { findPlan, type Plan } from '../store/plans.ts';
import { transitionBooking, type TransitionRequest } from './booking-transition.ts';
import {
  changedSince,
  decidePlanChange,
  decideVisit,
  isRunning,
  isWaiting,
  type VisitDecision,
} from './plan-decisions.ts';
import { findDueDates, makeVisits } from './plan-visits.ts';

/** How far one run goes with a plan. */
interface Following {
  now: Date;
  /** Asked before each visit that a run changes; where it says no, the next run goes on. */
  mayGoOn?: () => boolean;
  /** Whether staff get a mail about the next visit that ends or moves: the customer changed the plan. */
  tellsStaff?: boolean;
}

/**
 * Makes the visits of a plan follow it: what it does not have any more ends, what has changed is moved or updated, and the days
 * that come into the open calendar get their visit. Each step is safe to repeat, so a run that broke off is simply run again.
 * Returns the deliveries to send now.
 */
export async function followPlan(
  env: Env,
  planId: string,
  following: Following,
): Promise<string[]> {
  const plan = await findPlan(env.DB, planId);
  return plan === null ? [] : followReadPlan(env, plan, following);
}

/** `followPlan` for a plan that was just read. */
export async function followReadPlan(
  env: Env,
  plan: Plan,
  following: Following,
): Promise<string[]> {
  const { now } = following;
  const isOver = plan.state === 'paused' && (plan.pausedUntil ?? '') <= toVietnamDate(now);
  if (isOver) {
    await changeByItself(env, plan, { action: 'resume', now });
    return followPlan(env, plan.id, following);
  }
  const isNeeded = isRunning(plan) || (isWaiting(plan) && plan.isUnsettled);
  const person = isNeeded ? await openPlan(env, plan, now) : null;
  if (person === 'later') return [];
  const settled = plan.isUnsettled
    ? await settleVisits(env, { plan, person }, following)
    : { isDone: true, deliveryIds: [] };
  if (!settled.isDone || person === null || !isRunning(plan)) return settled.deliveryIds;
  const due = await findDueDates(env.DB, plan, now);
  if (due.nextDate <= plan.nextDate) return settled.deliveryIds;
  const made = await makeVisits(env, { plan, person, now }, due);
  return [...settled.deliveryIds, ...made];
}

/** The person of a plan; `later` where the key may not be seen here yet. A plan whose key has ended is ended itself. */
async function openPlan(env: Env, plan: Plan, now: Date): Promise<Person | 'later'> {
  const opened = await openRecord(env, plan, now);
  if (opened.state === 'open') return opened.person;
  if (opened.state === 'ended') await changeByItself(env, plan, { action: 'stop', now });
  return 'later';
}

async function changeByItself(
  env: Env,
  plan: Plan,
  { action, now }: { action: 'resume' | 'stop'; now: Date },
): Promise<void> {
  const values = decidePlanChange(plan, { action }, { next: null, now });
  if (values === null) return;
  await writePlanChange(env.DB, { plan, action, actor: 'system', values, now });
}

async function settleVisits(
  env: Env,
  { plan, person }: { plan: Plan; person: Person | null },
  { now, mayGoOn = () => true, tellsStaff = false }: Following,
): Promise<{ isDone: boolean; deliveryIds: string[] }> {
  const visits = await listPlanVisits(env.DB, plan.id, { today: toVietnamDate(now), now });
  const taken = new Set(
    visits
      .filter(({ planTerms }) => planTerms === plan.terms)
      .map(({ rhythmDate }) => rhythmDate ?? ''),
  );
  const deliveryIds: string[] = [];
  let changes = 0;
  let isDone = true;
  for (const visit of visits) {
    const decision = decideVisit(plan, visit, { taken, now });
    if (decision.what === 'keep') continue;
    if (!mayGoOn()) return { isDone: false, deliveryIds };
    changes += 1;
    const isQuiet = !(tellsStaff && changes === 1);
    const result = await changeVisit(env, { plan, person, visit, isQuiet, now }, decision);
    if ('rhythmDate' in decision && result !== null) taken.add(decision.rhythmDate);
    if (result === null) isDone = false;
    else deliveryIds.push(...result);
  }
  if (isDone) await markSettled(env.DB, plan).run();
  return { isDone, deliveryIds };
}

interface VisitOfPlan {
  plan: Plan;
  person: Person | null;
  visit: Booking;
  isQuiet: boolean;
  now: Date;
}

/** Carries a decision out. Returns the deliveries to send now; null where the visit has changed meanwhile. */
async function changeVisit(
  env: Env,
  one: VisitOfPlan,
  decision: VisitDecision,
): Promise<string[] | null> {
  switch (decision.what) {
    case 'keep':
      return [];
    case 'end':
      return one.plan.erasedAt === null ? takeBack(env, one) : eraseVisit(env, one);
    case 'takeBack':
      return takeBack(env, one);
    case 'relabel': {
      const { rhythmDate } = decision;
      await relabelVisit(env.DB, { id: one.visit.id, rhythmDate, terms: one.plan.terms }).run();
      return [];
    }
    case 'update':
      return takeOver(env, one, {
        start: { date: one.visit.visitDate, window: one.visit.window },
        rhythmDate: one.visit.rhythmDate,
      });
    case 'move':
      return takeOver(env, one, decision);
  }
}

/** Cancels a visit; its day can get another one. */
async function takeBack(
  env: Env,
  { plan, visit, isQuiet, now }: VisitOfPlan,
): Promise<string[] | null> {
  return run(env, {
    booking: visit,
    transition: visit.state === 'held' ? 'drop' : 'cancel',
    actor: isQuiet ? 'system' : 'customer',
    planned: { rhythmDate: null, planTerms: plan.terms },
    ...{ isQuiet, now },
  });
}

async function eraseVisit(
  env: Env,
  { visit, isQuiet, now }: VisitOfPlan,
): Promise<string[] | null> {
  const actor = isQuiet ? 'system' : 'customer';
  const erased = await eraseRecord(env, {
    ...{ id: visit.id, record: visit, cause: 'request', actor, now },
  });
  if (erased.outcome === 'stale') return null;
  return erased.outcome === 'done' ? erased.deliveryIds : [];
}

/** Gives a visit its start, and what the plan has changed of services and details. Where the start has no seat the visit is taken back. */
async function takeOver(
  env: Env,
  one: VisitOfPlan,
  { start, rhythmDate }: { start: Slot; rhythmDate: string | null },
): Promise<string[] | null> {
  const { plan, visit, isQuiet, now } = one;
  const own = await openRecord(env, visit, now);
  if (own.state === 'key-spreading') return null;
  if (own.state !== 'open' || one.person === null) return takeBack(env, one);
  const changed = changedSince(plan, visit);
  const { services } = changed.services ? plan : visit;
  const length = measureVisit({ visit: visit.visit, services });
  const keepsSlot = start.date === visit.visitDate && start.window === visit.window;
  const keepsSeats = keepsSlot && length?.windows === measureVisit(visit)?.windows;
  if (!keepsSeats) {
    const isRefused =
      length === undefined ||
      listJobSlots(bookingRules, length, start) === null ||
      (!keepsSlot && refuseStart({ rules: bookingRules, visit: length, now }, start) !== null);
    if (isRefused) return takeBack(env, one);
  }
  const request: TransitionRequest = {
    booking: visit,
    transition: keepsSeats ? 'correct' : 'reschedule',
    actor: isQuiet ? 'system' : 'customer',
    services: [...services],
    ...(changed.details
      ? { ward: plan.ward, person: { ...own.person, ...sharedDetails(one.person) } }
      : {}),
    planned: { rhythmDate, planTerms: plan.terms },
    ...(keepsSeats ? {} : { start }),
    ...{ isQuiet, now },
  };
  const result = await transitionBooking(env, request);
  if (result.outcome === 'done') return result.deliveryIds;
  return result.outcome === 'stale' ? null : takeBack(env, one);
}

/** What all visits of a plan share; prices, notes of staff and ratings are each visit's own. */
function sharedDetails({ name, phone, retiredPhone, email, address, note }: Person) {
  return { name, phone, retiredPhone, email, address, note };
}

async function run(env: Env, request: TransitionRequest): Promise<string[] | null> {
  const result = await transitionBooking(env, request);
  if (result.outcome === 'done') return result.deliveryIds;
  return null;
}
