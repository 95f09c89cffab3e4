import { logError } from './log.ts';
import { findKeyRow } from './store/key-rows.ts';
import { destroyKey, isReached, moveKeyEnd, openVault } from './vault.ts';

/** How often a change that came in between is followed before the hourly reconciliation takes over. */
const ROUNDS = 3;

/**
 * Gives a record's key a later end, before the database says so: until then the longer one stands. A record erased meanwhile
 * loses its key again.
 */
export async function extendKey(
  env: Env,
  record: { id: string; endsAt: Date },
  now: Date,
): Promise<void> {
  const vault = openVault(env);
  if (!(await moveKeyEnd(vault, record, now))) return;
  const row = await findKeyRow(env.DB, record.id);
  if (row !== null && row.erasedAt !== null) await destroyKey(vault, record.id);
}

/**
 * Makes a record's key end when its row says. The row is read again after every put, so that a change or an erasure that came
 * in between wins. A key without a row is left alone: its submission may still be under way, and it dies by its expiry.
 */
export async function settleKey(env: Env, id: string, now: Date): Promise<'kept' | 'gone'> {
  const vault = openVault(env);
  let put: number | null = null;
  for (let round = 0; round < ROUNDS; round += 1) {
    const row = await findKeyRow(env.DB, id);
    if (row === null) return 'gone';
    if (row.erasedAt !== null || isReached(row.keyEndsAt, now)) {
      await destroyKey(vault, id);
      return 'gone';
    }
    if (put === row.keyEndsAt.getTime()) return 'kept';
    if (!(await moveKeyEnd(vault, { id, endsAt: row.keyEndsAt }, now))) return 'gone';
    put = row.keyEndsAt.getTime();
  }
  return 'kept';
}

/** Settles a record's key after a change that has taken place; where KV or the database fails, the hourly reconciliation does it. */
export async function settleKeyLater(env: Env, id: string, now: Date): Promise<void> {
  try {
    await settleKey(env, id, now);
  } catch (error) {
    logError('key_not_settled', error, { id });
  }
}

/** Deletes the key of a submission that was refused; a key that stays behind has no row and dies by its expiry. */
export async function discardKey(env: Env, id: string): Promise<void> {
  try {
    await destroyKey(openVault(env), id);
  } catch (error) {
    logError('key_not_discarded', error, { id });
  }
}
