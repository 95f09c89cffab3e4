import { existsSync } from 'node:fs';
import path from 'node:path';
import { bookingRules } from '../../shared/content/catalogue.ts';
import { findStranded } from '../../shared/jobs/stranded.ts';
import { formatDate, toVietnamDate } from '../../shared/time.ts';
import { readRows } from '../../worker/store/rows.ts';
import { queryDatabase } from '../database/query-database.ts';
import { BOOKED_SLOTS_SQL, BookedSlotSchema } from '../../worker/store/seats.ts';

/** Whether the project's local database was ever made: `npm start` makes it. */
export function hasLocalDatabase(root: string): boolean {
  return existsSync(path.join(root, '.wrangler', 'state', 'v3', 'd1'));
}

/** The bookings that content/booking.json has no room for, a line each; `flags` are wrangler's. */
export async function listStranded(flags: readonly string[], now: Date): Promise<string[]> {
  const sql = BOOKED_SLOTS_SQL.replace('?1', `'${toVietnamDate(now)}'`);
  const booked = readRows(BookedSlotSchema, await queryDatabase(sql, flags));
  return findStranded(bookingRules, booked).map(({ code, date, window, reason }) => {
    const why = reason === 'closed' ? 'ngày hoặc giờ này đã đóng' : 'nhiều đơn hơn số đội';
    return `${code} · ${formatDate(date)}, ${window} · ${why}: gọi khách đổi giờ`;
  });
}
