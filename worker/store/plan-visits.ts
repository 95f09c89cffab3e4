import * as v from 'valibot';
import type { JobSlot } from '../../shared/jobs/availability.ts';
import { isTransient } from '../base/failures.ts';
import { type Booking, BookingRowSchema } from './bookings.ts';
import { insertDelivery, type NewDelivery } from './deliveries.ts';
import { type Change, insertEvent } from './events.ts';
import {
  insertOpenDatesMail,
  type MissedDate,
  noteOpenDate,
  type OpenDatesMail,
} from './plan-dates.ts';
import { type Plan, PlanRowSchema } from './plans.ts';
import { bindByName, readRows } from './rows.ts';
import { hasNoSeat, takeSeat } from './seats.ts';
import { writeServices } from './visit-services.ts';

/** A visit that a plan makes: an ordinary booking, confirmed. */
export interface NewPlanVisit extends Pick<
  Booking,
  'id' | 'code' | 'visitDate' | 'window' | 'visitStartsAt' | 'visitEndsAt' | 'keyEndsAt'
> {
  rhythmDate: string;
  phoneBucket: string | null;
  sealed: Uint8Array<ArrayBuffer>;
  /** The windows in which it takes a seat each. */
  slots: readonly JobSlot[];
  deliveries: readonly NewDelivery[];
  /** Whether somebody chose another window for an open date; otherwise such a date is passed over. */
  isChosen: boolean;
}

/** One step of a plan: the visits that it makes, the days that may be left without one, and from which day it goes on. */
export interface PlanStep {
  plan: Plan;
  visits: readonly NewPlanVisit[];
  missed: readonly MissedDate[];
  /** Null where no day is passed. */
  nextDate: string | null;
  /** What tells the customer of days that are left without one; null where they get no mail. */
  mail: OpenDatesMail | null;
  now: Date;
}

/**
 * Writes a step of a plan in one batch, of which each visit takes place only while the plan is as it was read, its day has no
 * visit yet and every window has a seat. Returns the ids of the visits that are there afterwards. A second run makes none twice:
 * it has events of its own, so that nothing hangs a second seat or delivery on what the first one made.
 */
export async function writePlanStep(db: D1Database, step: PlanStep): Promise<Set<string>> {
  const write = () => db.batch(stepStatements(db, step));
  const results = await write().catch((error: unknown) => {
    if (isTransient(error)) return write();
    throw error;
  });
  const made = readRows(v.object({ id: v.string() }), results.at(-1)?.results ?? []);
  return new Set(made.map(({ id }) => id));
}

function stepStatements(db: D1Database, step: PlanStep): D1PreparedStatement[] {
  const { plan, visits, missed, nextDate, mail, now } = step;
  return [
    ...visits.flatMap((visit) => visitStatements(db, step, visit)),
    ...missed.map((date) => noteOpenDate(db, date)),
    ...(mail === null ? [] : [insertOpenDatesMail(db, mail, { planId: plan.id, now })]),
    ...(nextDate === null ? [] : [goOnFrom(db, plan, nextDate)]),
    db
      .prepare('select id from bookings where id in (select value from json_each(?))')
      .bind(JSON.stringify(visits.map(({ id }) => id))),
  ];
}

function visitStatements(
  db: D1Database,
  { plan, now }: PlanStep,
  visit: NewPlanVisit,
): D1PreparedStatement[] {
  const change: Change = {
    table: 'bookings',
    subjectId: visit.id,
    eventId: crypto.randomUUID(),
    at: now,
  };
  return [
    insertPlanVisit(db, change, { plan, visit }),
    ...visit.slots.map((slot) => takeSeat(db, change, slot)),
    insertEvent(db, change, { type: 'plan', actor: 'system', reason: null }),
    ...visit.deliveries.map((delivery) => insertDelivery(db, change, delivery)),
    ...(visit.isChosen ? [closeOpenDate(db, change)] : []),
  ];
}

