import * as v from 'valibot';
import type { JobSlot, Occupancy } from '../../shared/jobs/availability.ts';
import type { Change } from './events.ts';
import { readRows, instant } from './rows.ts';
import { bookingStates } from '../../shared/states.ts';

/** The text of the constraint that refuses a seat too many. */
const WINDOW_FULL = 'window_full';

/**
 * Takes one seat in a window for a booking that a given event just wrote in state `requested` or `confirmed`:
 * the lowest free number, or the constraint `window_full` rolls the whole batch back. A locked window has no seat, nor has
 * one whose capacity was lowered to or below what is taken, whatever the numbers.
 */
export function takeSeat(db: D1Database, change: Change, slot: JobSlot): D1PreparedStatement {
  return db
    .prepare(
      `insert into seats (visit_date, arrival_window, n, booking_id)
       select ?1, ?2, coalesce((
         with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ?3)
         select min(n) from numbers where n <= ?3
           and n not in (select n from seats where visit_date = ?1 and arrival_window = ?2)
           and (select count(*) from seats where visit_date = ?1 and arrival_window = ?2) < ?3
           and not exists (select 1 from window_locks where visit_date = ?1 and arrival_window = ?2)
       ), 0), id
       from bookings where id = ?4 and last_event_id = ?5 and state in ('requested', 'confirmed')`,
    )
    .bind(slot.date, slot.window, slot.capacity, change.subjectId, change.eventId);
}

/** Gives back the seats of a booking that a given event just changed. */
export function freeSeats(db: D1Database, change: Change): D1PreparedStatement {
  return db
    .prepare(
      `delete from seats where booking_id = ?1
       and exists (select 1 from bookings where id = ?1 and last_event_id = ?2)`,
    )
    .bind(change.subjectId, change.eventId);
}

/** Whether a batch failed because a window had no seat left. */
export function isWindowFull(error: unknown): boolean {
  return error instanceof Error && error.message.includes(WINDOW_FULL);
}

/** How full the windows are between two days, both included; the seats of one booking may be left out, since moving it frees them. */
export async function readOccupancy(
  db: D1Database,
  span: { from: string; to: string },
  exceptBookingId = '',
): Promise<Occupancy> {
  const [seats, locks] = await db.batch([
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
  ]);
  const taken = readRows(v.object({ slot: v.string(), taken: v.number() }), seats?.results ?? []);
  const locked = readRows(v.object({ slot: v.string() }), locks?.results ?? []);
  return {
    taken: new Map(taken.map((row) => [row.slot, row.taken])),
    locked: new Set(locked.map((row) => row.slot)),
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
    service: v.string(),
    quantity: v.nullable(v.number()),
    ward: v.string(),
    arrival_window: v.string(),
  }),
  v.transform((row) => ({
    date: row.seat_date,
    window: row.seat_window,
    id: row.id,
    code: row.code,
    state: row.state,
    version: row.version,
    service: row.service,
    quantity: row.quantity,
    ward: row.ward,
    startWindow: row.arrival_window,
  })),
);

/** A booking in one of the windows it occupies; nothing of the person. */
export type SeatedJob = v.InferOutput<typeof SeatedJobSchema>;

/** Who sits in the windows between two days, both included, in the order the seats were taken. */
export async function listSeatedJobs(
  db: D1Database,
  span: { from: string; to: string },
): Promise<SeatedJob[]> {
  const { results } = await db
    .prepare(
      `select seats.visit_date as seat_date, seats.arrival_window as seat_window, bookings.id, code, state, version,
         service, quantity, ward, bookings.arrival_window
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
    code: v.string(),
    visit_date: v.string(),
    arrival_window: v.string(),
    created_at: instant,
  }),
  v.transform((row) => ({
    code: row.code,
    date: row.visit_date,
    window: row.arrival_window,
    bookedAt: row.created_at,
  })),
);

/** The windows that live bookings occupy from a day on, the day as its one parameter. */
export const BOOKED_SLOTS_SQL = `select code, seats.visit_date, seats.arrival_window, created_at
  from seats join bookings on bookings.id = seats.booking_id
  where seats.visit_date >= ?1 and state in ('requested', 'confirmed')
  order by seats.visit_date, created_at`;

/** The windows that live bookings occupy from a day on. */
export async function listBookedSlots(
  db: D1Database,
  from: string,
): Promise<v.InferOutput<typeof BookedSlotSchema>[]> {
  const { results } = await db.prepare(BOOKED_SLOTS_SQL).bind(from).all();
  return readRows(BookedSlotSchema, results);
}
