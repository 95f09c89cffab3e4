import { logError } from '../base/log.ts';
import { findKeyRow } from '../store/key-rows.ts';
import { CHANGE_ROUNDS, destroyKey, isReached, moveKeyEnd, openKeyStore } from './key-store.ts';

/** A change of a record that moves the end of its key. */
interface KeyChange {
  id: string;
  /** The end that the row says now. */
  from: Date;
  to: Date;
  now: Date;
}

/** The end that a change may give a record. One whose end has come gets no later one, because its key is gone. */
export function allowKeyEnd({ from, to, now }: Omit<KeyChange, 'id'>): Date {
  return to > from && isReached(from, now) ? from : to;
}

/**
 * Writes a change of a record together with the end of its key. KV and D1 cannot be written at once, so a crash in between must
 * leave a key that ends too late, never one that ends too early: KV is written first where the end becomes later, D1 first where
 * it becomes earlier. `write` may also find that the change cannot take place; then its outcome is not `done`.
 *
 * | end     | KV before | `write` | KV after         | why                                           |
 * | ------- | --------- | ------- | ---------------- | --------------------------------------------- |
 * | later   | extended  | done    | -                | KV and row say the later end                  |
 * | later   | extended  | not     | synced with row  | the row kept the earlier end                  |
 * | earlier | -         | done    | synced with row  | the row has the earlier end, KV the later one |
 * | earlier | -         | not     | -                | KV and row kept the later end                 |
 * | same    | -         | either  | -                | nothing to move                               |
 */
export async function writeWithKeyEnd<T extends string>(
  env: Env,
  { id, from, to, now }: KeyChange,
  write: () => Promise<T | 'done'>,
): Promise<T | 'done'> {
  const isLater = to > from;
  const isEarlier = to < from;
  if (isLater) await extendKey(env, { id, endsAt: to }, now);
  const outcome = await write();
  const isDone = outcome === 'done';
  const keyEndsTooLate = (isLater && !isDone) || (isEarlier && isDone);
  if (keyEndsTooLate) await trySyncKeyEnd(env, id, now);
  return outcome;
}

/** Gives a record's key a later end before the row says so. A record erased meanwhile loses its key again. */
async function extendKey(env: Env, { id, endsAt }: { id: string; endsAt: Date }, now: Date) {
  const keyStore = openKeyStore(env);
  const moved = await moveKeyEnd(keyStore, { id, endsAt, laterIsFine: true }, now);
  if (moved !== 'written') return;
  const row = await findKeyRow(env.DB, id);
  if (row !== null && row.erasedAt !== null) await destroyKey(keyStore, id);
}

/** The row has changed already. Where KV or D1 fails, the hourly reconciliation syncs the key. */
async function trySyncKeyEnd(env: Env, id: string, now: Date): Promise<void> {
  try {
    await syncKeyEnd(env, id, now);
  } catch (error) {
    logError('key_not_settled', error, { id });
  }
}

/**
 * Makes a record's key end when its row says. The row is read again after every put, so that a change or an erasure that came
 * in between wins; after some rounds the hourly reconciliation goes on. A key without a row is left alone: its submission may
 * still be under way, and KV expires it.
 */
export async function syncKeyEnd(env: Env, id: string, now: Date): Promise<'kept' | 'gone'> {
  const keyStore = openKeyStore(env);
  let written: number | null = null;
  for (let round = 0; ; round += 1) {
    const row = await findKeyRow(env.DB, id);
    if (row === null) return 'gone';
    const endsAt = row.keyEndsAt;
    if (row.erasedAt !== null || isReached(endsAt, now)) {
      await destroyKey(keyStore, id);
      return 'gone';
    }
    if (written === endsAt.getTime() || round === CHANGE_ROUNDS) return 'kept';
    const moved = await moveKeyEnd(keyStore, { id, endsAt }, now);
    if (moved !== 'written') return moved === 'right' ? 'kept' : 'gone';
    written = endsAt.getTime();
  }
}

/** Deletes the key of a submission that was refused. A key that stays behind has no row, and KV expires it. */
export async function discardKey(env: Env, id: string): Promise<void> {
  try {
    await destroyKey(openKeyStore(env), id);
  } catch (error) {
    logError('key_not_discarded', error, { id });
  }
}
