import { existsSync } from 'node:fs';
import path from 'node:path';
import { toVietnamDate, formatDate } from '../../shared/time.ts';
import { bookingRules } from '../../shared/content/catalogue.ts';
import { findStranded } from '../../shared/jobs/stranded.ts';
import { readRows } from '../../worker/store/rows.ts';
import { queryDatabase } from '../database/query-database.ts';
import { BOOKED_SLOTS_SQL, BookedSlotSchema } from '../../worker/store/seats.ts';

/** Whether there is a database to ask: the deployed one where a flag names it, else the local one once it was started. */
export function hasBookings(root: string, flags: readonly string[]): boolean {
  return flags.length > 0 || existsSync(path.join(root, '.wrangler', 'state', 'v3', 'd1'));
}

/** The bookings that content/booking.json has no room for, a line each. */
export async function listStranded(flags: readonly string[], now: Date): Promise<string[]> {
  const sql = BOOKED_SLOTS_SQL.replace('?1', `'${toVietnamDate(now)}'`);
  const slots = readRows(BookedSlotSchema, await queryDatabase(sql, flags));
  return findStranded(bookingRules, slots).map(({ code, date, window, reason }) => {
    const why = reason === 'closed' ? 'ngày hoặc giờ này đã đóng' : 'nhiều đơn hơn số đội';
    return `${code} · ${formatDate(date)}, ${window} · ${why}: gọi khách đổi giờ`;
  });
}
