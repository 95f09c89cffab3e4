import { type CalendarEvent, calendarMethod, renderCalendar } from '../../shared/jobs/calendar.ts';
import { company } from '../../shared/content/catalogue.ts';
import type { BookingState } from '../../shared/states.ts';
import type { MailAttachment } from '../emails/mail.ts';
import type { Booking } from '../store/bookings.ts';
import { describeVisit } from './visit.ts';

/** States whose visit does not take place. */
const cancelledStates: readonly BookingState[] = ['cancelled', 'declined', 'lapsed', 'dropped'];

/** A booking's calendar file. It has time, service and ward, and no personal data. */
export function renderBookingCalendar(
  env: Pick<Env, 'PUBLIC_ORIGIN' | 'SENDER_ADDRESS'>,
  booking: Booking,
  stampedAt: Date,
): MailAttachment {
  const visit = describeVisit(booking);
  const status = statusOf(booking.state);
  const content = renderCalendar({
    uid: `${booking.id}@${new URL(env.PUBLIC_ORIGIN).hostname}`,
    sequence: booking.version,
    stampedAt,
    startsAt: booking.visitStartsAt,
    endsAt: booking.visitEndsAt,
    status,
    summary: `${booking.code} · ${visit.service}`,
    description: `${company.shortName}, mã đơn ${booking.code}`,
    location: `${visit.ward}, ${visit.province}`,
    organizer: { name: company.name, email: env.SENDER_ADDRESS },
  });
  const type = `text/calendar; charset=utf-8; method=${calendarMethod(status)}`;
  return { filename: `${booking.code}.ics`, type, content };
}

/** Whether the visit of a booking does not take place. */
export function isOff(state: BookingState): boolean {
  return cancelledStates.includes(state);
}

function statusOf(state: BookingState): CalendarEvent['status'] {
  if (isOff(state)) return 'CANCELLED';
  return state === 'requested' || state === 'held' ? 'TENTATIVE' : 'CONFIRMED';
}
