import { later } from '../../shared/time.ts';
import { listEnded } from '../store/due-bookings.ts';
import { moveEach, MOVES_PER_RUN } from './move-due.ts';

/** Hours after the end of the visit at which a confirmed booking counts as done. */
const COMPLETE_AFTER_HOURS = 24;

/** Completes the confirmed bookings whose visit ended a day ago. */
export async function completeVisits(env: Env, now: Date): Promise<void> {
  const endedBy = later(now, { hours: -COMPLETE_AFTER_HOURS });
  const ended = await listEnded(env.DB, endedBy, MOVES_PER_RUN);
  await moveEach(env, ended, { move: 'complete', now });
}
