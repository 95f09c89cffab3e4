import { bookingRules } from '../../../shared/content/catalogue.ts';
import type { BookingState, PlanState } from '../../../shared/states.ts';
import { addDays, fromVietnam, toVietnamDate } from '../../../shared/time.ts';
import { firstDayFrom, type Rhythm, type Weekday, weekdayFrom, weekdayOfDate } from './calendar.ts';
import {
  haveSeats,
  isComing,
  isOutside,
  isRunning,
  isWaiting,
  type Model,
  type ModelPlan,
  type ModelVisit,
  newVisit,
  resume,
  SERVICES,
  slotsOf,
} from './model.ts';

/** What one visit can go through here. */
export const transitions = [
  ...(['confirm', 'undoConfirm', 'decline', 'undoDecline', 'cancel', 'undoCancel'] as const),
  ...(['setAside', 'release', 'drop', 'lapse'] as const),
] as const;
export type Transition = (typeof transitions)[number];

/** A change of the plan as a step draws it. */
export type Change =
  | { action: 'pause'; days: number }
  | { action: 'resume' | 'stop' | 'withdraw' }
  | { action: 'rhythm'; rhythm: Rhythm; weekday: Weekday; window: string }
  | { action: 'services'; services: number }
  | { action: 'contact'; name: string };

const rules: Readonly<Record<Transition, { from: BookingState[]; to: BookingState | null }>> = {
  confirm: { from: ['requested'], to: 'confirmed' },
  undoConfirm: { from: ['confirmed'], to: 'requested' },
  decline: { from: ['requested'], to: 'declined' },
  undoDecline: { from: ['declined'], to: 'requested' },
  cancel: { from: ['requested', 'confirmed'], to: 'cancelled' },
  undoCancel: { from: ['cancelled'], to: null },
  setAside: { from: ['requested'], to: 'held' },
  release: { from: ['held'], to: 'requested' },
  drop: { from: ['held'], to: 'dropped' },
  lapse: { from: ['requested'], to: 'lapsed' },
};
const undoMinutes: Partial<Record<Transition, number>> = {
  undoConfirm: 10,
  undoDecline: 10,
  undoCancel: 24 * 60,
};
const planOf: Partial<Record<BookingState, PlanState>> = {
  held: 'held',
  requested: 'requested',
  confirmed: 'active',
};

/** A visit changes its state; the plan follows where it is the first. */
export function changeState(
  model: Model,
  visit: ModelVisit,
  { transition, by, now }: { transition: Transition; by: 'customer' | 'staff'; now: Date },
): 'done' | 'stale' | 'full' {
  const rule = rules[transition];
  const to = rule.to ?? visit.undoTo;
  const minutes = undoMinutes[transition];
  const isLate = minutes !== undefined && visit.since.getTime() <= now.getTime() - minutes * 60_000;
  if (to === null || isLate || !rule.from.includes(visit.state)) return 'stale';
  if (transition === 'undoCancel' && !canComeBack(model.plan, visit)) return 'stale';
  // A visit that the plan made was never a request.
  if (transition === 'undoConfirm' && !visit.isFirst) return 'stale';
  const takes = transition === 'undoCancel' || transition === 'release';
  if (takes && !haveSeats(model, slotsOf(visit, visit.services) ?? [], visit)) return 'full';
  const { since, state } = visit;
  const undoTo = transition === 'cancel' && by === 'staff' ? state : null;
  Object.assign(visit, { state: to, since: now, undoTo });
  if (visit.isFirst) followFirst(model, { visit, transition, to, since, now });
  if (transition === 'undoCancel') followReturn(model.plan, visit, now);
  return 'done';
}

/** Nothing comes back to a plan that has ended, except the first visit whose end was the plan's, and nothing into a pause. */
function canComeBack(plan: ModelPlan, { date, since }: ModelVisit): boolean {
  if (date < (plan.pausedUntil ?? '')) return false;
  return isRunning(plan) || plan.since.getTime() === since.getTime();
}

/** What comes back has still to follow what the plan changed meanwhile. */
function followReturn(plan: ModelPlan, { follows }: ModelVisit, now: Date): void {
  if (!isRunning(plan) || follows >= plan.changes) return;
  const from = earliestNext(plan, toVietnamDate(now));
  Object.assign(plan, { isSettled: false, next: from < plan.next ? from : plan.next });
}

function followFirst(
  model: Model,
  first: {
    visit: ModelVisit;
    transition: Transition;
    to: BookingState;
    since: Date;
    now: Date;
  },
): void {
  const { plan } = model;
  const state = planOf[first.to] ?? 'ended';
  const hasBegun = isRunning(plan);
  const endedWith = plan.state === 'ended' && plan.since.getTime() === first.since.getTime();
  const waits = isWaiting(plan);
  const isUndone = hasBegun && first.transition === 'undoConfirm';
  if (plan.isErased || state === plan.state || !(waits || endedWith || isUndone)) return;
  Object.assign(plan, { state, since: first.now, pausedUntil: null, isSettled: false });
  takeDays(model, first.visit);
}

/** A plan that has not begun has the day and window of its first visit. */
function takeDays({ plan, visits, open }: Model, first: ModelVisit): void {
  if (plan.anchor !== first.date || plan.window !== first.window) {
    const isTaken = visits.some((one) => one !== first && one.day === first.date);
    if (!isTaken) first.day = first.date;
    if (first.follows === plan.changes) first.follows += 1;
    plan.changes += 1;
    plan.daysChange = plan.changes;
    Object.assign(plan, { anchor: first.date, window: first.window });
  }
  open.clear();
  plan.next = firstDayFrom(plan, addDays(plan.anchor, 1));
}

