import { retention } from '../../shared/privacy/register.ts';
import { later } from '../../shared/time.ts';
import { deleteOldRepeatKeys } from '../store/repeats.ts';
import { clearTries, freeDeclinedSeats } from '../store/upkeep.ts';
import { minuteSlot, runSlot } from './slots.ts';
import { UNDO_MINUTES } from '../../shared/states.ts';
import { purge } from '../personal-data/purge.ts';
import { runHourly } from './hourly.ts';

/** Hours for which counts of tries are kept; a limit looks at one hour only. */
const TRIES_HOURS = 24;

/** Empties, once an hour, the keyed hashes whose time is over and clears old counts of tries. */
export async function clearOldHashes(env: Env, now: Date): Promise<void> {
  const madeBy = later(now, { hours: -retention.phoneHash.period.hours });
  const hour = later(now, { hours: -TRIES_HOURS }).toISOString().slice(0, 13);
  await runSlot(env.DB, {
    task: 'forget',
    startsAt: minuteSlot(now, 60),
    now,
    draft: async () => [deleteOldRepeatKeys(env.DB, madeBy), clearTries(env.DB, hour)],
  });
}

/** Gives back the seats of declined bookings once staff can no longer undo. */
export async function releaseDeclinedSeats(env: Env, now: Date): Promise<void> {
  await freeDeclinedSeats(env.DB, later(now, { minutes: -UNDO_MINUTES })).run();
}

/** Empties and deletes, once an hour, what has reached its end. */
export function purgeEnded(env: Env, now: Date): Promise<void> {
  return runHourly(env, { task: 'purge', now }, () => purge(env, now));
}
