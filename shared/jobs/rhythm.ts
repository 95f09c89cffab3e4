import { addDays, daysBetween, type Weekday, weekdayOf, weekdays } from '../time.ts';

/** How often the visits of a plan come. */
export const rhythms = ['weekly', 'two-weeks', 'four-weeks'] as const;

export type Rhythm = (typeof rhythms)[number];

/** What the form's field `repeat` can say. */
export type Repeat = 'once' | Rhythm;

export const repeatNames: Readonly<Record<Repeat, string>> = {
  once: 'Chỉ một lần',
  weekly: 'Mỗi tuần',
  'two-weeks': 'Hai tuần',
  'four-weeks': 'Bốn tuần',
};

const rhythmWeeks: Readonly<Record<Rhythm, number>> = {
  weekly: 1,
  'two-weeks': 2,
  'four-weeks': 4,
};

/** The days of a plan: the anchor, and from it on each day whole rhythms later. All are YYYY-MM-DD. */
export interface Grid {
  rhythm: Rhythm;
  anchorDate: string;
}

/** The first day of a grid at or after a day. */
export function firstOnGrid({ rhythm, anchorDate }: Grid, from: string): string {
  const step = rhythmWeeks[rhythm] * 7;
  const steps = Math.max(0, Math.ceil(daysBetween(anchorDate, from) / step));
  return addDays(anchorDate, steps * step);
}

/** The days of a grid between two days, both included. */
export function listGridDates(grid: Grid, span: { from: string; to: string }): string[] {
  const dates: string[] = [];
  for (
    let date = firstOnGrid(grid, span.from);
    date <= span.to;
    date = firstOnGrid(grid, addDays(date, 1))
  )
    dates.push(date);
  return dates;
}

/** The day of a grid in the calendar week, Monday to Sunday, of another day; null where that week has none. */
export function gridDateInWeek(grid: Grid, date: string): string | null {
  const monday = mondayOf(date);
  const found = firstOnGrid(grid, monday);
  return found <= addDays(monday, 6) ? found : null;
}

/**
 * The grid of another rhythm or weekday, from the next visit on: its anchor is that weekday in the week of the next visit, or in
 * the week after where that is too soon.
 */
export function changeGrid(
  change: { rhythm: Rhythm; weekday: Weekday },
  { next, earliest }: { next: string; earliest: string },
): Grid {
  const inWeek = addDays(mondayOf(next), weekdays.indexOf(change.weekday));
  const weeksLate = Math.max(0, Math.ceil(daysBetween(inWeek, earliest) / 7));
  return { rhythm: change.rhythm, anchorDate: addDays(inWeek, weeksLate * 7) };
}

function mondayOf(date: string): string {
  return addDays(date, -weekdays.indexOf(weekdayOf(date)));
}
