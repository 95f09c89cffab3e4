import { bookingRules, holidays } from '../../shared/content/catalogue.ts';
import { later, toVietnamDate } from '../../shared/time.ts';
import { callbackDeadline, countWorkingMinutes } from '../../shared/jobs/working-time.ts';
import { listWaitingMessages } from './due-day.ts';
import type { Booking } from '../store/bookings.ts';
import { listDueRights, listEndedVisits, listRequested } from '../store/due.ts';
import type { Message } from '../store/messages.ts';

/** Before when the sender of a booking was promised a call; null where the settings have no working time. */
export function callPromisedBy({ createdAt }: Pick<Booking, 'createdAt'>): Date | null {
  return callbackDeadline(bookingRules, holidays, createdAt);
}

export function isCallLate(booking: Pick<Booking, 'createdAt'>, now: Date): boolean {
  const deadline = callPromisedBy(booking);
  return deadline !== null && deadline < now;
}

/** Requests whose sender should have been called by now, and messages due today or earlier. */
export async function listOverdue(
  db: D1Database,
  now: Date,
): Promise<{ bookings: Booking[]; messages: Message[] }> {
  const today = toVietnamDate(now);
  const [requests, waiting] = await Promise.all([listRequested(db), listWaitingMessages(db)]);
  return {
    bookings: requests.filter((booking) => isCallLate(booking, now)),
    messages: waiting.filter(({ dueOn }) => dueOn <= today).map(({ message }) => message),
  };
}

/** Hours after its window at which staff are asked what became of a visit. */
export const ASK_AFTER_HOURS = 24;
/** Visits without a result that are read at once. */
const UNANSWERED_MAX = 200;

/** Confirmed visits that are over for a day and of which nobody has said what became of them, oldest first. */
export function listUnanswered(env: Pick<Env, 'DB'>, now: Date): Promise<Booking[]> {
  return listEndedVisits(env.DB, later(now, { hours: -ASK_AFTER_HOURS }), UNANSWERED_MAX);
}

/** How many requests about personal data are past a deadline, that of the first reply or of the request itself. */
export async function countLateRights(db: D1Database, now: Date): Promise<number> {
  const today = toVietnamDate(now);
  const [rights, waiting] = await Promise.all([listDueRights(db), listWaitingMessages(db)]);
  const privacy = waiting.filter(({ message }) => message.kind === 'privacy');
  return [...rights, ...privacy].filter(({ dueOn }) => dueOn < today).length;
}

/** For how many working minutes a booking has been in its state. */
export function waitedFor(booking: Pick<Booking, 'stateAt'>, now: Date): number {
  return countWorkingMinutes(bookingRules, holidays, { from: booking.stateAt, to: now });
}
