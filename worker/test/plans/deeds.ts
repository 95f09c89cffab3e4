import { env } from 'cloudflare:workers';
import { bookingRules } from '../../../shared/content/catalogue.ts';
import { addDays, toVietnamDate } from '../../../shared/time.ts';
import { eraseRecord } from '../../personal-data/erase.ts';
import { openRecord } from '../../personal-data/read-person.ts';
import { transitionBooking } from '../../records/booking-transition.ts';
import { changePlan } from '../../records/change-plan.ts';
import type { Person } from '../../../shared/forms/person.ts';
import type { PlanChange } from '../../records/plan-decisions.ts';
import { makeChosenVisit } from '../../records/plan-visits.ts';
import { type Booking, findBooking } from '../../store/bookings.ts';
import { setSeats } from '../../store/crews.ts';
import { letOpenDateGo } from '../../store/plan-dates.ts';
import { lockWindow, unlockWindow } from '../../store/seats.ts';
import { submitBooking } from '../records.ts';
import { firstDayFrom } from './calendar.ts';
import {
  haveSeats,
  isComing,
  isOutside,
  isRunning,
  type ModelVisit,
  SERVICES,
  slotsOf,
} from './model.ts';
import * as model from './model-actions.ts';
import type { Action } from './steps.ts';
import type { World } from './world.ts';

/** One thing done in the database, and what the model says of it. */
export interface Deed {
  name: string;
  run: (env: Env) => Promise<string>;
  /** What the outcome has to be; the model does it too. */
  expect: () => string;
  /** Whether it took place, where it was broken off; absent where it is done whole. */
  isDone?: () => Promise<boolean>;
  /** Whether the plan's visits follow at once. */
  follows: boolean;
  /** The plan's day of the visit that it is about. */
  visitDay?: string;
}

type ActionOf<Name extends Action['do']> = Extract<Action, { do: Name }>;

/** What an action means as things are; null where there is nothing that it could mean. */
export function drawDeed(world: World, action: Action): Deed | null {
  switch (action.do) {
    case 'state':
      return stateDeed(world, action);
    case 'move':
      return moveDeed(world, action);
    case 'choose':
      return chooseDeed(world, action);
    case 'change':
      return changeDeed(world, action.change);
    case 'erase':
      return action.at === 'plan' ? erasePlanDeed(world) : eraseVisitDeed(world, action.at);
    case 'let-go':
      return letGoDeed(world, action.at);
    case 'lock':
    case 'unlock':
    case 'close':
      return lockDeed(world, action);
    case 'seats':
      return seatsDeed(world, action);
    case 'book':
      return bookDeed(world, action);
    case 'wait':
    case 'twice':
      return { name: action.do, run: done, expect: () => 'done', follows: true };
  }
}

function done(): Promise<string> {
  return Promise.resolve('done');
}

function pick<Item>(list: readonly Item[], at: number): Item | undefined {
  return list[at % list.length];
}

function byDay(world: World): (ModelVisit & { day: string })[] {
  const standing = world.model.visits.filter(
    (one): one is ModelVisit & { day: string } => one.day !== null,
  );
  return standing.toSorted((a, b) => a.day.localeCompare(b.day));
}

async function readVisit({ planId }: World, day: string): Promise<Booking> {
  const row = await env.DB.prepare('select id from bookings where plan_id = ? and rhythm_date = ?')
    .bind(planId, day)
    .first<{ id: string }>();
  const booking = row === null ? null : await findBooking(env.DB, row.id);
  if (booking === null) throw new Error(`No visit for ${day}`);
  return booking;
}

/** Reads a record's version before a deed; the answer says whether it has risen since. */
function watchVersion(table: 'bookings' | 'plans', id: string, version: number) {
  return async () => {
    const row = await env.DB.prepare(`select version from ${table} where id = ?`)
      .bind(id)
      .first<{ version: number }>();
    return (row?.version ?? 0) > version;
  };
}

function stateDeed(world: World, { at, transition, by }: ActionOf<'state'>): Deed | null {
  const undoable = byDay(world).filter(
    ({ undoTo }) => transition === 'undoCancel' && undoTo !== null,
  );
  const visit = pick(undoable.length > 0 ? undoable : byDay(world), at);
  const isTooSoon = transition === 'lapse' && (visit?.date ?? '') >= toVietnamDate(world.now);
  if (visit === undefined || isTooSoon) return null;
  const { now } = world;
  const actor = transition === 'cancel' ? by : transition === 'lapse' ? 'system' : 'staff';
  const { day } = visit;
  let isDone: Deed['isDone'];
  return {
    name: `${transition} ${day}`,
    run: async (failing) => {
      const booking = await readVisit(world, day);
      isDone = watchVersion('bookings', booking.id, booking.version);
      return (await transitionBooking(failing, { booking, transition, actor, now })).outcome;
    },
    isDone: async () => (await isDone?.()) ?? false,
    expect: () => model.changeState(world.model, visit, { transition, by, now }),
    follows: visit.isFirst,
    visitDay: day,
  };
}

