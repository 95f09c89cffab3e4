import { bookingRules } from '../../../shared/content/catalogue.ts';
import type { BookingState, PlanState } from '../../../shared/states.ts';
import { addDays, fromVietnam, toVietnamDate } from '../../../shared/time.ts';
import { firstDayFrom, type Rhythm, sameWeekDay } from './calendar.ts';

/** What a plan can be for: services by how many windows in a row they take. */
export const SERVICES = [
  [{ id: 've-sinh-nha-o', quantity: 50, answers: {} }],
  [{ id: 've-sinh-nha-o', quantity: 90, answers: {} }],
  [
    { id: 've-sinh-nha-o', quantity: 50, answers: {} },
    { id: 'tap-vu-van-phong', quantity: 1, answers: {} },
  ],
] as const;

export interface ModelVisit {
  /** The day of the rhythm that it stands for; null where the plan took it back. */
  day: string | null;
  date: string;
  window: string;
  /** Place in SERVICES. */
  services: number;
  name: string;
  state: BookingState;
  since: Date;
  isFirst: boolean;
  /** How many changes of the plan it has followed. */
  follows: number;
  /** The state before staff cancelled it, as long as nothing else happened to it. */
  undoTo: BookingState | null;
}

export interface ModelPlan {
  state: PlanState;
  since: Date;
  rhythm: Rhythm;
  anchor: string;
  window: string;
  services: number;
  name: string;
  pausedUntil: string | null;
  next: string;
  isErased: boolean;
  isSettled: boolean;
  changes: number;
  /** The number of the newest change of days or window. */
  daysChange: number;
  /** The number of the newest change of contact details. */
  contactChange: number;
}

/** All that a plan's promises speak of: the plan, its visits, its days without one, and what else fills the windows. */
export interface Model {
  plan: ModelPlan;
  visits: ModelVisit[];
  open: Map<string, 'full' | 'locked' | 'closed' | 'late'>;
  letGo: Set<string>;
  locks: Set<string>;
  /** Other people's bookings by window. */
  others: Map<string, number>;
  /** Seats that staff set for days. */
  limits: Map<string, number>;
}

const seated: readonly BookingState[] = ['requested', 'confirmed', 'declined'];
const live: readonly BookingState[] = ['held', 'requested', 'confirmed'];

export function isLiveVisit({ state }: ModelVisit): boolean {
  return live.includes(state);
}

export function isRunning({ state, isErased }: ModelPlan): boolean {
  return !isErased && (state === 'active' || state === 'paused');
}

export function isWaiting({ state, isErased }: ModelPlan): boolean {
  return !isErased && (state === 'held' || state === 'requested');
}

export function startOf({ date, window }: Pick<ModelVisit, 'date' | 'window'>): Date {
  const from = bookingRules.windows.find(({ id }) => id === window)?.from ?? '';
  return fromVietnam(date, from);
}

export function isComing(visit: ModelVisit, now: Date): boolean {
  return isLiveVisit(visit) && startOf(visit) > now;
}

/** The windows that services take from a start on, as `<date>/<window>`; null where the day does not offer them. */
export function slotsOf(
  { date, window }: Pick<ModelVisit, 'date' | 'window'>,
  services: number,
): string[] | null {
  const isClosed = bookingRules.closed.some(({ from, to }) => from <= date && date <= to);
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  const ids = isClosed ? [] : bookingRules.windows.map(({ id }) => id);
  const day = weekday === 0 ? [] : ids;
  const from = day.indexOf(window);
  const length = SERVICES[services]?.length ?? 0;
  if (from < 0 || from + length > day.length) return null;
  return day.slice(from, from + length).map((id) => `${date}/${id}`);
}

/** Whether all windows have a seat, one visit's own seats aside. */
export function haveSeats(model: Model, slots: readonly string[], except?: ModelVisit): boolean {
  const own = model.visits
    .filter((visit) => visit !== except && seated.includes(visit.state))
    .flatMap((visit) => slotsOf(visit, visit.services) ?? []);
  return slots.every((slot) => {
    const taken = (model.others.get(slot) ?? 0) + own.filter((one) => one === slot).length;
    const seats = model.limits.get(slot.slice(0, 10)) ?? bookingRules.seats;
    return !model.locks.has(slot) && taken < seats;
  });
}

/** Whether a start lies too near or too far to be asked for. */
export function isOutside(start: Pick<ModelVisit, 'date' | 'window'>, now: Date): boolean {
  const today = toVietnamDate(now);
  const soonest = new Date(now.getTime() + bookingRules.leadHours * 3_600_000);
  return startOf(start) < soonest || start.date > addDays(today, bookingRules.horizonDays);
}

/** What the plan's own task does once: a pause that is over ends, visits follow, days that came into the calendar get theirs. */
export function follow(model: Model, now: Date): void {
  const { plan } = model;
  const today = toVietnamDate(now);
  if (plan.state === 'paused' && (plan.pausedUntil ?? '') <= today) resume(model, now);
  if (!plan.isSettled) settle(model, now);
  plan.isSettled = true;
  if (isRunning(plan)) makeVisits(model, now);
}

