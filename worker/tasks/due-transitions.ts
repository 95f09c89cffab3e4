import type { BookingTransition } from '../../shared/states.ts';
import { logError } from '../base/log.ts';
import { transitionBooking } from '../records/booking-transition.ts';
import type { Booking } from '../store/bookings.ts';
import { toVietnamDate, later } from '../../shared/time.ts';
import { listEndedVisits, listLapsing } from '../store/due.ts';

/** Records that one task changes in one minute; the rest follows in the next. */
const TRANSITIONS_PER_RUN = 20;

/** Changes bookings one after the other. One that fails does not stop the others; the next minute tries it again. */
async function transitionEach(
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

/** Lapses the requests that had no answer before their day was over in Vietnam. */
export async function lapseRequests(env: Env, now: Date): Promise<void> {
  const lapsing = await listLapsing(env.DB, toVietnamDate(now), TRANSITIONS_PER_RUN);
  await transitionEach(env, lapsing, { transition: 'lapse', now });
}

/** Days after the end of its visit at which a confirmed booking is completed where staff never said what became of it. */
export const COMPLETE_AFTER_DAYS = 7;

/** Completes visits without an answer. One whose result was undone has as many days again. */
export async function completeVisits(env: Env, now: Date): Promise<void> {
  const endedBy = later(now, { days: -COMPLETE_AFTER_DAYS });
  const ended = await listEndedVisits(env.DB, endedBy, TRANSITIONS_PER_RUN);
  const unanswered = ended.filter(({ stateAt }) => stateAt <= endedBy);
  await transitionEach(env, unanswered, { transition: 'complete', now });
}
