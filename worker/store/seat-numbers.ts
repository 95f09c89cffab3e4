import * as v from 'valibot';
import type { JobSlot } from '../../shared/jobs/availability.ts';
import { readRows } from './rows.ts';

/**
 * SQL of the seats of a slot, as the JSON text of a JobSlot: the number that staff set for the window, else for the day, else
 * the crews that work, at most the capacity; where there are no crews, the capacity.
 */
export function seatsOf(slot: string): string {
  const day = `visit_date = json_extract(${slot}, '$.date')`;
  const capacity = `json_extract(${slot}, '$.capacity')`;
  return `coalesce(
    (select seats from seat_limits where ${day} and arrival_window in ('', json_extract(${slot}, '$.window'))
     order by arrival_window desc limit 1),
    iif(json_extract(${slot}, '$.crews') is null, ${capacity}, min(${capacity}, (
      select count(*) from json_each(${slot}, '$.crews') where value not in (select crew from crews_off where ${day})))))`;
}

/** The seats of slots on days on which a crew is off or staff set a number. */
export function selectChangedSeats(db: D1Database, slots: readonly JobSlot[]): D1PreparedStatement {
  return db.prepare(CHANGED_SEATS_SQL).bind(JSON.stringify(slots));
}

/** The days on which a crew is off or staff set a number of seats. */
export const CHANGED_DAYS_SQL =
  'select visit_date from crews_off union select visit_date from seat_limits';

/** The seats of slots, a JSON list as ?1, of these days; `toSeats` takes its rows. */
export const CHANGED_SEATS_SQL = `select slot.value ->> 'date' || '/' || (slot.value ->> 'window') as slot, ${seatsOf('slot.value')} as seats
  from json_each(?1) slot
  where slot.value ->> 'date' in (${CHANGED_DAYS_SQL})`;

export function toSeats(rows: readonly unknown[]): Map<string, number> {
  const read = readRows(v.object({ slot: v.string(), seats: v.number() }), rows);
  return new Map(read.map((row) => [row.slot, row.seats]));
}
