import type { BookingRules } from '../../shared/content/booking-rules.ts';
import type { StartQuestion } from '../../shared/jobs/availability.ts';
import { measureVisit, type Visit } from '../../shared/jobs/visit.ts';
import { addDays, daysBetween, toVietnamDate } from '../../shared/time.ts';
import { readOpenDays } from './window-page.ts';

/** Most starts offered where a window is full. */
const ALTERNATIVES_MAX = 4;
/** Days read in one query. The first days usually have a free seat, so one query is usually enough. */
const DAYS_AT_ONCE = 14;

/** Days from the first start offered within which the others lie. */
const SPAN_DAYS = 7;

/** A start that is offered instead of a full one. */
export interface Alternative {
  date: string;
  window: string;
}

interface Search {
  rules: BookingRules;
  now: Date;
}

/**
 * Starts with a free seat: on the wanted day or later, or earlier where no later one is left. All are within seven days
 * from the first one, so that one page shows them. Empty means that nothing is free in the whole calendar.
 */
export async function findAlternatives(
  db: D1Database,
  { date, ...visit }: Visit & { date: string },
  search: Search,
): Promise<Alternative[]> {
  const length = measureVisit(visit);
  if (length === undefined) return [];
  const today = toVietnamDate(search.now);
  const last = addDays(today, search.rules.horizonDays);
  const from = date < today ? today : date;
  const question = { ...search, visit: length };
  const later = await findFrom(db, question, { from, to: last });
  if (later.length > 0 || from === today) return later;
  return findFrom(db, question, { from: today, to: addDays(from, -1) });
}

async function findFrom(
  db: D1Database,
  question: StartQuestion,
  { from, to }: { from: string; to: string },
): Promise<Alternative[]> {
  let found: Alternative[] = [];
  for (let day = from; day <= to && found.length === 0; day = addDays(day, DAYS_AT_ONCE)) {
    const days = Math.min(DAYS_AT_ONCE, daysBetween(day, to) + 1);
    const open = await readOpenDays(db, question, { from: day, days });
    found = open.flatMap(({ date, windows }) =>
      windows.filter(({ seatsLeft }) => seatsLeft > 0).map(({ id }) => ({ date, window: id })),
    );
  }
  const [first] = found;
  return found
    .filter(({ date }) => first !== undefined && date < addDays(first.date, SPAN_DAYS))
    .slice(0, ALTERNATIVES_MAX);
}
