import { type Booking, BookingRowSchema } from './bookings.ts';
import { readRows } from './rows.ts';

/** Bookings with their details whose number is in one of the buckets given by their hashes, the newest visit first. */
export async function listByBucket(
  db: D1Database,
  hashes: readonly string[],
  limit: number,
): Promise<Booking[]> {
  const { results } = await db
    .prepare(
      `select * from bookings where phone_bucket in (select value from json_each(?1)) and erased_at is null
       order by visit_date desc limit ?2`,
    )
    .bind(JSON.stringify(hashes), limit)
    .all();
  return readRows(BookingRowSchema, results);
}

/** Bookings to which a price was told and whose visit lies between two days, the newest first. */
export async function listPriced(
  db: D1Database,
  span: { from: string; to: string; limit: number },
): Promise<Booking[]> {
  const { results } = await db
    .prepare(
      `select * from bookings where visit_date between ?1 and ?2 and exists (select 1 from prices where subject_id = bookings.id)
       order by visit_date desc limit ?3`,
    )
    .bind(span.from, span.to, span.limit)
    .all();
  return readRows(BookingRowSchema, results);
}

/** Bookings with their details whose visit is nearest to a day, not later than so many days away. */
export async function listNear(
  db: D1Database,
  span: { from: string; to: string; day: string; limit: number },
): Promise<Booking[]> {
  const { results } = await db
    .prepare(
      `select * from bookings where visit_date between ?1 and ?2 and erased_at is null
       order by abs(julianday(visit_date) - julianday(?3)), created_at desc limit ?4`,
    )
    .bind(span.from, span.to, span.day, span.limit)
    .all();
  return readRows(BookingRowSchema, results);
}
