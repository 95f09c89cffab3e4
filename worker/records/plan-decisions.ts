import { bookingRules } from '../../shared/content/catalogue.ts';
import type { Person } from '../../shared/forms/person.ts';
import { findWindow, type Slot } from '../../shared/jobs/availability.ts';
import { changeGrid, firstOnGrid, gridDateInWeek, type Rhythm } from '../../shared/jobs/rhythm.ts';
import { isSameServices, measureVisit, type VisitService } from '../../shared/jobs/visit.ts';
import { isLive, type PlanState } from '../../shared/states.ts';
import {
  addDays,
  fromVietnam,
  later,
  toVietnamDate,
  type Weekday,
  weekdayOf,
} from '../../shared/time.ts';
import type { Booking } from '../store/bookings.ts';
import type { PlanAction, PlanChangeDraft } from '../store/plan-changes.ts';
import type { Plan } from '../store/plans.ts';

/** Days for which a plan can be paused at most. */
export const PAUSE_MAX_DAYS = 180;

/** A change of all visits of a plan that follow. */
export type PlanChange =
  | { action: 'pause'; until: string }
  | { action: 'resume' | 'stop' | 'withdraw' }
  | { action: 'rhythm'; rhythm: Rhythm; weekday: Weekday; window: string }
  | { action: 'services'; services: VisitService[] }
  | ContactChange;

/** What was put right; absent parts stay. */
interface ContactChange {
  action: 'contact';
  person?: Person;
  ward?: string;
}

const changeableFrom: Readonly<Record<PlanAction, readonly PlanState[]>> = {
  pause: ['active', 'paused'],
  resume: ['paused'],
  rhythm: ['active', 'paused'],
  services: ['active', 'paused'],
  contact: ['held', 'requested', 'active', 'paused'],
  stop: ['held', 'requested', 'active', 'paused'],
  withdraw: ['held', 'requested', 'active', 'paused'],
};

/** Whether a plan's state allows an action. */
export function canChangePlan(plan: Pick<Plan, 'state' | 'erasedAt'>, action: PlanAction): boolean {
  return plan.erasedAt === null && changeableFrom[action].includes(plan.state);
}

/** Whether a plan makes visits. */
export function isRunning({ state, erasedAt }: Pick<Plan, 'state' | 'erasedAt'>): boolean {
  return erasedAt === null && (state === 'active' || state === 'paused');
}

/** Whether a plan waits with its first visit. */
export function isWaiting({ state, erasedAt }: Pick<Plan, 'state' | 'erasedAt'>): boolean {
  return erasedAt === null && (state === 'held' || state === 'requested');
}

/** What a plan has changed since a visit took it over last; what was changed at the visit alone since then stays. */
export function changedSince(
  plan: Pick<Plan, 'slotTerms' | 'serviceTerms' | 'detailTerms'>,
  { planTerms }: Pick<Booking, 'planTerms'>,
): { slot: boolean; services: boolean; details: boolean } {
  const terms = planTerms ?? Infinity;
  return {
    slot: terms < plan.slotTerms,
    services: terms < plan.serviceTerms,
    details: terms < plan.detailTerms,
  };
}

/**
 * What a change writes to a plan, or null where the plan does not allow it, or where no day could ever give what it asks for.
 * `next` is the day of the plan's next visit, null where none is coming.
 * Each change goes back to the first day from today on, so that what it makes possible again is made.
 */
export function decidePlanChange(
  plan: Plan,
  change: PlanChange,
  { next, now }: { next: string | null; now: Date },
): PlanChangeDraft['values'] | null {
  if (!canChangePlan(plan, change.action) || !isOffered(plan, change)) return null;
  const today = toVietnamDate(now);
  const tomorrow = addDays(today, 1);
  const terms = plan.terms + 1;
  const again = { nextDate: firstOnGrid(plan, laterDay(tomorrow, plan.pausedUntil)) };
  switch (change.action) {
    case 'pause': {
      const isSoon = change.until <= today || change.until > addDays(today, PAUSE_MAX_DAYS);
      if (isSoon) return null;
      const nextDate = firstOnGrid(plan, change.until);
      return { state: 'paused', pausedUntil: change.until, nextDate };
    }
    case 'resume':
      return { state: 'active', pausedUntil: null, nextDate: firstOnGrid(plan, tomorrow) };
    case 'rhythm': {
      const keepsDays =
        change.rhythm === plan.rhythm && change.weekday === weekdayOf(plan.anchorDate);
      const span = { next: next ?? again.nextDate, earliest: earliestDay(change.window, now) };
      const grid = keepsDays ? plan : changeGrid(change, span);
      return {
        rhythm: grid.rhythm,
        anchorDate: grid.anchorDate,
        window: change.window,
        ...{ terms, slotTerms: terms },
        nextDate: firstOnGrid(grid, laterDay(tomorrow, plan.pausedUntil)),
      };
    }
    case 'services':
      return { services: change.services, ...{ terms, serviceTerms: terms }, ...again };
    case 'contact': {
      const { ward = plan.ward } = change;
      return { ward, ...{ terms, detailTerms: terms }, ...again };
    }
    case 'stop':
    case 'withdraw':
      return { state: 'ended', pausedUntil: null };
  }
}

