import { retention } from '../../shared/privacy/register.ts';
import { later } from '../../shared/time.ts';
import { logError } from '../base/log.ts';
import { moveMessage } from '../records/move-message.ts';
import { listLongHeld } from '../store/due-bookings.ts';
import { listLongHeldMessages } from '../store/due-messages.ts';
import { moveEach, MOVES_PER_RUN } from './move-due.ts';

/** Drops the bookings and messages that were put aside for the longest time allowed and that nobody released. */
export async function dropHeld(env: Env, now: Date): Promise<void> {
  const heldBy = later(now, { days: -retention.held.span.days });
  const bookings = await listLongHeld(env.DB, heldBy, MOVES_PER_RUN);
  await moveEach(env, bookings, { move: 'drop', now });
  for (const message of await listLongHeldMessages(env.DB, heldBy, MOVES_PER_RUN)) {
    try {
      await moveMessage(env, { message, move: 'drop', actor: 'system', now });
    } catch (error) {
      logError('clock_move_failed', error, { move: 'drop', id: message.id });
    }
  }
}
