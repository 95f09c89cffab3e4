import type { BookingRules } from '../content/booking-rules.ts';
import { addDays, fromVietnam, type HolidayDates, toVietnamDate, weekdayOf } from '../time.ts';

/** Minutes between two instants in which staff answer requests: not on public holidays nor on the company's own closed days. */
export function countWorkingMinutes(
  { workingHours, closed }: Pick<BookingRules, 'workingHours' | 'closed'>,
  holidays: HolidayDates,
  span: { from: Date; to: Date },
): number {
  let minutes = 0;
  for (let day = toVietnamDate(span.from); day <= toVietnamDate(span.to); day = addDays(day, 1)) {
    const isClosed = closed.some((days) => days.from <= day && day <= days.to);
    if (isClosed || holidays.has(day) || !workingHours.days.includes(weekdayOf(day))) continue;
    const start = Math.max(span.from.getTime(), fromVietnam(day, workingHours.from).getTime());
    const end = Math.min(span.to.getTime(), fromVietnam(day, workingHours.to).getTime());
    if (end > start) minutes += (end - start) / 60_000;
  }
  return minutes;
}
