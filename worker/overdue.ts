import { bookingRules, holidays } from '../shared/catalogue.ts';
import { toVietnamDate } from '../shared/time.ts';
import { waitedMinutes } from '../shared/working-time.ts';
import type { Booking } from './store/bookings.ts';
import { listInState } from './store/due-bookings.ts';
import { listOpenMessages } from './store/due-messages.ts';
import type { Message } from './store/messages.ts';

/** What waited too long: requests by working minutes, messages by the day they are due. */
export async function listOverdue(
  db: D1Database,
  now: Date,
): Promise<{ bookings: Booking[]; messages: Message[] }> {
  const [requests, messages] = await Promise.all([
    listInState(db, 'requested'),
    listOpenMessages(db),
  ]);
  return {
    bookings: requests.filter(
      (booking) => waitedFor(booking, now) > bookingRules.nudgeAfterMinutes,
    ),
    messages: messages.filter(({ dueOn }) => dueOn <= toVietnamDate(now)),
  };
}

/** Working minutes that a booking has been in its state. */
export function waitedFor(booking: Pick<Booking, 'stateAt'>, now: Date): number {
  return waitedMinutes(bookingRules, holidays, { from: booking.stateAt, to: now });
}
