import { toVietnamDate } from '../../shared/time.ts';
import { listLapsing } from '../store/due-bookings.ts';
import { moveEach, MOVES_PER_RUN } from './move-due.ts';

/** Lapses the requests whose day has passed in Vietnam without an answer. */
export async function lapseRequests(env: Env, now: Date): Promise<void> {
  const lapsing = await listLapsing(env.DB, toVietnamDate(now), MOVES_PER_RUN);
  await moveEach(env, lapsing, { move: 'lapse', now });
}
