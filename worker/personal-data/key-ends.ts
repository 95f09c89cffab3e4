import { logError } from '../base/log.ts';
import { findKeyRow } from '../store/key-rows.ts';
import { destroyKey, isReached, moveKeyEnd, openKeyStore } from './key-store.ts';

/** How often a change that came in between is followed before the hourly reconciliation takes over. */
const ROUNDS = 3;

/** Gives a record's key a later end, before the database says so; a record erased meanwhile loses its key again. */
async function extendKey(env: Env, record: { id: string; endsAt: Date }, now: Date): Promise<void> {
  const keyStore = openKeyStore(env);
  if (!(await moveKeyEnd(keyStore, record, now))) return;
  const row = await findKeyRow(env.DB, record.id);
  if (row !== null && row.erasedAt !== null) await destroyKey(keyStore, record.id);
}

/**
 * Makes a record's key end when its row says. The row is read again after every put, so that a change or an erasure that came
 * in between wins. A key without a row is left alone: its submission may still be under way, and it dies by its expiry.
 */
export async function syncKeyEnd(env: Env, id: string, now: Date): Promise<'kept' | 'gone'> {
  const keyStore = openKeyStore(env);
  let put: number | null = null;
  for (let round = 0; round < ROUNDS; round += 1) {
    const row = await findKeyRow(env.DB, id);
    if (row === null) return 'gone';
    if (row.erasedAt !== null || isReached(row.keyEndsAt, now)) {
      await destroyKey(keyStore, id);
      return 'gone';
    }
    if (put === row.keyEndsAt.getTime()) return 'kept';
    if (!(await moveKeyEnd(keyStore, { id, endsAt: row.keyEndsAt }, now))) return 'gone';
    put = row.keyEndsAt.getTime();
  }
  return 'kept';
}

/** Settles a record's key after a change that has taken place; where KV or the database fails, the hourly reconciliation does it. */
async function trySyncKeyEnd(env: Env, id: string, now: Date): Promise<void> {
  try {
    await syncKeyEnd(env, id, now);
  } catch (error) {
    logError('key_not_settled', error, { id });
  }
}

/** The end that a change may give a record: one whose end has come gets no later one, for its key is gone. */
export function allowKeyEnd({ from, to, now }: Omit<KeyChange, 'id'>): Date {
  return to > from && isReached(from, now) ? from : to;
}

/** A change of a record that moves the end of its key. */
export interface KeyChange {
  id: string;
  /** The end that the row says now. */
  from: Date;
  to: Date;
  now: Date;
}

/**
 * Writes a change of a record with the end of its key. A later end goes into KV first, an earlier one into D1 first: in between
 * the longer one stands, never a row without its key. A change that did not take place has its longer key settled again.
 */
export async function writeWithKeyEnd<T extends string>(
  env: Env,
  { id, from, to, now }: KeyChange,
  write: () => Promise<T | 'done'>,
): Promise<T | 'done'> {
  const isLonger = to > from;
  if (isLonger) await extendKey(env, { id, endsAt: to }, now);
  const outcome = await write();
  const agree = outcome === 'done' ? to >= from : !isLonger;
  if (!agree) await trySyncKeyEnd(env, id, now);
  return outcome;
}

/** Deletes the key of a submission that was refused; a key that stays behind has no row and dies by its expiry. */
export async function discardKey(env: Env, id: string): Promise<void> {
  try {
    await destroyKey(openKeyStore(env), id);
  } catch (error) {
    logError('key_not_discarded', error, { id });
  }
}
