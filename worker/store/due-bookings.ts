import type { BookingState } from '../../shared/states.ts';
import { toVietnamDate } from '../../shared/time.ts';
import { type Booking, BookingRowSchema } from './bookings.ts';
import { readRows } from './rows.ts';

/** Requests whose day lies before the one given, oldest day first. */
export function listLapsing(db: D1Database, today: string, limit: number): Promise<Booking[]> {
  return list(
    db
      .prepare(
        `select * from bookings where state = 'requested' and visit_date < ?1 and erased_at is null
         order by visit_date limit ?2`,
      )
      .bind(today, limit),
  );
}

/** Confirmed bookings whose visit ended at or before an instant, oldest first. */
export function listEnded(db: D1Database, endedBy: Date, limit: number): Promise<Booking[]> {
  return list(
    db
      .prepare(
        `select * from bookings where state = 'confirmed' and visit_date <= ?3 and visit_ends_at <= ?1 and erased_at is null
         order by visit_ends_at limit ?2`,
      )
      .bind(endedBy.toISOString(), limit, toVietnamDate(endedBy)),
  );
}

/** Held bookings that were put aside at or before an instant, oldest first. */
export function listLongHeld(db: D1Database, heldBy: Date, limit: number): Promise<Booking[]> {
  return list(
    db
      .prepare(
        `select * from bookings where state = 'held' and state_at <= ?1 and erased_at is null
         order by state_at limit ?2`,
      )
      .bind(heldBy.toISOString(), limit),
  );
}

/** All bookings of a state, the one that has been in it longest first. */
export function listInState(
  db: D1Database,
  state: Extract<BookingState, 'held' | 'requested'>,
): Promise<Booking[]> {
  return list(
    db
      .prepare('select * from bookings where state = ? and erased_at is null order by state_at')
      .bind(state),
  );
}

/** Requests in their state since an instant or longer that no staff touched since and no second address was told of. */
export function listUntouched(db: D1Database, since: Date): Promise<Booking[]> {
  return list(
    db
      .prepare(
        `select * from bookings where state = 'requested' and state_at <= ?1 and erased_at is null
           and not exists (
             select 1 from events where subject_id = bookings.id and at > bookings.state_at
               and actor in ('staff', 'company')
           )
           and not exists (select 1 from deliveries where dedupe_key = 'second-address:' || bookings.id)
         order by state_at`,
      )
      .bind(since.toISOString()),
  );
}

async function list(statement: D1PreparedStatement): Promise<Booking[]> {
  const { results } = await statement.all();
  return readRows(BookingRowSchema, results);
}
