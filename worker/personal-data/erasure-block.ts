import type { Person } from '../../shared/forms/person.ts';
import { findBooking } from '../store/bookings.ts';
import { listOpenComplaints } from '../store/rights-requests.ts';
import { openPerson, openKeyStore } from './key-store.ts';

/**
 * Whether a record must not be erased yet: there is an open complaint about the booking, written with the customer's own phone or
 * e-mail, and the booking's details are needed to answer it. Throws where the key store does not answer.
 */
export async function isErasureBlocked(env: Env, subjectId: string): Promise<boolean> {
  const booking = await findBooking(env.DB, subjectId);
  if (booking === null || booking.erasedAt !== null) return false;
  const complaints = await listOpenComplaints(env.DB, booking.code);
  if (complaints.length === 0) return false;
  const keyStore = openKeyStore(env);
  const [customer, ...writers] = await Promise.all(
    [booking, ...complaints].map(({ id, sealed }) => openPerson(keyStore, id, sealed)),
  );
  if (customer?.state !== 'open') return false;
  return writers.some(
    (writer) => writer.state === 'open' && isSamePerson(customer.person, writer.person),
  );
}

function isSamePerson(one: Person, other: Person): boolean {
  const isSame = (a: string | null, b: string | null) =>
    a !== null && a.toLowerCase() === b?.toLowerCase();
  return isSame(one.phone, other.phone) || isSame(one.email, other.email);
}