/** A start that can be asked for and at which no other visit of the plan is. */
function isFreeStart(
  { model: { visits }, now }: World,
  start: { date: string; window: string },
  services: number,
): boolean {
  const isOwn = visits.some(({ date, window }) => date === start.date && window === start.window);
  return slotsOf(start, services) !== null && !isOutside(start, now) && !isOwn;
}

function startAt(date: string, { days, window }: { days: number; window: number }) {
  return { date: addDays(date, days), window: bookingRules.windows[window]?.id ?? '' };
}

function moveDeed(world: World, action: ActionOf<'move'>): Deed | null {
  const { now } = world;
  const movable = byDay(world).filter((one) => isComing(one, now) && one.state !== 'held');
  const visit = pick(movable, action.at);
  const start = visit && startAt(visit.date, action);
  if (visit === undefined || start === undefined || !isFreeStart(world, start, visit.services))
    return null;
  const { day } = visit;
  return {
    name: `move ${day} to ${start.date} ${start.window}`,
    run: async () => {
      const booking = await readVisit(world, day);
      const request = { booking, transition: 'reschedule', actor: 'customer', start, now } as const;
      return (await transitionBooking(env, request)).outcome;
    },
    expect: () => model.moveVisit(world.model, visit, start),
    follows: false,
    // A plan that waits has its first visit stand for its new day.
    get visitDay() {
      return visit.day ?? day;
    },
  };
}

function chooseDeed(world: World, action: ActionOf<'choose'>): Deed | null {
  const { now, planId } = world;
  const day = pick([...world.model.open.keys()].toSorted(), action.at);
  const start = day === undefined ? undefined : startAt(day, action);
  const { plan } = world.model;
  if (day === undefined || start === undefined || !isRunning(plan)) return null;
  if (!isFreeStart(world, start, plan.services)) return null;
  return {
    name: `choose ${start.date} ${start.window} for ${day}`,
    run: async (failing) => {
      const read = await world.readPlan();
      const opened = await openRecord(env, read, now);
      if (opened.state !== 'open') return opened.state;
      const made = { plan: read, person: opened.person, now };
      return (await makeChosenVisit(failing, made, { rhythmDate: day, start })).outcome;
    },
    isDone: async () => {
      const row = await env.DB.prepare(
        'select 1 from bookings where plan_id = ? and rhythm_date = ?',
      )
        .bind(planId, day)
        .first();
      return row !== null;
    },
    expect: () => model.chooseStart(world.model, day, { start, now }),
    follows: false,
    visitDay: day,
  };
}

function changeDeed(world: World, change: model.Change): Deed {
  const { now } = world;
  let isDone: Deed['isDone'];
  return {
    name: JSON.stringify(change),
    run: async (failing) => {
      const plan = await world.readPlan();
      isDone = watchVersion('plans', plan.id, plan.version);
      const opened = await openRecord(env, plan, now);
      const person = opened.state === 'open' ? opened.person : null;
      if (change.action === 'contact' && person === null) return 'refused';
      return changePlan(failing, {
        plan,
        change: toReal(world, change, person),
        actor: 'customer',
        now,
      });
    },
    isDone: async () => (await isDone?.()) ?? false,
    expect: () => model.changePlan(world.model, change, now),
    follows: true,
  };
}

function toReal({ now }: World, change: model.Change, person: Person | null): PlanChange {
  switch (change.action) {
    case 'pause':
      return { action: 'pause', until: addDays(toVietnamDate(now), change.days) };
    case 'services':
      return { action: 'services', services: [...(SERVICES[change.services] ?? [])] };
    case 'contact':
      if (person === null) throw new Error('nobody');
      return { action: 'contact', person: { ...person, name: change.name } };
    case 'resume':
    case 'stop':
    case 'withdraw':
    case 'rhythm':
      return change;
  }
}

function erasePlanDeed(world: World): Deed {
  const { now, planId } = world;
  return {
    name: 'erase the plan',
    run: async (failing) => {
      const erasure = { id: planId, cause: 'request', actor: 'customer', now } as const;
      return (await eraseRecord(failing, erasure)).outcome;
    },
    isDone: async () => (await world.readPlan()).erasedAt !== null,
    expect: () => model.erasePlan(world.model, now),
    follows: true,
  };
}

function eraseVisitDeed(world: World, at: number): Deed | null {
  const { now } = world;
  const visit = pick(byDay(world), at);
  if (visit === undefined) return null;
  const { day } = visit;
  let id = '';
  return {
    name: `erase ${day}`,
    run: async (failing) => {
      const booking = await readVisit(world, day);
      ({ id } = booking);
      return (
        await eraseRecord(failing, {
          id,
          record: booking,
          cause: 'request',
          actor: 'customer',
          now,
        })
      ).outcome;
    },
    isDone: async () => (await findBooking(env.DB, id))?.erasedAt !== null,
    expect: () => model.eraseVisit(world.model, visit, now),
    follows: visit.isFirst,
    visitDay: day,
  };
}

