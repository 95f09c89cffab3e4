import * as v from 'valibot';
import { instant, readRows } from './rows.ts';

/** A row of `BOOKED_PLACES_SQL`, turned into a place. */
export const BookedPlaceSchema = v.pipe(
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
export const BOOKED_PLACES_SQL = `select code, seats.visit_date, seats.arrival_window, created_at
  from seats join bookings on bookings.id = seats.booking_id
  where seats.visit_date >= ?1 and state in ('requested', 'confirmed')
  order by seats.visit_date, created_at`;

/** The windows that live bookings occupy from a day on. */
export async function listBookedPlaces(
  db: D1Database,
  from: string,
): Promise<v.InferOutput<typeof BookedPlaceSchema>[]> {
  const { results } = await db.prepare(BOOKED_PLACES_SQL).bind(from).all();
  return readRows(BookedPlaceSchema, results);
}