function insertPlanVisit(
  db: D1Database,
  change: Change,
  { plan, visit }: { plan: Plan; visit: NewPlanVisit },
): D1PreparedStatement {
  const { json, at } = bindByName({
    id: visit.id,
    code: visit.code,
    eventId: change.eventId,
    ...writeServices(plan.services),
    ward: plan.ward,
    visitDate: visit.visitDate,
    window: visit.window,
    startsAt: visit.visitStartsAt,
    endsAt: visit.visitEndsAt,
    phoneBucket: visit.phoneBucket,
    keyEndsAt: visit.keyEndsAt,
    planId: plan.id,
    planVersion: plan.version,
    rhythmDate: visit.rhythmDate,
    terms: plan.terms,
    slots: visit.slots,
    isChosen: visit.isChosen,
    now: change.at,
  });
  const openDate = `select 1 from plan_open_dates where subject_id = ${at('planId')} and rhythm_date = ${at('rhythmDate')}`;
  return db
    .prepare(
      `insert into bookings (id, code, state, state_at, version, last_event_id, visit, service, quantity,
         further_services, answers, ward, visit_date, arrival_window, visit_starts_at, visit_ends_at, origin,
         phone_bucket, sealed, key_ends_at, created_at, plan_id, rhythm_date, plan_terms)
       select ${at('id')}, ${at('code')}, 'confirmed', ${at('now')}, 1, ${at('eventId')}, 'work', ${at('service')},
         ${at('quantity')}, ${at('further_services')}, ${at('answers')}, ${at('ward')}, ${at('visitDate')},
         ${at('window')}, ${at('startsAt')}, ${at('endsAt')}, 'plan', ${at('phoneBucket')}, ?2, ${at('keyEndsAt')},
         ${at('now')}, ${at('planId')}, ${at('rhythmDate')}, ${at('terms')}
       from plans where id = ${at('planId')} and version = ${at('planVersion')} and state in ('active', 'paused')
         and not exists (select 1 from bookings where plan_id = ${at('planId')} and rhythm_date = ${at('rhythmDate')})
         and iif(${at('isChosen')}, exists (${openDate} and settled_at is null), not exists (${openDate}))
         and not exists (select 1 from json_each(${at('slots')}) slot where ${hasNoSeat('slot.value')})`,
    )
    .bind(json, visit.sealed);
}

/** Deletes the open date of a visit that was just made. */
function closeOpenDate(db: D1Database, change: Change): D1PreparedStatement {
  return db
    .prepare(
      `delete from plan_open_dates where (subject_id, rhythm_date) in (
         select plan_id, rhythm_date from bookings where id = ?1 and last_event_id = ?2)`,
    )
    .bind(change.subjectId, change.eventId);
}

/** Passes the days that were dealt with, unless one of them is to be tried again since. */
function goOnFrom(db: D1Database, plan: Plan, nextDate: string): D1PreparedStatement {
  return db
    .prepare('update plans set next_date = ?3 where id = ?1 and version = ?2 and next_date = ?4')
    .bind(plan.id, plan.version, nextDate, plan.nextDate);
}

/** The visits of a plan that have not begun, and those that stand for a day from today on; by time. */
export async function listPlanVisits(
  db: D1Database,
  planId: string,
  { today, now }: { today: string; now: Date },
): Promise<Booking[]> {
  const { results } = await db
    .prepare(
      `select * from bookings where plan_id = ?1 and erased_at is null
         and (visit_starts_at > ?2 or rhythm_date >= ?3) order by visit_starts_at, id`,
    )
    .bind(planId, now.toISOString(), today)
    .all();
  return readRows(BookingRowSchema, results);
}

/**
 * Plans with something to do: visits that do not follow it yet, a pause that is over, or a day that has come into the open
 * calendar. The one that waits longest first; what failed goes last, in turn.
 */
export async function listDuePlans(
  db: D1Database,
  { today, horizon, limit }: { today: string; horizon: string; limit: number },
): Promise<Plan[]> {
  const { results } = await db
    .prepare(
      `select * from (select *, 0 as place from plans where unsettled = 1
         union all select *, 1 from plans where unsettled = 0 and state in ('active', 'paused') and next_date <= ?2
         union all select *, 2 from plans where unsettled = 0 and state = 'paused' and paused_until <= ?1 and +next_date > ?2)
       order by failed_at nulls first, place, next_date limit ?3`,
    )
    .bind(today, horizon, limit)
    .all();
  return readRows(PlanRowSchema, results);
}

/** The visits that plans made since an instant and that still stand, by day. */
export async function listMadeSince(
  db: D1Database,
  since: Date,
  limit: number,
): Promise<Booking[]> {
  const { results } = await db
    .prepare(
      `select * from bookings where state = 'confirmed' and state_at > ?1 and origin = 'plan' and created_at > ?1
         and erased_at is null order by visit_starts_at, id limit ?2`,
    )
    .bind(since.toISOString(), limit)
    .all();
  return readRows(BookingRowSchema, results);
}
