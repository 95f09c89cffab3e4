import type { BookingRules } from '../content/booking-rules.ts';
import {
  addDays,
  formatSpan,
  fromVietnam,
  type HolidayDates,
  toVietnamDate,
  type Weekday,
  weekdayOf,
  weekdays,
  weekdayWithin,
} from '../time.ts';

const MINUTE_MS = 60_000;
/** Minutes to which the hour of a call that was promised is rounded up. */
const PROMISE_STEP_MINUTES = 5;
/** Days in which a working hour has to come; else there are none in the settings. */
const SEARCHED_DAYS = 60;

type WorkingTime = Pick<BookingRules, 'workingHours' | 'closed'>;

/**
 * The instant before which staff call back whoever sends a request: so many working minutes later. Null where the settings
 * have no working time. Form, record, reminder and launch list all read this one.
 */
export function callbackDeadline(
  rules: WorkingTime & Pick<BookingRules, 'callback'>,
  holidays: HolidayDates,
  sentAt: Date,
): Date | null {
  let left = rules.callback.minutes * MINUTE_MS;
  const first = toVietnamDate(sentAt);
  for (let day = first; day <= addDays(first, SEARCHED_DAYS); day = addDays(day, 1)) {
    const hours = workingHoursOn(rules, holidays, day);
    if (hours === null) continue;
    const start = Math.max(sentAt.getTime(), hours.from.getTime());
    const here = Math.max(0, hours.to.getTime() - start);
    if (here >= left) return roundUp(start + left);
    left -= here;
  }
  return null;
}

function roundUp(ms: number): Date {
  const step = PROMISE_STEP_MINUTES * MINUTE_MS;
  return new Date(Math.ceil(ms / step) * step);
}

/** When staff answer on a day: null on public holidays, on the company's own closed days and on days without hours. */
function workingHoursOn(
  { workingHours, closed }: WorkingTime,
  holidays: HolidayDates,
  day: string,
): { from: Date; to: Date } | null {
  const isClosed = closed.some((days) => days.from <= day && day <= days.to);
  if (isClosed || holidays.has(day) || !workingHours.days.includes(weekdayOf(day))) return null;
  return { from: fromVietnam(day, workingHours.from), to: fromVietnam(day, workingHours.to) };
}

/** Minutes between two instants in which staff answer requests: not on public holidays nor on the company's own closed days. */
export function countWorkingMinutes(
  rules: WorkingTime,
  holidays: HolidayDates,
  span: { from: Date; to: Date },
): number {
  let minutes = 0;
  for (let day = toVietnamDate(span.from); day <= toVietnamDate(span.to); day = addDays(day, 1)) {
    const hours = workingHoursOn(rules, holidays, day);
    if (hours === null) continue;
    const start = Math.max(span.from.getTime(), hours.from.getTime());
    const end = Math.min(span.to.getTime(), hours.to.getTime());
    if (end > start) minutes += (end - start) / MINUTE_MS;
  }
  return minutes;
}

/** "7:30–17:30, thứ Hai đến thứ Bảy". */
export function describeWorkingHours(hours: BookingRules['workingHours']): string {
  const span = formatSpan(hours);
  const open = weekdays.filter((day) => hours.days.includes(day));
  if (open.length === weekdays.length) return `${span} mỗi ngày`;
  return [span, ...listRuns(open)].join(', ');
}

/** Days in a row as "thứ Hai đến thứ Tư" from the third on, others by themselves. */
function listRuns(open: readonly Weekday[]): string[] {
  const runs: Weekday[][] = [];
  for (const day of open) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const follows = last !== undefined && weekdays.indexOf(day) === weekdays.indexOf(last) + 1;
    if (run !== undefined && follows) run.push(day);
    else runs.push([day]);
  }
  return runs.flatMap((run) => {
    const names = run.map(weekdayWithin);
    return names.length < 3 ? names : [`${names.at(0) ?? ''} đến ${names.at(-1) ?? ''}`];
  });
}
