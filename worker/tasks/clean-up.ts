import { retention } from '../../shared/privacy/register.ts';
import { letterRetention } from '../../shared/privacy/register-letters.ts';
import { staffPhones } from '../../shared/privacy/staff-phones.ts';
import { fromVietnam, later, toVietnamDate } from '../../shared/time.ts';
import { prepareNetworkKey } from '../personal-data/network-key.ts';
import { deleteOldRepeatKeys, forgetNetworks } from '../store/repeats.ts';
import { minuteSlot, runSlot } from './slots.ts';
import { UNDO_MINUTES } from '../../shared/states.ts';
import { deleteOrphans } from '../personal-data/photo-orphans.ts';
import { purge } from '../personal-data/purge.ts';
import { recordHoldings } from '../records/holdings.ts';
import { runHourly } from './hourly.ts';
import { deleteUnseenPhones } from '../store/phones.ts';
import { deleteEmptied } from '../store/subscribers.ts';
import { freeDeclinedSeats } from '../store/seats.ts';
import { clearTries } from '../store/limits.ts';

/** Hours for which counts of tries are kept; a limit looks at one hour only. */
const TRIES_HOURS = 24;

/** Hours for which a subscriber's emptied row stays, so that its key is deleted a second time. */
const EMPTIED_HOURS = 24;

/** Deletes, once an hour, the keyed hashes whose retention has ended, old counts of tries, phones that were not seen, and makes the next day's network key. */
export async function clearOldHashes(env: Env, now: Date): Promise<void> {
  const madeBy = later(now, { hours: -retention.phoneHash.period.hours });
  const ran = await runSlot(env.DB, {
    task: 'forget',
    startsAt: minuteSlot(now, 60),
    now,
    draft: async () => [
      deleteOldRepeatKeys(env.DB, madeBy),
      forgetNetworks(env.DB, fromVietnam(toVietnamDate(now), '00:00')),
      clearTries(env.DB, later(now, { hours: -TRIES_HOURS })),
      deleteUnseenPhones(env.DB, later(now, { days: -staffPhones.period.days })),
      ...deleteEmptied(env.DB, {
        emptiedBy: later(now, { hours: -EMPTIED_HOURS }),
        askedBy: later(now, { days: -letterRetention.askedAgain.period.days }),
      }),
    ],
  });
  if (ran) await prepareNetworkKey(env.VAULT, now);
}

/** Frees the seats of declined bookings once staff can no longer undo the decline. */
export async function releaseDeclinedSeats(env: Env, now: Date): Promise<void> {
  await freeDeclinedSeats(env.DB, later(now, { minutes: -UNDO_MINUTES })).run();
}

/** Erases and deletes, once an hour, what has reached the end of its retention, then counts what is kept. */
export function purgeEnded(env: Env, now: Date): Promise<void> {
  return runHourly(env, { task: 'purge', now }, async () => {
    const counts = await purge(env, now);
    await recordHoldings(env.DB, now);
    return counts;
  });
}

/** Deletes, once an hour, pictures that no record holds any more. */
export function deletePhotoOrphans(env: Env, now: Date): Promise<void> {
  return runHourly(env, { task: 'photos', now }, () => deleteOrphans(env, now));
}
