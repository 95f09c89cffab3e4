import { seatsOn, type Slot, windowsOn } from './availability.ts';
import type { BookingRules } from '../content/booking-rules.ts';

/** A slot that a requested or confirmed booking occupies, since `bookedAt`. */
export interface BookedSlot extends Slot {
  id: string;
  code: string;
  bookedAt: Date;
}

/** A booking that the settings no longer have room for: its window is off (`closed`), or there are fewer seats than bookings. */
export interface StrandedBooking extends Slot {
  id: string;
  code: string;
  reason: 'closed' | 'seats';
}

/** The bookings that closing a day, taking a window out or lowering the seats has stranded: one line a code, by day and window. */
export function findStranded(rules: BookingRules, slots: readonly BookedSlot[]): StrandedBooking[] {
  const order = rules.windows.map(({ id }) => id);
  const rank = (slot: BookedSlot) => `${slot.date}/${String(order.indexOf(slot.window) + 1)}`;
  const byWindow = Map.groupBy(
    slots.toSorted((a, b) => rank(a).localeCompare(rank(b))),
    ({ date, window }) => `${date}/${window}`,
  );
  const found = [...byWindow.values()].flatMap((group) => strandedIn(rules, group));
  return found.filter(({ code }, index) => found.findIndex((line) => line.code === code) === index);
}

/** The earliest bookings keep the slot, as many as there are seats; the later ones are stranded. */
function strandedIn(rules: BookingRules, group: readonly BookedSlot[]): StrandedBooking[] {
  const [first] = group;
  if (first === undefined) return [];
  const { date, window } = first;
  const offered = windowsOn(rules, date).some(({ id }) => id === window);
  const kept = offered ? seatsOn(rules, date) : 0;
  const reason = offered ? 'seats' : 'closed';
  return group
    .toSorted((a, b) => a.bookedAt.getTime() - b.bookedAt.getTime() || (a.code < b.code ? -1 : 1))
    .slice(kept)
    .map(({ id, code }) => ({ id, code, date, window, reason }));
}