function letGoDeed(world: World, at: number): Deed | null {
  const { now, planId } = world;
  const { open, letGo } = world.model;
  const day = pick([...open.keys()].toSorted(), at);
  if (day === undefined) return null;
  return {
    name: `let ${day} go`,
    run: async () =>
      (await letOpenDateGo(env.DB, { planId, rhythmDate: day }, now)) ? 'done' : 'not open',
    expect: () => {
      open.delete(day);
      letGo.add(day);
      return 'done';
    },
    follows: false,
    visitDay: day,
  };
}

/** The days of the rhythm in the open calendar, from tomorrow on. */
function daysAhead({ model: { plan }, now }: World): string[] {
  const today = toVietnamDate(now);
  const days: string[] = [];
  const end = addDays(today, bookingRules.horizonDays);
  const rhythm = { ...plan };
  for (
    let day = firstDayFrom(rhythm, addDays(today, 1));
    day <= end;
    day = firstDayFrom(rhythm, addDays(day, 1))
  )
    days.push(day);
  return days;
}

function lockDeed(
  world: World,
  { do: what, at, window }: { do: string; at: number; window: number },
): Deed | null {
  const { now } = world;
  const { plan, locks } = world.model;
  if (what === 'close') return closeDeed(world, at);
  const date = pick(daysAhead(world), at);
  if (date === undefined) return null;
  const ids = [plan.window, ...bookingRules.windows.map(({ id }) => id)];
  const slot = { date, window: ids[window] ?? '' };
  const key = `${date}/${slot.window}`;
  const isLocked = locks.has(key);
  return {
    name: `${what} ${key}`,
    run: async () => {
      const isChanged =
        what === 'lock' ? await lockWindow(env.DB, slot, now) : await unlockWindow(env.DB, slot);
      return isChanged ? 'done' : 'before';
    },
    expect: () => {
      if (what === 'lock') locks.add(key);
      else {
        locks.delete(key);
        model.retryDay(world.model, date);
      }
      return (what === 'lock') === isLocked ? 'before' : 'done';
    },
    follows: false,
  };
}

/** The company says that it is closed on a day which nobody could book so far. */
function closeDeed(world: World, at: number): Deed {
  const end = addDays(toVietnamDate(world.now), bookingRules.horizonDays + 1);
  const date = addDays(firstDayFrom(world.model.plan, end), (at % 2) * 7);
  const closed = bookingRules.closed as { from: string; to: string; reason: string }[];
  return {
    name: `close ${date}`,
    run: () => {
      closed.push({ from: date, to: date, reason: 'Nghỉ lễ' });
      return done();
    },
    expect: () => 'done',
    follows: false,
  };
}

function seatsDeed(world: World, { at, seats }: ActionOf<'seats'>): Deed | null {
  const date = pick(daysAhead(world), at);
  if (date === undefined) return null;
  const { limits } = world.model;
  return {
    name: `${seats} seats on ${date}`,
    run: async () => {
      await setSeats(env.DB, { date, window: '', seats });
      return 'done';
    },
    expect: () => {
      if (seats === null) limits.delete(date);
      else limits.set(date, seats);
      model.retryDay(world.model, date);
      return 'done';
    },
    follows: false,
  };
}

/** Others book windows of a day, by telephone, so that no limit of senders counts. */
function bookDeed(world: World, { at, window, count }: ActionOf<'book'>): Deed | null {
  const date = pick(daysAhead(world), at);
  const { plan, others } = world.model;
  const ids = [plan.window, ...bookingRules.windows.map(({ id }) => id)];
  const start = { date: date ?? '', window: ids[window] ?? '' };
  const slots = date === undefined ? null : slotsOf(start, 0);
  if (slots === null) return null;
  return {
    name: `${count} others at ${start.date} ${start.window}`,
    run: async () => {
      const outcomes: string[] = [];
      for (let person = 0; person < count; person += 1) {
        const fields = { service: 've-sinh-nha-o', phone: world.nextPhone(), ...start };
        const booked = submitBooking(fields, { origin: 'phone', now: world.now });
        outcomes.push(
          await booked.then(
            () => 'done',
            (error: Error) => error.message,
          ),
        );
      }
      return outcomes.join(' ');
    },
    expect: () => {
      const outcomes: string[] = [];
      for (let person = 0; person < count; person += 1) {
        const isFree = haveSeats(world.model, slots);
        if (isFree) for (const slot of slots) others.set(slot, (others.get(slot) ?? 0) + 1);
        outcomes.push(isFree ? 'done' : 'full');
      }
      return outcomes.join(' ');
    },
    follows: false,
  };
}
