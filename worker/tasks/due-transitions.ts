import type { BookingTransition } from '../../shared/states.ts';
import { logError } from '../base/log.ts';
import { transitionBooking } from '../records/booking-transition.ts';
import type { Booking } from '../store/bookings.ts';
import { toVietnamDate, later } from '../../shared/time.ts';
import {
  listLapsing,
  listEnded,
  listLongQuarantined,
  listLongQuarantinedMessages,
} from '../store/due.ts';
import { retention } from '../../shared/privacy/register.ts';
import { transitionMessage } from '../records/message-transition.ts';
/** Bookings that one task moves in one minute; the rest follows in the next. */
export const TRANSITIONS_PER_RUN = 20;

/** Moves bookings one after the other; one that fails keeps no other from moving and is tried again in a minute. */
export async function transitionEach(
  env: Env,
  bookings: readonly Booking[],
  { transition, now }: { transition: BookingTransition; now: Date },
): Promise<void> {
  for (const booking of bookings) {
    try {
      await transitionBooking(env, { booking, transition, actor: 'system', now });
    } catch (error) {
      logError('clock_move_failed', error, { move: transition, id: booking.id });
    }
  }
}

/** Lapses the requests whose day has passed in Vietnam without an answer. */
export async function lapseRequests(env: Env, now: Date): Promise<void> {
  const lapsing = await listLapsing(env.DB, toVietnamDate(now), TRANSITIONS_PER_RUN);
  await transitionEach(env, lapsing, { transition: 'lapse', now });
}

/** Hours after the end of the visit at which a confirmed booking counts as done. */
const COMPLETE_AFTER_HOURS = 24;

/** Completes the confirmed bookings whose visit ended a day ago. */
export async function completeVisits(env: Env, now: Date): Promise<void> {
  const endedBy = later(now, { hours: -COMPLETE_AFTER_HOURS });
  const ended = await listEnded(env.DB, endedBy, TRANSITIONS_PER_RUN);
  await transitionEach(env, ended, { transition: 'complete', now });
}

/** Drops the bookings and messages that were put aside for the longest time allowed and that nobody released. */
export async function dropQuarantined(env: Env, now: Date): Promise<void> {
  const heldBy = later(now, { days: -retention.held.period.days });
  const bookings = await listLongQuarantined(env.DB, heldBy, TRANSITIONS_PER_RUN);
  await transitionEach(env, bookings, { transition: 'drop', now });
  for (const message of await listLongQuarantinedMessages(env.DB, heldBy, TRANSITIONS_PER_RUN)) {
    try {
      await transitionMessage(env, { message, transition: 'drop', actor: 'system', now });
    } catch (error) {
      logError('clock_move_failed', error, { move: 'drop', id: message.id });
    }
  }
}
