import { isLegalKind } from './legal-kinds.ts';
import { retention } from './register.ts';
import type { Period } from './retention-rule.ts';
import type { BookingState, MessageState } from '../states.ts';
import { addDays, addMonths, fromVietnam, later } from '../time.ts';

/** What the end of a booking's personal data depends on; `visitEndsAt` is the end of its last window. */
export interface BookingLife {
  state: BookingState;
  stateAt: Date;
  visitDate: string;
  visitEndsAt: Date;
}

/** The instant a period after another. */
export function addPeriod(from: Date, period: Period): Date {
  if ('months' in period) return addMonths(from, period.months);
  return 'days' in period
    ? later(from, { days: period.days })
    : later(from, { hours: period.hours });
}

/** "12 tháng", "30 ngày", "48 giờ". */
export function formatPeriod(period: Period): string {
  if ('months' in period) return `${period.months} tháng`;
  return 'days' in period ? `${period.days} ngày` : `${period.hours} giờ`;
}

/** When a booking's personal data must be unreadable if nothing else happens to it. */
export function bookingKeyEnd(life: BookingLife): Date {
  switch (life.state) {
    case 'held':
      return addPeriod(addPeriod(life.stateAt, retention.held.period), retention.dropped.period);
    case 'requested':
    case 'lapsed':
      return addPeriod(lapseInstant(life.visitDate), retention.lapsed.period);
    case 'confirmed':
    case 'completed':
    case 'no-show':
      return addPeriod(life.visitEndsAt, retention.completed.period);
    case 'declined':
    case 'cancelled':
    case 'dropped':
      return addPeriod(life.stateAt, retention[life.state].period);
  }
}

/** When the personal data of a plan must be unreadable; `visitEndsAt` is the end of its last visit. */
export function planKeyEnd(visitEndsAt: Date): Date {
  return addPeriod(visitEndsAt, retention.plan.period);
}

/** When a contact message's personal data must be unreadable. One that the law wants answered waits for staff while it is held. */
export function messageKeyEnd(life: {
  kind: string;
  state: MessageState;
  stateAt: Date;
  createdAt: Date;
}): Date {
  const latest = addPeriod(life.createdAt, retention.messageReceived.period);
  if (life.state === 'held' && isLegalKind(life.kind)) return latest;
  if (life.state === 'held' || life.state === 'dropped') {
    const dropped =
      life.state === 'dropped' ? life.stateAt : addPeriod(life.stateAt, retention.held.period);
    return addPeriod(dropped, retention.dropped.period);
  }
  if (life.state !== 'closed') return latest;
  const closed = addPeriod(life.stateAt, retention.messageClosed.period);
  return closed < latest ? closed : latest;
}

/** The instant an unanswered request lapses: the end of its day in Vietnam. */
export function lapseInstant(visitDate: string): Date {
  return fromVietnam(addDays(visitDate, 1), '00:00');
}
