import { findBooking } from './store/bookings.ts';
import { findMessage } from './store/messages.ts';
import { destroyKey, moveKeyEnd, openVault } from './vault.ts';

/** Gives a record's data key another end; a record erased meanwhile loses its key again. */
export async function keepKeyUntil(
  env: Env,
  record: { id: string; endsAt: Date },
  now: Date,
): Promise<void> {
  const vault = openVault(env);
  if (!(await moveKeyEnd(vault, record, now))) return;
  const stored = (await findBooking(env.DB, record.id)) ?? (await findMessage(env.DB, record.id));
  if (stored === null || stored.erasedAt !== null) await destroyKey(vault, record.id);
}