/** What the plan lacks is looked for again from tomorrow on. */
export function resume(model: Model, now: Date): void {
  const { plan, open } = model;
  Object.assign(plan, { state: 'active', since: now, pausedUntil: null, isSettled: false });
  plan.next = firstDayFrom(plan, addDays(toVietnamDate(now), 1));
  open.clear();
}

function settle(model: Model, now: Date): void {
  const today = toVietnamDate(now);
  const inReach = model.visits.filter(
    (visit) => startOf(visit) > now || (visit.day !== null && visit.day >= today),
  );
  const byStart = inReach.toSorted((a, b) => startOf(a).getTime() - startOf(b).getTime());
  for (const visit of byStart) settleVisit(model, visit, now);
}

function settleVisit(model: Model, visit: ModelVisit, now: Date): void {
  const { plan } = model;
  if (!isRunning(plan)) {
    const isOver = plan.state === 'ended' || plan.isErased || !visit.isFirst;
    if (!isComing(visit, now)) return;
    if (!isOver) return takeContact(plan, visit);
    if (plan.isErased) model.visits = model.visits.filter((one) => one !== visit);
    else takeBack(plan, visit, now);
    return;
  }
  if (isComing(visit, now) && visit.date < (plan.pausedUntil ?? ''))
    return takeBack(plan, visit, now);
  if (visit.day === null || visit.follows >= plan.changes) return;
  const daysChanged = visit.follows < plan.daysChange;
  const day = sameWeekDay(plan, visit.day);
  const isTaken = model.visits.some(
    (one) => one !== visit && one.day === day && one.follows === plan.changes,
  );
  if (!isComing(visit, now)) {
    const isFree = !model.visits.some((one) => one !== visit && one.day === day);
    if (daysChanged && day !== null && !isLiveVisit(visit) && isFree)
      Object.assign(visit, { day, follows: plan.changes });
    return;
  }
  if (daysChanged && (day === null || isTaken)) return takeBack(plan, visit, now);
  const start = daysChanged
    ? { date: day ?? '', window: plan.window }
    : { date: visit.date, window: visit.window };
  takeOver(model, visit, { start, day: daysChanged ? day : visit.day, now });
}

/** The first visit of a plan that waits with it has its contact details. */
function takeContact({ name, changes, contactChange }: ModelPlan, visit: ModelVisit): void {
  if (visit.follows < contactChange) Object.assign(visit, { name, follows: changes, undoTo: null });
}

/** A visit gets the plan's services, details and start, or is taken back where that has no seat. */
function takeOver(
  model: Model,
  visit: ModelVisit,
  { start, day, now }: { start: { date: string; window: string }; day: string | null; now: Date },
): void {
  const { plan } = model;
  const slots = slotsOf(start, plan.services);
  const isMoved = start.date !== visit.date || start.window !== visit.window;
  const isLonger = SERVICES[plan.services]?.length !== SERVICES[visit.services]?.length;
  const needsSeats = isMoved || isLonger;
  if (needsSeats) {
    const isRefused = slots === null || (isMoved && isOutside(start, now));
    if (isRefused || !haveSeats(model, slots, visit)) return takeBack(plan, visit, now);
  }
  const { services, name, changes } = plan;
  Object.assign(visit, { ...start, day, services, name, follows: changes, undoTo: null });
}

function takeBack(plan: ModelPlan, visit: ModelVisit, now: Date): void {
  const state = visit.state === 'held' ? 'dropped' : 'cancelled';
  Object.assign(visit, { state, since: now, day: null, follows: plan.changes, undoTo: null });
}

function makeVisits(model: Model, now: Date): void {
  const { plan } = model;
  const today = toVietnamDate(now);
  const end = addDays(today, bookingRules.horizonDays);
  if (plan.next > end) return;
  let day = firstDayFrom(plan, plan.next > today ? plan.next : today);
  for (; day <= end; day = firstDayFrom(plan, addDays(day, 1))) makeVisit(model, day, now);
  plan.next = day;
}

function makeVisit(model: Model, day: string, now: Date): void {
  const { plan, open, letGo, visits, locks } = model;
  if (open.has(day) || letGo.has(day) || visits.some((visit) => visit.day === day)) return;
  const start = { date: day, window: plan.window };
  const slots = slotsOf(start, plan.services);
  if (slots === null) open.set(day, 'closed');
  else if (isOutside(start, now)) open.set(day, 'late');
  else if (slots.some((slot) => locks.has(slot))) open.set(day, 'locked');
  else if (!haveSeats(model, slots)) open.set(day, 'full');
  else visits.push(newVisit(plan, { start, day, now }));
}

export function newVisit(
  { services, name, changes }: Pick<ModelPlan, 'services' | 'name' | 'changes'>,
  { start, day, now }: { start: { date: string; window: string }; day: string; now: Date },
): ModelVisit {
  const fixed = { isFirst: false, state: 'confirmed', follows: changes, undoTo: null } as const;
  return { ...fixed, ...start, day, services, name, since: now };
}
