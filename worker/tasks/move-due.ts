import type { BookingMove } from '../../shared/states.ts';
import { logError } from '../base/log.ts';
import { moveBooking } from '../records/move-booking.ts';
import type { Booking } from '../store/bookings.ts';

/** Bookings that one task moves in one minute; the rest follows in the next. */
export const MOVES_PER_RUN = 20;

/** Moves bookings one after the other; one that fails keeps no other from moving and is tried again in a minute. */
export async function moveEach(
  env: Env,
  bookings: readonly Booking[],
  { move, now }: { move: BookingMove; now: Date },
): Promise<void> {
  for (const booking of bookings) {
    try {
      await moveBooking(env, { booking, move, actor: 'system', now });
    } catch (error) {
      logError('clock_move_failed', error, { move, id: booking.id });
    }
  }
}