/** A visit is moved by hand; the plan's day that it stands for stays, unless the plan waits with it. */
export function moveVisit(
  model: Model,
  visit: ModelVisit,
  start: { date: string; window: string },
): 'done' | 'full' {
  if (!haveSeats(model, slotsOf(start, visit.services) ?? [], visit)) return 'full';
  Object.assign(visit, { ...start, undoTo: null });
  if (visit.isFirst && isWaiting(model.plan)) takeDays(model, visit);
  return 'done';
}

/** A change of all visits that follow. */
export function changePlan(model: Model, change: Change, now: Date): 'done' | 'refused' {
  const { plan, open } = model;
  const today = toVietnamDate(now);
  const isEnd = change.action === 'stop' || change.action === 'withdraw';
  const isOfWaiting = isEnd || change.action === 'contact';
  const isAllowed = isRunning(plan) || (isWaiting(plan) && isOfWaiting);
  if (plan.isErased || !isAllowed) return 'refused';
  if (change.action === 'resume' && plan.state !== 'paused') return 'refused';
  if (!isPossible(plan, change)) return 'refused';
  if (change.action === 'resume') {
    resume(model, now);
    return 'done';
  }
  if (change.action === 'rhythm') changeRhythm(model, change, now);
  open.clear();
  plan.isSettled = false;
  const before = plan.state;
  if (isEnd) Object.assign(plan, { state: 'ended', pausedUntil: null });
  if (change.action === 'pause')
    Object.assign(plan, { state: 'paused', pausedUntil: addDays(today, change.days) });
  if (plan.state !== before) plan.since = now;
  if (change.action === 'services') plan.services = change.services;
  if (change.action === 'contact') plan.name = change.name;
  if (!isEnd && change.action !== 'pause') plan.changes += 1;
  if (change.action === 'rhythm') plan.daysChange = plan.changes;
  if (change.action === 'contact') plan.contactChange = plan.changes;
  if (!isEnd) plan.next = firstDayFrom(plan, earliestNext(plan, today));
  return 'done';
}

/** A rhythm on a weekday without the window, and services longer than what is left of the day, would end all visits. */
function isPossible(plan: ModelPlan, change: Change): boolean {
  const windows = bookingRules.windows.map(({ id }) => id);
  const fits = (window: string, services: number) =>
    windows.indexOf(window) + (SERVICES[services]?.length ?? 0) <= windows.length;
  if (change.action === 'rhythm')
    return change.weekday !== 'sun' && fits(change.window, plan.services);
  return change.action !== 'services' || fits(plan.window, change.services);
}

function changeRhythm(
  model: Model,
  { rhythm, weekday, window }: Extract<Change, { action: 'rhythm' }>,
  now: Date,
): void {
  const { plan } = model;
  if (rhythm !== plan.rhythm || weekday !== weekdayOfDate(plan.anchor)) {
    const days = model.visits
      .filter((visit) => isComing(visit, now))
      .flatMap(({ day }) => (day === null ? [] : [day]));
    const fallback = firstDayFrom(plan, earliestNext(plan, toVietnamDate(now)));
    const next = days.toSorted()[0] ?? fallback;
    plan.anchor = weekdayFrom(weekday, { next, earliest: earliestDay(window, now) });
    plan.rhythm = rhythm;
    model.letGo.clear();
  }
  plan.window = window;
}

function earliestNext(plan: ModelPlan, today: string): string {
  const tomorrow = addDays(today, 1);
  return plan.pausedUntil !== null && plan.pausedUntil > tomorrow ? plan.pausedUntil : tomorrow;
}

/** The first day whose window is far enough away. */
function earliestDay(window: string, now: Date): string {
  const from = bookingRules.windows.find(({ id }) => id === window)?.from ?? '';
  const soonest = now.getTime() + bookingRules.leadHours * 3_600_000;
  let day = toVietnamDate(now);
  while (fromVietnam(day, from).getTime() < soonest) day = addDays(day, 1);
  return day;
}

/** Somebody chooses another window for an open day. */
export function chooseStart(
  model: Model,
  day: string,
  { start, now }: { start: { date: string; window: string }; now: Date },
): 'done' | 'full' | 'refused' {
  const slots = slotsOf(start, model.plan.services);
  if (slots === null || isOutside(start, now)) return 'refused';
  if (!haveSeats(model, slots)) return 'full';
  model.open.delete(day);
  model.visits.push(newVisit(model.plan, { start, day, now }));
  return 'done';
}

/** Where a lock is lifted or staff set other seats, the open days of that date are tried again. */
export function retryDay(model: Model, date: string): void {
  const { plan, open } = model;
  const reason = open.get(date);
  if (!isRunning(plan) || (reason !== 'full' && reason !== 'locked')) return;
  open.delete(date);
  if (date < plan.next) plan.next = date;
}

/** One visit is erased: it leaves the plan, which makes no other for its day. A plan that has not begun ends with it. */
export function eraseVisit(model: Model, visit: ModelVisit, now: Date): string {
  const { since, state, isFirst } = visit;
  model.visits = model.visits.filter((one) => one !== visit);
  if (visit.day !== null) model.letGo.add(visit.day);
  const wasLive = state === 'held' || state === 'requested' || state === 'confirmed';
  if (isFirst && wasLive)
    followFirst(model, { visit, transition: 'cancel', to: 'cancelled', since, now });
  return 'done';
}

/** The plan is erased; its coming visits are as soon as they follow. */
export function erasePlan({ plan, open }: Model, now: Date): string {
  if (plan.isErased) return 'before';
  open.clear();
  const since = plan.state === 'ended' ? plan.since : now;
  Object.assign(plan, {
    state: 'ended',
    since,
    isErased: true,
    isSettled: false,
    pausedUntil: null,
  });
  return 'done';
}
