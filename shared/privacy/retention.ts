import { retention, type Span } from './register.ts';
import type { BookingState, MessageState } from '../states.ts';
import { addDays, addMonths, fromVietnam, later } from '../time.ts';

/** What the end of a booking's personal data depends on; `visitEndsAt` is the end of its last window. */
export interface BookingLife {
  state: BookingState;
  stateAt: Date;
  visitDate: string;
  visitEndsAt: Date;
}

/** The instant a span after another. */
export function addSpan(from: Date, span: Span): Date {
  if ('months' in span) return addMonths(from, span.months);
  return 'days' in span ? later(from, { days: span.days }) : later(from, { hours: span.hours });
}

/** "12 tháng", "30 ngày", "48 giờ". */
export function formatRetention(span: Span): string {
  if ('months' in span) return `${span.months} tháng`;
  return 'days' in span ? `${span.days} ngày` : `${span.hours} giờ`;
}

/** When a booking's personal data must be unreadable if nothing else happens to it. */
export function bookingKeyEnd(life: BookingLife): Date {
  switch (life.state) {
    case 'held':
      return addSpan(addSpan(life.stateAt, retention.held.span), retention.dropped.span);
    case 'requested':
    case 'lapsed':
      return addSpan(lapseInstant(life.visitDate), retention.lapsed.span);
    case 'confirmed':
    case 'completed':
      return addSpan(life.visitEndsAt, retention.completed.span);
    case 'declined':
    case 'cancelled':
    case 'dropped':
      return addSpan(life.stateAt, retention[life.state].span);
  }
}

/** When a contact message's personal data must be unreadable. */
export function messageKeyEnd(life: { state: MessageState; stateAt: Date; createdAt: Date }): Date {
  const latest = addSpan(life.createdAt, retention.messageReceived.span);
  if (life.state === 'held' || life.state === 'dropped') {
    const dropped =
      life.state === 'dropped' ? life.stateAt : addSpan(life.stateAt, retention.held.span);
    return addSpan(dropped, retention.dropped.span);
  }
  if (life.state !== 'closed') return latest;
  const closed = addSpan(life.stateAt, retention.messageClosed.span);
  return closed < latest ? closed : latest;
}

/** The instant an unanswered request lapses: the end of its day in Vietnam. */
export function lapseInstant(visitDate: string): Date {
  return fromVietnam(addDays(visitDate, 1), '00:00');
}
