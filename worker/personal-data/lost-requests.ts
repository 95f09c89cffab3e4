import { listKeyRows } from '../store/key-rows.ts';
import { type KeyEntry, listKeys, openKeyStore } from './key-store.ts';

/** A request of which only the note beside its key is left; no personal data. */
export interface LostRequest {
  id: string;
  code: string;
  /** When it came, UTC ISO. */
  at: string;
}

/**
 * The keys without a row from before the restore: requests that came after the copy and are lost, or refused ones whose key
 * stayed.
 */
export function findLostRequests(
  keys: readonly KeyEntry[],
  rowIds: ReadonlySet<string>,
  restoredAt: Date,
): LostRequest[] {
  return keys
    .flatMap(({ id, note }) => (note === null || rowIds.has(id) ? [] : [{ id, ...note }]))
    .filter(({ at }) => new Date(at) < restoredAt)
    .toSorted((one, other) => one.at.localeCompare(other.at));
}

/** The lost requests as the key store and the database stand now. */
export async function listLostRequests(env: Env, restoredAt: Date): Promise<LostRequest[]> {
  const keys: KeyEntry[] = [];
  for await (const entries of listKeys(openKeyStore(env))) keys.push(...entries);
  const ids = keys.map(({ id }) => id);
  const rows = await listKeyRows(env.DB, ids);
  return findLostRequests(keys, new Set(rows.map(({ id }) => id)), restoredAt);
}
