import type { BookingRules } from '../content/booking-rules.ts';
import { addDays, workingMinutesBetween, type HolidayDates } from '../time.ts';

/** Minutes of the company's working hours between two instants; public holidays and closed days of content/booking.json do not count. */
export function workingMinutesWaited(
  rules: Pick<BookingRules, 'workingHours' | 'closed'>,
  holidays: HolidayDates,
  span: { from: Date; to: Date },
): number {
  const off = new Set([...holidays, ...rules.closed.flatMap(listDays)]);
  return workingMinutesBetween(span.from, span.to, { hours: rules.workingHours, holidays: off });
}

function listDays({ from, to }: { from: string; to: string }): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}
