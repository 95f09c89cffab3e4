import process from 'node:process';
import { bookingRules } from '../shared/catalogue.ts';
import { findStranded } from '../shared/stranded.ts';
import { formatDate, toVietnamDate } from '../shared/time.ts';
import { BOOKED_PLACES_SQL, BookedPlaceSchema } from '../worker/store/booked-places.ts';
import { readRows } from '../worker/store/rows.ts';
import { queryDatabase } from './query-database.ts';

/** Lists the bookings that content/booking.json has no room for; exit code 1 where there are any. */
async function main(flags: readonly string[]): Promise<void> {
  const sql = BOOKED_PLACES_SQL.replace('?1', `'${toVietnamDate(new Date())}'`);
  const places = readRows(BookedPlaceSchema, await queryDatabase(sql, flags));
  const stranded = findStranded(bookingRules, places);
  for (const { code, date, window, reason } of stranded) {
    const why = reason === 'closed' ? 'ngày hoặc giờ này đã đóng' : 'nhiều đơn hơn số đội';
    console.log(`${code} · ${formatDate(date)}, ${window} · ${why}: gọi khách đổi giờ`);
  }
  if (stranded.length === 0) console.log('Không đơn nào mất chỗ.');
  else process.exitCode = 1;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
