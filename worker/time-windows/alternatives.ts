import type { BookingRules } from '../../shared/content/booking-rules.ts';
import { findService } from '../../shared/content/catalogue.ts';
import type { StartQuestion } from '../../shared/jobs/availability.ts';
import { addDays, daysBetween, toVietnamDate } from '../../shared/time.ts';
import { PAGE_DAYS, readOpenDays } from './window-page.ts';

/** Other starts offered where a window is full. */
const ALTERNATIVES_MAX = 4;
/** Days read at once: most often the first of them have a place. */
const DAYS_AT_ONCE = 14;

/** A start that is offered instead of a full one. */
export interface Alternative {
  date: string;
  window: string;
}

/** By which rules and when a start is looked for. */
interface Search {
  rules: BookingRules;
  now: Date;
}

/**
 * Starts with a seat for a service: on the wanted day and those after it, as far as the calendar goes, else before it.
 * All lie within the days that the page shows from the first of them on. None means that nothing is free at all.
 */
export async function findAlternatives(
  db: D1Database,
  { service: id, date }: { service: string; date: string },
  search: Search,
): Promise<Alternative[]> {
  const service = findService(id);
  if (service === undefined) return [];
  const today = toVietnamDate(search.now);
  const last = addDays(today, search.rules.horizonDays);
  const from = date < today ? today : date;
  const question = { ...search, service };
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
    .filter(({ date }) => first !== undefined && date < addDays(first.date, PAGE_DAYS))
    .slice(0, ALTERNATIVES_MAX);
}
