import type { BookingRules } from '../../shared/content/booking-rules.ts';
import { bookingRules } from '../../shared/content/catalogue.ts';
import { addDays, toVietnamDate } from '../../shared/time.ts';
import { dailySlot, runSlot } from './slots.ts';
import { insertReminders } from '../store/reminders.ts';

/** When customers are reminded of a visit on the next day, in Vietnam. */
const REMINDER_TIME = '17:00';
/** Hours after that in which a reminder is still sent where cron did not run. */
const LATE_HOURS = 15;

/** Reminds the customers of tomorrow's confirmed visits, where e-mail to customers is on. */
export async function remindCustomers(
  env: Env,
  now: Date,
  rules: Pick<BookingRules, 'customerEmail'> = bookingRules,
): Promise<void> {
  if (!rules.customerEmail) return;
  const startsAt = dailySlot(now, REMINDER_TIME);
  await runSlot(env.DB, {
    task: 'reminders',
    startsAt,
    now,
    lateHours: LATE_HOURS,
    draft: async () => [insertReminders(env.DB, addDays(toVietnamDate(startsAt), 1), now)],
  });
}
