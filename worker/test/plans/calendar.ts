const DAY_MS = 86_400_000;

/** The rhythms by their days. */
const rhythmDays = { weekly: 7, 'two-weeks': 14, 'four-weeks': 28 } as const;

export type Rhythm = keyof typeof rhythmDays;
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

interface Days {
  rhythm: Rhythm;
  anchor: string;
}

/** Days since 5 January 1970, a Monday. */
function numberOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS - 4;
}

function dateOf(number: number): string {
  return new Date((number + 4) * DAY_MS).toISOString().slice(0, 10);
}

export function weekdayOfDate(date: string): Weekday {
  return weekdays[numberOf(date) % 7] ?? 'mon';
}

/** The first day of a rhythm at or after a day, found by going from its anchor day by day. */
export function firstDayFrom({ rhythm, anchor }: Days, from: string): string {
  let day = numberOf(anchor);
  while (dateOf(day) < from) day += rhythmDays[rhythm];
  return dateOf(day);
}

/** The day of a rhythm in the week of another day, Monday first; null where it has none. */
export function sameWeekDay(days: Days, date: string): string | null {
  const monday = numberOf(date) - (numberOf(date) % 7);
  const found = numberOf(firstDayFrom(days, dateOf(monday)));
  return found < monday + 7 ? dateOf(found) : null;
}

/** A weekday in the week of a day, or in the first week after it that is not too soon. */
export function weekdayFrom(
  weekday: Weekday,
  { next, earliest }: { next: string; earliest: string },
): string {
  let day = numberOf(next) - (numberOf(next) % 7) + weekdays.indexOf(weekday);
  while (dateOf(day) < earliest) day += 7;
  return dateOf(day);
}
