import * as v from 'valibot';
import type { BookingRules } from '../../shared/content/booking-rules.ts';
import {
  type JobSlot,
  listSlots,
  type Occupancy,
  type Slot,
} from '../../shared/jobs/availability.ts';
import type { Change } from './events.ts';
import { retryOpenDates } from './plan-dates.ts';
import { readRows, instant } from './rows.ts';
import { seatsOf, selectChangedSeats, toSeats } from './seat-numbers.ts';
import { bookingStates } from '../../shared/states.ts';
import { addDays } from '../../shared/time.ts';
import { readServices, visitColumns } from './visit-services.ts';

/** Name of the constraint that refuses one seat too many; it stands in the error's message. */
const WINDOW_FULL = 'window_full';

/**
 * Takes one seat in a window for a booking that a given event just wrote in state `requested` or `confirmed`. The seat is the
 * lowest free number up to the seats there are. Without one it is 0, which the constraint `window_full` refuses, and the whole
 * batch is rolled back. A locked window has no seat, nor has one of which as many are taken as there are, though a number be free.
 */
export function takeSeat(db: D1Database, change: Change, slot: JobSlot): D1PreparedStatement {
  return db
    .prepare(
      `insert into seats (visit_date, arrival_window, n, booking_id)
       select ?1, ?2, coalesce((
         with recursive
           there (seats) as materialized (select ${seatsOf('?3')}),
           numbers (n) as (select 1 union all select n + 1 from numbers, there where n < there.seats)
         select min(n) from numbers, there where n <= there.seats
           and n not in (select n from seats where visit_date = ?1 and arrival_window = ?2)
           and (select count(*) from seats where visit_date = ?1 and arrival_window = ?2) < there.seats
           and not exists (select 1 from window_locks where visit_date = ?1 and arrival_window = ?2)
       ), 0), id
       from bookings where id = ?4 and last_event_id = ?5 and state in ('requested', 'confirmed')
         and not exists (select 1 from seats where visit_date = ?1 and arrival_window = ?2 and booking_id = ?4)`,
    )
    .bind(slot.date, slot.window, JSON.stringify(slot), change.subjectId, change.eventId);
}

/** SQL that says whether a window, as the JSON text of a JobSlot, has no seat for one more. */
export function hasNoSeat(slot: string): string {
  const isThere = `visit_date = json_extract(${slot}, '$.date') and arrival_window = json_extract(${slot}, '$.window')`;
  return `((select count(*) from seats where ${isThere}) >= ${seatsOf(slot)}
    or exists (select 1 from window_locks where ${isThere}))`;
}

/** Gives back the seats of a booking that a given event just changed, but for those in the windows that it keeps. */
export function freeSeats(
  db: D1Database,
  change: Change,
  kept: readonly Slot[] = [],
): D1PreparedStatement {
  return db
    .prepare(
      `delete from seats where booking_id = ?1
       and exists (select 1 from bookings where id = ?1 and last_event_id = ?2)
       and visit_date || '/' || arrival_window not in (select value from json_each(?3))`,
    )
    .bind(
      change.subjectId,
      change.eventId,
      JSON.stringify(kept.map(({ date, window }) => `${date}/${window}`)),
    );
}

/** Whether a batch failed because a window had no seat left. */
export function isWindowFull(error: unknown): boolean {
  return error instanceof Error && error.message.includes(WINDOW_FULL);
}

/** How full the windows are between two days, both included. Seats of a booking about to be rescheduled can be left out. */
export async function readOccupancy(
  db: D1Database,
  rules: BookingRules,
  { exceptBookingId = '', ...span }: { from: string; to: string; exceptBookingId?: string },
): Promise<Occupancy> {
  const [seats, locks, changed] = await db.batch([
    db
      .prepare(
        `select visit_date || '/' || arrival_window as slot, count(*) as taken from seats
         where visit_date between ?1 and ?2 and booking_id <> ?3 group by visit_date, arrival_window`,
      )
      .bind(span.from, span.to, exceptBookingId),
    db
      .prepare(
        `select visit_date || '/' || arrival_window as slot from window_locks where visit_date between ?1 and ?2`,
      )
      .bind(span.from, span.to),
    selectChangedSeats(db, listSlots(rules, span)),
  ]);
  const taken = readRows(v.object({ slot: v.string(), taken: v.number() }), seats?.results ?? []);
  const locked = readRows(v.object({ slot: v.string() }), locks?.results ?? []);
  return {
    taken: new Map(taken.map((row) => [row.slot, row.taken])),
    locked: new Set(locked.map((row) => row.slot)),
    seats: toSeats(changed?.results ?? []),
  };
}

