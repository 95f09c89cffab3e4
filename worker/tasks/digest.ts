import { toVietnamDate } from '../../shared/time.ts';
import { draftHouseMail } from './staff-mails.ts';
import { dailySlot, runSlot } from './slots.ts';

/** When the digest is due, in Vietnam. */
const DIGEST_TIME = '18:00';
/** Hours after that in which it is still of use when the clock stood still. */
const LATE_HOURS = 20;

/** Has the digest of the evening sent; after a gap only the newest one. */
export async function sendDigest(env: Env, now: Date): Promise<void> {
  const startsAt = dailySlot(now, DIGEST_TIME);
  await runSlot(env.DB, {
    task: 'digest',
    startsAt,
    now,
    lateHours: LATE_HOURS,
    draft: async () => [
      draftHouseMail(env.DB, { kind: 'digest', about: toVietnamDate(startsAt), now }),
    ],
  });
}
