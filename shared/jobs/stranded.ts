import { seatsOn, windowsOn } from './availability.ts';
import type { BookingRules } from '../content/booking-rules.ts';

/** One window that a live booking occupies, with the instant from which it has its place. */
export interface BookedPlace {
  code: string;
  date: string;
  window: string;
  bookedAt: Date;
}

/** A booking that the settings no longer have room for: its window is off (`closed`), or there are fewer seats than bookings. */
export interface StrandedBooking {
  code: string;
  date: string;
  window: string;
  reason: 'closed' | 'seats';
}

/** The bookings that closing a day, taking a window out or lowering the seats has stranded: one line a code, by day and window. */
export function findStranded(
  rules: BookingRules,
  places: readonly BookedPlace[],
): StrandedBooking[] {
  const order = rules.windows.map(({ id }) => id);
  const rank = (place: BookedPlace) => `${place.date}/${String(order.indexOf(place.window) + 1)}`;
  const byWindow = Map.groupBy(
    places.toSorted((a, b) => rank(a).localeCompare(rank(b))),
    ({ date, window }) => `${date}/${window}`,
  );
  const found = [...byWindow.values()].flatMap((group) => strandedIn(rules, group));
  return found.filter(({ code }, index) => found.findIndex((line) => line.code === code) === index);
}

/** Who came first keeps the place; later ones are stranded where the seats no longer reach. */
function strandedIn(rules: BookingRules, group: readonly BookedPlace[]): StrandedBooking[] {
  const [first] = group;
  if (first === undefined) return [];
  const { date, window } = first;
  const offered = windowsOn(rules, date).some(({ id }) => id === window);
  const kept = offered ? seatsOn(rules, date) : 0;
  const reason = offered ? 'seats' : 'closed';
  return group
    .toSorted((a, b) => a.bookedAt.getTime() - b.bookedAt.getTime() || (a.code < b.code ? -1 : 1))
    .slice(kept)
    .map(({ code }) => ({ code, date, window, reason }));
}
