import * as v from 'valibot';
import { bookingStates } from '../../shared/states.ts';
import { readRows } from './rows.ts';

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

/** Who sits in the windows between two days, both included, in the order the places were taken. */
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