const SeatedJobSchema = v.pipe(
  v.object({
    seat_date: v.string(),
    seat_window: v.string(),
    id: v.string(),
    code: v.string(),
    state: v.picklist(bookingStates),
    version: v.number(),
    ...visitColumns,
    ward: v.string(),
    arrival_window: v.string(),
    plan_id: v.nullable(v.string()),
  }),
  v.transform((row) => ({
    date: row.seat_date,
    window: row.seat_window,
    id: row.id,
    code: row.code,
    state: row.state,
    version: row.version,
    visit: row.visit,
    services: readServices(row),
    ward: row.ward,
    startWindow: row.arrival_window,
    planId: row.plan_id,
  })),
);

/** A booking in one of the windows it occupies; no personal data. */
export type SeatedJob = v.InferOutput<typeof SeatedJobSchema>;

/** Bookings in the windows between two days, both included, by day and then as they were created. */
export async function listSeatedJobs(
  db: D1Database,
  span: { from: string; to: string },
): Promise<SeatedJob[]> {
  const { results } = await db
    .prepare(
      `select seats.visit_date as seat_date, seats.arrival_window as seat_window, bookings.id, code, state, version,
         visit, service, quantity, further_services, answers, ward, bookings.arrival_window, plan_id
       from seats join bookings on bookings.id = seats.booking_id
       where seats.visit_date between ?1 and ?2
       order by seats.visit_date, bookings.created_at`,
    )
    .bind(span.from, span.to)
    .all();
  return readRows(SeatedJobSchema, results);
}

/** A row of `BOOKED_SLOTS_SQL`. */
export const BookedSlotSchema = v.pipe(
  v.object({
    id: v.string(),
    code: v.string(),
    visit_date: v.string(),
    arrival_window: v.string(),
    created_at: instant,
    crew: v.nullable(v.string()),
  }),
  v.transform((row) => ({
    id: row.id,
    code: row.code,
    date: row.visit_date,
    window: row.arrival_window,
    bookedAt: row.created_at,
    crew: row.crew,
  })),
);

/** The windows that requested and confirmed bookings occupy from a day on, with the crew if it works then; the day is ?1. */
export const BOOKED_SLOTS_SQL = `select id, code, seats.visit_date, seats.arrival_window, created_at,
    iif(exists (select 1 from crews_off off where off.visit_date = bookings.visit_date and off.crew = bookings.crew), null, crew) as crew
  from seats join bookings on bookings.id = seats.booking_id
  where seats.visit_date >= ?1 and state in ('requested', 'confirmed')
  order by seats.visit_date, created_at`;

/** What is booked from a day on, and the seats that are other than the settings say: what `findStranded` needs. */
export async function readBookedSlots(
  db: D1Database,
  rules: BookingRules,
  from: string,
): Promise<{
  slots: v.InferOutput<typeof BookedSlotSchema>[];
  seats: ReadonlyMap<string, number>;
}> {
  const days = listSlots(rules, { from, to: addDays(from, rules.horizonDays) });
  const [booked, changed] = await db.batch([
    db.prepare(BOOKED_SLOTS_SQL).bind(from),
    selectChangedSeats(db, days),
  ]);
  return {
    slots: readRows(BookedSlotSchema, booked?.results ?? []),
    seats: toSeats(changed?.results ?? []),
  };
}

/** How many days before the last sweep a decline is still looked at. Seats are freed each minute; this covers a long failure. */
const FREE_AGAIN_DAYS = 7;

/** Frees the seats of bookings that were declined at or before an instant: the decline can no longer be undone. */
export function freeDeclinedSeats(db: D1Database, declinedBy: Date): D1PreparedStatement {
  return db
    .prepare(
      `delete from seats where booking_id in (
         select id from bookings where state = 'declined' and state_at <= ?1 and state_at > coalesce((
           select strftime('%Y-%m-%dT%H:%M:%fZ', ran_at, '-${FREE_AGAIN_DAYS} days') from task_runs where task = 'deliveries'
         ), '')
       )`,
    )
    .bind(declinedBy.toISOString());
}

/** Locks a window, so that no further booking takes a seat in it; false where it was locked before. */
export async function lockWindow(db: D1Database, slot: Slot, now: Date): Promise<boolean> {
  const { meta } = await db
    .prepare(
      'insert into window_locks (visit_date, arrival_window, locked_at) values (?1, ?2, ?3) on conflict do nothing',
    )
    .bind(slot.date, slot.window, now.toISOString())
    .run();
  return meta.changes === 1;
}

/** Opens a locked window again; false where it was not locked. Plans then try the day again. */
export async function unlockWindow(db: D1Database, slot: Slot): Promise<boolean> {
  const [opened] = await db.batch([
    db
      .prepare('delete from window_locks where visit_date = ?1 and arrival_window = ?2')
      .bind(slot.date, slot.window),
    ...retryOpenDates(db, slot.date),
  ]);
  return opened?.meta.changes === 1;
}
