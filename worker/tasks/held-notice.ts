import { countHeldSince } from '../store/held-counts.ts';
import { draftHouseMail } from './staff-mails.ts';
import { minuteSlot, runSlot } from './slots.ts';

/** Minutes within which staff hear of what was put aside: four mails an hour at most. */
const NOTICE_MINUTES = 15;

/** Tells staff of the requests and messages that were put aside since the last quarter of an hour. */
export async function noticeHeld(env: Env, now: Date): Promise<void> {
  const startsAt = minuteSlot(now, NOTICE_MINUTES);
  await runSlot(env.DB, {
    task: 'held-notice',
    startsAt,
    now,
    draft: async (since) =>
      (await countHeldSince(env.DB, since ?? new Date(0))) === 0
        ? []
        : [draftHouseMail(env.DB, { kind: 'held', about: startsAt.toISOString(), now })],
  });
}
