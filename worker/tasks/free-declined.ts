import { UNDO_MINUTES } from '../../shared/states.ts';
import { later } from '../../shared/time.ts';
import { freeDeclinedSeats } from '../store/upkeep.ts';

/** Gives back the seats of declined bookings once staff can no longer undo. */
export async function freeDeclined(env: Env, now: Date): Promise<void> {
  await freeDeclinedSeats(env.DB, later(now, { minutes: -UNDO_MINUTES })).run();
}