/** Whether the weekday offers the window and what comes after it is long enough: else the change would end every visit. */
export function isOffered(plan: Plan, change: PlanChange): boolean {
  if (change.action !== 'rhythm' && change.action !== 'services') return true;
  const asked = { ...plan, weekday: weekdayOf(plan.anchorDate), ...change };
  const day = bookingRules.week[asked.weekday];
  const first = day.indexOf(asked.window);
  const length = measureVisit(asked);
  return first >= 0 && length !== undefined && first + length.windows <= day.length;
}

/** Whether a plan is as a change asks for; of contact details and of a withdrawal it cannot tell. */
export function isAsAsked(plan: Plan, change: PlanChange): boolean {
  switch (change.action) {
    case 'pause':
      return plan.state === 'paused' && plan.pausedUntil === change.until;
    case 'resume':
      return plan.state === 'active';
    case 'stop':
      return plan.state === 'ended';
    case 'rhythm':
      return (
        plan.rhythm === change.rhythm &&
        weekdayOf(plan.anchorDate) === change.weekday &&
        plan.window === change.window
      );
    case 'services':
      return isSameServices(plan.services, change.services);
    case 'contact':
    case 'withdraw':
      return false;
  }
}

/** The first day on which a window can still be asked for. */
function earliestDay(window: string, now: Date): string {
  const soonest = later(now, { hours: bookingRules.leadHours });
  const day = toVietnamDate(soonest);
  const from = findWindow(bookingRules, window)?.from ?? '00:00';
  return fromVietnam(day, from) < soonest ? addDays(day, 1) : day;
}

function laterDay(day: string, other: string | null): string {
  return other !== null && other > day ? other : day;
}

/**
 * What becomes of a visit so that it follows its plan:
 * - `keep`: it does already.
 * - `end`: the plan has ended, or does not run.
 * - `takeBack`: its day is none of the plan's any more, and can get another visit.
 * - `move`: it gets the day of the new rhythm in its week, and the plan's window.
 * - `update`: it takes over where it is what the plan has changed since.
 * - `relabel`: it does not take place, and its day follows the new rhythm.
 */
export type VisitDecision =
  | { what: 'keep' | 'end' | 'takeBack' | 'update' }
  | { what: 'move'; rhythmDate: string; start: Slot }
  | { what: 'relabel'; rhythmDate: string };

/** Decides on one visit; `taken` has the days for which the plan's other visits stand. */
export function decideVisit(
  plan: Plan,
  visit: Booking,
  { taken, now }: { taken: ReadonlySet<string>; now: Date },
): VisitDecision {
  const isComing = isLive(visit.state) && visit.visitStartsAt > now;
  if (!isRunning(plan)) {
    if (!isComing) return { what: 'keep' };
    if (!isWaiting(plan) || visit.origin === 'plan') return { what: 'end' };
    return { what: changedSince(plan, visit).details ? 'update' : 'keep' };
  }
  const { pausedUntil } = plan;
  if (isComing && pausedUntil !== null && visit.visitDate < pausedUntil) {
    return { what: 'takeBack' };
  }
  const { rhythmDate, planTerms } = visit;
  if (planTerms === null || rhythmDate === null || planTerms >= plan.terms) return { what: 'keep' };
  const date = gridDateInWeek(plan, rhythmDate);
  const isNewGrid = changedSince(plan, visit).slot;
  if (!isComing) {
    return isNewGrid && date !== null && !isLive(visit.state)
      ? { what: 'relabel', rhythmDate: date }
      : { what: 'keep' };
  }
  if (!isNewGrid) return { what: 'update' };
  if (date === null || taken.has(date)) return { what: 'takeBack' };
  return { what: 'move', rhythmDate: date, start: { date, window: plan.window } };
}
