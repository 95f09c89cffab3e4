import { listOpenDays } from '../../shared/jobs/availability.ts';
import type { BookingRules } from '../../shared/content/booking-rules.ts';
import { bookingRules } from '../../shared/content/catalogue.ts';
import type { Service } from '../../shared/content/services.ts';
import { addDays, daysBetween, toVietnamDate } from '../../shared/time.ts';
import { PAGE_DAYS } from './form-windows.ts';
import { readOccupancy } from '../store/seats.ts';

/** Other starts offered where a window is full. */
const ALTERNATIVES_MAX = 4;
/** Days read at once: most often the first of them have a place. */
const DAYS_AT_ONCE = 14;

/** A start that is offered instead of a full one. */
export interface Alternative {
  date: string;
  window: string;
}

interface Wanted {
  service: Service;
  date: string;
  rules?: BookingRules;
}

/**
 * Starts with a place for the service: on the wanted day and those after it, as far as the calendar goes, else before it.
 * All lie within the days that the page shows from the first of them on. None means that nothing is free at all.
 */
export async function findAlternatives(
  db: D1Database,
  wanted: Wanted,
  now: Date,
): Promise<Alternative[]> {
  const today = toVietnamDate(now);
  const last = addDays(today, (wanted.rules ?? bookingRules).horizonDays);
  const from = wanted.date < today ? today : wanted.date;
  const later = await search(db, wanted, { from, to: last, now });
  if (later.length > 0 || from === today) return later;
  return search(db, wanted, { from: today, to: addDays(from, -1), now });
}

async function search(
  db: D1Database,
  { service, rules = bookingRules }: Wanted,
  { from, to, now }: { from: string; to: string; now: Date },
): Promise<Alternative[]> {
  let found: Alternative[] = [];
  for (let day = from; day <= to && found.length === 0; day = addDays(day, DAYS_AT_ONCE)) {
    const days = Math.min(DAYS_AT_ONCE, daysBetween(day, to) + 1);
    const occupancy = await readOccupancy(db, { from: day, to: addDays(day, days - 1) });
    const open = listOpenDays({ rules, service, now }, { from: day, days }, occupancy);
    found = open.flatMap(({ date, windows }) =>
      windows.filter(({ seatsLeft }) => seatsLeft > 0).map(({ id }) => ({ date, window: id })),
    );
  }
  const [first] = found;
  return found
    .filter(({ date }) => first !== undefined && date < addDays(first.date, PAGE_DAYS))
    .slice(0, ALTERNATIVES_MAX);
}
