import {
  type CalendarEvent,
  calendarMethod,
  renderCalendar,
  renderCalendarFeed,
} from '../../shared/jobs/calendar.ts';
import { company } from '../../shared/content/catalogue.ts';
import type { BookingState } from '../../shared/states.ts';
import type { MailAttachment } from '../emails/mail.ts';
import type { Booking } from '../store/bookings.ts';
import { describeVisit } from './visit.ts';

/** States whose visit does not take place. */
const cancelledStates: readonly BookingState[] = ['cancelled', 'declined', 'lapsed', 'dropped'];

type Sender = Pick<Env, 'PUBLIC_ORIGIN' | 'SENDER_ADDRESS'>;

/** A booking's calendar file. It has time, service and ward, and no personal data. */
export function renderBookingCalendar(
  env: Sender,
  booking: Booking,
  stampedAt: Date,
): MailAttachment {
  const event = describeEvent(env, booking, stampedAt);
  const type = `text/calendar; charset=utf-8; method=${calendarMethod(event.status)}`;
  return { filename: `${booking.code}.ics`, type, content: renderCalendar(event) };
}

/** A calendar to subscribe to: of each visit the code, time, service and ward, and no personal data. */
export function renderFeed(env: Sender, name: string, bookings: readonly Booking[]): string {
  const events = bookings.map((booking) => describeEvent(env, booking, booking.stateAt));
  return renderCalendarFeed(name, events);
}

function describeEvent(env: Sender, booking: Booking, stampedAt: Date): CalendarEvent {
  const visit = describeVisit(booking);
  return {
    uid: `${booking.id}@${new URL(env.PUBLIC_ORIGIN).hostname}`,
    sequence: booking.version,
    stampedAt,
    startsAt: booking.visitStartsAt,
    endsAt: booking.visitEndsAt,
    status: statusOf(booking.state),
    summary: `${booking.code} · ${visit.service}`,
    description: `${company.shortName}, mã đơn ${booking.code}`,
    location: `${visit.ward}, ${visit.province}`,
    organizer: { name: company.name, email: env.SENDER_ADDRESS },
  };
}

/** Whether the visit of a booking does not take place. */
export function isOff(state: BookingState): boolean {
  return cancelledStates.includes(state);
}

function statusOf(state: BookingState): CalendarEvent['status'] {
  if (isOff(state)) return 'CANCELLED';
  return state === 'requested' || state === 'held' ? 'TENTATIVE' : 'CONFIRMED';
}
