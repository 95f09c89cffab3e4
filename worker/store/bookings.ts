import * as v from 'valibot';
import { bookingStates } from '../../shared/states.ts';
import { insertGuarded, type RepeatKeys, type SealedSubmission } from './repeats.ts';
import type { SenderLimits } from './sender-limits.ts';
import { blob, instant, readRow, readRows } from './rows.ts';
import { readServices, visitColumns, writeServices } from './visit-services.ts';

/** A row of `bookings` as D1 gives it, turned into a Booking. */
export const BookingRowSchema = v.pipe(
  v.object({
    id: v.string(),
    code: v.string(),
    state: v.picklist(bookingStates),
    state_at: instant,
    version: v.number(),
    last_event_id: v.string(),
    ...visitColumns,
    ward: v.string(),
    visit_date: v.string(),
    arrival_window: v.string(),
    visit_starts_at: instant,
    visit_ends_at: instant,
    origin: v.picklist(['web', 'phone', 'plan']),
    crew: v.nullable(v.string()),
    call_again_at: v.nullable(instant),
    previous: v.nullable(v.string()),
    plan_id: v.nullable(v.string()),
    rhythm_date: v.nullable(v.string()),
    plan_terms: v.nullable(v.number()),
    hold_reason: v.nullable(v.string()),
    sealed: blob,
    key_ends_at: instant,
    erased_at: v.nullable(instant),
    created_at: instant,
  }),
  v.transform((row) => ({
    id: row.id,
    code: row.code,
    state: row.state,
    stateAt: row.state_at,
    version: row.version,
    lastEventId: row.last_event_id,
    visit: row.visit,
    services: readServices(row),
    ward: row.ward,
    visitDate: row.visit_date,
    window: row.arrival_window,
    visitStartsAt: row.visit_starts_at,
    visitEndsAt: row.visit_ends_at,
    origin: row.origin,
    /** The crew that staff gave the job to, which may be off on the day since; null where nobody has it. */
    crew: row.crew,
    /** When staff call again whom they could not reach; null where they have not tried, or something has changed since. */
    callAgainAt: row.call_again_at,
    /** Id of the record that this one asks for again, or null. */
    previous: row.previous,
    /** Id of the plan that the visit belongs to, or null. */
    planId: row.plan_id,
    /** The day of the plan's rhythm that it stands for; null without a plan, and where the plan took the visit back. */
    rhythmDate: row.rhythm_date,
    /** The plan's `terms` that it follows. */
    planTerms: row.plan_terms,
    holdReason: row.hold_reason,
    sealed: row.sealed,
    keyEndsAt: row.key_ends_at,
    erasedAt: row.erased_at,
    createdAt: row.created_at,
  })),
);

/** A booking as stored; its personal details are in `sealed`. */
export type Booking = v.InferOutput<typeof BookingRowSchema>;

/** A booking about to be stored. The database decides whether it is `held` instead of the state given. */
export type NewBooking = Pick<
  Booking,
  | 'id'
  | 'code'
  | 'lastEventId'
  | 'visit'
  | 'services'
  | 'ward'
  | 'visitDate'
  | 'window'
  | 'visitStartsAt'
  | 'visitEndsAt'
  | 'previous'
  | 'planId'
  | 'holdReason'
  | 'keyEndsAt'
  | 'createdAt'
> & {
  origin: 'web' | 'phone';
  state: 'requested' | 'confirmed';
  /** Keyed hash of the phone number's bucket, see `hashForSearch`. */
  phoneBucket: string;
} & { repeatKeys: RepeatKeys; limits: SenderLimits | null };

/** Inserts a booking under the guard of `insertGuarded`. */
export function insertBooking(
  db: D1Database,
  booking: NewBooking,
  submission: SealedSubmission,
): D1PreparedStatement {
  const now = booking.createdAt.toISOString();
  return insertGuarded(db, {
    table: 'bookings',
    state: booking.state,
    columns: {
      id: booking.id,
      code: booking.code,
      state_at: now,
      version: 1,
      last_event_id: booking.lastEventId,
      visit: booking.visit,
      ...writeServices(booking.services),
      ward: booking.ward,
      visit_date: booking.visitDate,
      arrival_window: booking.window,
      visit_starts_at: booking.visitStartsAt.toISOString(),
      visit_ends_at: booking.visitEndsAt.toISOString(),
      origin: booking.origin,
      phone_bucket: booking.phoneBucket,
      previous: booking.previous,
      ...(booking.planId !== null && {
        plan_id: booking.planId,
        rhythm_date: booking.visitDate,
        plan_terms: 1,
      }),
      key_ends_at: booking.keyEndsAt.toISOString(),
      created_at: now,
    },
    submission,
    holdReason: booking.holdReason,
    limits: booking.limits,
    keys: booking.repeatKeys,
  });
}

/** The statement that reads the booking of a code, to be batched with what else is read. */
export function selectBookingByCode(db: D1Database, code: string): D1PreparedStatement {
  return db.prepare('select * from bookings where code = ?').bind(code);
}

export async function findBookingByCode(db: D1Database, code: string): Promise<Booking | null> {
  return readRow(BookingRowSchema, await selectBookingByCode(db, code).first());
}

export async function findBooking(db: D1Database, id: string): Promise<Booking | null> {
  return readRow(
    BookingRowSchema,
    await db.prepare('select * from bookings where id = ?').bind(id).first(),
  );
}

/** Bookings in one of the states whose visit lies between two days (both included), by time. */
export async function listBookings(
  db: D1Database,
  span: { from: string; to: string; states: readonly Booking['state'][] },
): Promise<Booking[]> {
  const { results } = await db
    .prepare(
      `select * from bookings where visit_date between ?1 and ?2 and state in (select value from json_each(?3))
       order by visit_starts_at, created_at`,
    )
    .bind(span.from, span.to, JSON.stringify(span.states))
    .all();
  return readRows(BookingRowSchema, results);
}
