import { bookingRules } from '../../shared/content/catalogue.ts';
import { later } from '../../shared/time.ts';
import { waitedFor } from '../records/overdue.ts';
import { listUntouched } from '../store/due-bookings.ts';
import { draftHouseMail } from './staff-mails.ts';

/** Tells the second address of each request that nobody acted on in the working minutes allowed, once a request. */
export async function tellSecondAddress(env: Env, now: Date): Promise<void> {
  const minutes = bookingRules.secondAddressAfterMinutes;
  if (env.STAFF_SECOND_ADDRESS === '') return;
  const untouched = await listUntouched(env.DB, later(now, { minutes: -minutes }));
  const late = untouched.filter((booking) => waitedFor(booking, now) >= minutes);
  if (late.length === 0) return;
  await env.DB.batch(
    late.map(({ id }) => draftHouseMail(env.DB, { kind: 'second-address', about: id, now })),
  );
}
