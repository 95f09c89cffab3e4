import { emptyOccupancy, seatsOn, type Slot, windowsOn } from './availability.ts';
import type { BookingRules } from '../content/booking-rules.ts';

/** A slot that a requested or confirmed booking occupies, since `bookedAt`. */
export interface BookedSlot extends Slot {
  id: string;
  code: string;
  bookedAt: Date;
  /** The crew that it was given to, if that crew works on the day. */
  crew?: string | null;
}

/** A booking that the settings no longer have room for: its window is off (`closed`), or there are fewer seats than bookings. */
export interface StrandedBooking extends Slot {
  id: string;
  code: string;
  reason: 'closed' | 'seats';
}

/**
 * The bookings that closing a day, taking a window out or lowering the seats has stranded: one line a code, by day and window.
 * `seats` has the slots whose number is other than that of the settings (`Occupancy`).
 */
export function findStranded(
  rules: BookingRules,
  slots: readonly BookedSlot[],
  seats: ReadonlyMap<string, number> = emptyOccupancy.seats,
): StrandedBooking[] {
  const order = rules.windows.map(({ id }) => id);
  const rank = (slot: BookedSlot) => `${slot.date}/${String(order.indexOf(slot.window) + 1)}`;
  const byWindow = Map.groupBy(
    slots.toSorted((a, b) => rank(a).localeCompare(rank(b))),
    ({ date, window }) => `${date}/${window}`,
  );
  const found = [...byWindow.values()].flatMap((group) => strandedIn(rules, group, seats));
  return found.filter(({ code }, index) => found.findIndex((line) => line.code === code) === index);
}

/** Bookings with a crew keep the slot, then the earliest, as many as there are seats; the others are stranded. */
function strandedIn(
  rules: BookingRules,
  group: readonly BookedSlot[],
  seats: ReadonlyMap<string, number>,
): StrandedBooking[] {
  const [first] = group;
  if (first === undefined) return [];
  const { date, window } = first;
  const offered = windowsOn(rules, date).some(({ id }) => id === window);
  const kept = offered ? (seats.get(`${date}/${window}`) ?? seatsOn(rules, date)) : 0;
  const crewless = ({ crew }: BookedSlot) => ((crew ?? null) === null ? 1 : 0);
  const reason = offered ? 'seats' : 'closed';
  return group
    .toSorted(
      (a, b) =>
        crewless(a) - crewless(b) ||
        a.bookedAt.getTime() - b.bookedAt.getTime() ||
        (a.code < b.code ? -1 : 1),
    )
    .slice(kept)
    .map(({ id, code }) => ({ id, code, date, window, reason }));
}
