import { existsSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { bookingRules } from '../../shared/content/catalogue.ts';
import { findStranded } from '../../shared/jobs/stranded.ts';
import { listSlots } from '../../shared/jobs/availability.ts';
import { formatDate, toVietnamDate } from '../../shared/time.ts';
import { readRows } from '../../worker/store/rows.ts';
import { queryDatabase } from '../database/query-database.ts';
import { BOOKED_SLOTS_SQL, BookedSlotSchema } from '../../worker/store/seats.ts';
import { CHANGED_DAYS_SQL, CHANGED_SEATS_SQL, toSeats } from '../../worker/store/seat-numbers.ts';

const DayRowSchema = v.object({ visit_date: v.string() });

/** Whether the project's local database was ever made: `npm start` makes it. */
export function hasLocalDatabase(root: string): boolean {
  return existsSync(path.join(root, '.wrangler', 'state', 'v3', 'd1'));
}

/** The bookings that content/booking.json has no room for, a line each; `flags` are wrangler's. */
export async function listStranded(flags: readonly string[], now: Date): Promise<string[]> {
  const today = toVietnamDate(now);
  const ask = (sql: string, value: string) =>
    queryDatabase(
      sql.replaceAll('?1', () => `'${value}'`),
      flags,
    );
  const booked = readRows(BookedSlotSchema, await ask(BOOKED_SLOTS_SQL, today));
  const days = readRows(DayRowSchema, await queryDatabase(CHANGED_DAYS_SQL, flags));
  const slots = days
    .filter(({ visit_date: date }) => date >= today)
    .flatMap(({ visit_date: date }) => listSlots(bookingRules, { from: date, to: date }));
  const seats = toSeats(
    slots.length === 0 ? [] : await ask(CHANGED_SEATS_SQL, JSON.stringify(slots)),
  );
  return findStranded(bookingRules, booked, seats).map(({ code, date, window, reason }) => {
    const why = reason === 'closed' ? 'ngày hoặc giờ này đã đóng' : 'nhiều đơn hơn số đội';
    return `${code} · ${formatDate(date)}, ${window} · ${why}: gọi khách đổi giờ`;
  });
}
