import * as v from 'valibot';
import { bookingStates, liveStates } from '../../shared/states.ts';
import { later } from '../../shared/time.ts';
import type { KeyedHash } from '../signing/tokens.ts';
import { blob, instant, readRow, readRows } from './rows.ts';

/** Minutes in which the same content counts as the same request, whatever the intent. */
const REPEAT_MINUTES = 10;
/** Live requests of one phone in a day from which on a further one is held. */
const PHONE_DAILY_LIMIT = 10;

/** A row of `bookings` as D1 gives it, turned into a Booking. */
export const BookingRowSchema = v.pipe(
  v.object({
    id: v.string(),
    code: v.string(),
    state: v.picklist(bookingStates),
    state_at: instant,
    version: v.number(),
    last_event_id: v.string(),
    service: v.string(),
    quantity: v.nullable(v.number()),
    ward: v.string(),
    visit_date: v.string(),
    arrival_window: v.string(),
    visit_starts_at: instant,
    visit_ends_at: instant,
    origin: v.picklist(['web', 'phone']),
    hold_reason: v.nullable(v.string()),
    sealed: blob,
    key_ends_at: instant,
    erased_at: v.nullable(instant),
    intent: v.nullable(v.string()),
    content_hash: v.nullable(v.string()),
    phone_hash: v.nullable(v.string()),
    created_at: instant,
  }),
  v.transform((row) => ({
    id: row.id,
    code: row.code,
    state: row.state,
    stateAt: row.state_at,
    version: row.version,
    lastEventId: row.last_event_id,
    service: row.service,
    quantity: row.quantity,
    ward: row.ward,
    visitDate: row.visit_date,
    window: row.arrival_window,
    visitStartsAt: row.visit_starts_at,
    visitEndsAt: row.visit_ends_at,
    origin: row.origin,
    holdReason: row.hold_reason,
    sealed: row.sealed,
    keyEndsAt: row.key_ends_at,
    erasedAt: row.erased_at,
    intent: row.intent,
    contentHash: row.content_hash,
    phoneHash: row.phone_hash,
    createdAt: row.created_at,
  })),
);

/** A booking as stored; its personal details are in `sealed`. */
export type Booking = v.InferOutput<typeof BookingRowSchema>;

/** A booking about to be stored: what the database decides (held or requested, version) is not in it. */
export type NewBooking = Pick<
  Booking,
  | 'id'
  | 'code'
  | 'lastEventId'
  | 'service'
  | 'quantity'
  | 'ward'
  | 'visitDate'
  | 'window'
  | 'visitStartsAt'
  | 'visitEndsAt'
  | 'origin'
  | 'holdReason'
  | 'sealed'
  | 'keyEndsAt'
  | 'intent'
  | 'createdAt'
> & { contentHash: KeyedHash; phoneHash: KeyedHash };

/**
 * The states whose bookings a repeat is compared with, as an SQL list. The guards write `+state`, which keeps SQLite from
 * walking all live bookings by the index of states where a hash finds the few in question.
 */
const LIVE = liveStates.map((state) => `'${state}'`).join(', ');

/**
 * The insert under its guard: no row where the same content came within ten minutes or the intent was used by a live booking;
 * held instead of requested where a reason is given or the phone has too many live requests today.
 */
export function insertBooking(db: D1Database, booking: NewBooking): D1PreparedStatement {
  const now = booking.createdAt;
  return db
    .prepare(
      `insert into bookings (id, code, state, state_at, version, last_event_id, service, quantity, ward, visit_date,
         arrival_window, visit_starts_at, visit_ends_at, origin, hold_reason, sealed, key_ends_at, intent,
         content_hash, phone_hash, created_at)
       select ?1, ?2, case when reason is null then 'requested' else 'held' end, ?3, 1, ?4, ?5, ?6, ?7, ?8,
         ?9, ?10, ?11, ?12, reason, ?14, ?15, ?16, ?17, ?18, ?3
       from (select coalesce(?13, case when ?12 = 'web' and (
           select count(*) from bookings where phone_hash in (select value from json_each(?22)) and created_at > ?19 and +state in (${LIVE})
         ) >= ${PHONE_DAILY_LIMIT} then 'phone' end) as reason)
       where not exists (
         select 1 from bookings where content_hash in (select value from json_each(?21)) and created_at > ?20 and +state in (${LIVE})
       ) and not exists (select 1 from bookings where intent = ?16 and +state in (${LIVE}))`,
    )
    .bind(
      booking.id,
      booking.code,
      now.toISOString(),
      booking.lastEventId,
      booking.service,
      booking.quantity,
      booking.ward,
      booking.visitDate,
      booking.window,
      booking.visitStartsAt.toISOString(),
      booking.visitEndsAt.toISOString(),
      booking.origin,
      booking.holdReason,
      booking.sealed,
      booking.keyEndsAt.toISOString(),
      booking.intent,
      booking.contentHash.newest,
      booking.phoneHash.newest,
      later(now, { days: -1 }).toISOString(),
      later(now, { minutes: -REPEAT_MINUTES }).toISOString(),
      JSON.stringify(booking.contentHash.live),
      JSON.stringify(booking.phoneHash.live),
    );
}

/** The live booking that a refused insert repeats: the same content by intent or within ten minutes, else the one that used the intent. */
export async function findRepeated(
  db: D1Database,
  booking: Pick<NewBooking, 'intent' | 'contentHash' | 'createdAt'>,
): Promise<{ same: boolean; booking: Booking } | null> {
  const since = later(booking.createdAt, { minutes: -REPEAT_MINUTES }).toISOString();
  const row = await db
    .prepare(
      `select * from bookings
       where +state in (${LIVE}) and (intent = ?1 or (content_hash in (select value from json_each(?2)) and created_at > ?3))
       order by content_hash in (select value from json_each(?2)) desc limit 1`,
    )
    .bind(booking.intent, JSON.stringify(booking.contentHash.live), since)
    .first();
  const found = readRow(BookingRowSchema, row);
  return found === null
    ? null
    : { same: booking.contentHash.live.includes(found.contentHash ?? ''), booking: found };
}

/** The booking of a code, or null. */
export async function findBookingByCode(db: D1Database, code: string): Promise<Booking | null> {
  return readRow(
    BookingRowSchema,
    await db.prepare('select * from bookings where code = ?').bind(code).first(),
  );
}

/** The booking of an id, or null. */
export async function findBooking(db: D1Database, id: string): Promise<Booking | null> {
  return readRow(
    BookingRowSchema,
    await db.prepare('select * from bookings where id = ?').bind(id).first(),
  );
}

/** Bookings whose visit lies within the days given (both included) and which are in one of the states, by time. */
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
