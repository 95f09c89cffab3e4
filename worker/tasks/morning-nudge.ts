import { toVietnamDate } from '../../shared/time.ts';
import { listOverdue } from '../records/overdue.ts';
import { draftHouseMail } from './staff-mails.ts';
import { dailySlot, runSlot } from './slots.ts';

/** When the nudge is due, in Vietnam. */
const NUDGE_TIME = '07:30';
/** Hours after that in which it is still of use when the clock stood still. */
const LATE_HOURS = 9;

/** Has staff reminded each morning of the requests and messages that waited too long, if there are any. */
export async function nudgeStaff(env: Env, now: Date): Promise<void> {
  const startsAt = dailySlot(now, NUDGE_TIME);
  await runSlot(env.DB, {
    task: 'nudge',
    startsAt,
    now,
    lateHours: LATE_HOURS,
    draft: async () => {
      const { bookings, messages } = await listOverdue(env.DB, now);
      return bookings.length + messages.length === 0
        ? []
        : [draftHouseMail(env.DB, { kind: 'nudge', about: toVietnamDate(startsAt), now })];
    },
  });
}
