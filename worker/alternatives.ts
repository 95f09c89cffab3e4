import { listOpenDays } from '../shared/availability.ts';
import type { BookingRules } from '../shared/booking-rules.ts';
import { bookingRules } from '../shared/catalogue.ts';
import type { Service } from '../shared/services.ts';
import { addDays, toVietnamDate } from '../shared/time.ts';
import { readOccupancy } from './store/seats.ts';

/** Other starts offered where a window is full. */
const ALTERNATIVES_MAX = 4;
/** Days after the wanted one in which alternatives are looked for. */
const LOOK_AHEAD_DAYS = 13;

/** Starts with a place for the service, on the wanted day first, then on the days after it. */
export async function findAlternatives(
  db: D1Database,
  wanted: { service: Service; date: string; rules?: BookingRules },
  now: Date,
): Promise<{ date: string; window: string }[]> {
  const { service, date, rules = bookingRules } = wanted;
  const from = date < toVietnamDate(now) ? toVietnamDate(now) : date;
  const occupancy = await readOccupancy(db, { from, to: addDays(from, LOOK_AHEAD_DAYS) });
  return listOpenDays({ rules, service, now }, { from, days: LOOK_AHEAD_DAYS + 1 }, occupancy)
    .flatMap((day) =>
      day.windows
        .filter(({ seatsLeft }) => seatsLeft > 0)
        .map((window) => ({ date: day.date, window: window.id })),
    )
    .slice(0, ALTERNATIVES_MAX);
}
