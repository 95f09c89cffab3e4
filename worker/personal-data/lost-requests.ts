import { later } from '../../shared/time.ts';
import { listKeyRows } from '../store/key-rows.ts';
import type { Restore } from '../store/restores.ts';
import {
  KEY_SPREAD_MINUTES,
  type KeyEntry,
  listKeys,
  openKeyStore,
  SIGN_UP_CODE,
} from './key-store.ts';

/** When a copy of the database ended and when it was restored. */
type Gap = Pick<Restore, 'copyEndedAt' | 'at'>;

/** A request of which only the note beside its key is left; no personal data. */
export interface LostRequest {
  id: string;
  code: string;
  /** When it came, UTC ISO. */
  at: string;
}

/**
 * The keys without a row of requests that came after the copy, or just before its end, and before the restore: lost, or never
 * stored because a store failed, which nothing tells apart. An older key without a row was never stored.
 */
export function findLostRequests(
  keys: readonly KeyEntry[],
  rowIds: ReadonlySet<string>,
  { copyEndedAt, at: restoredAt }: Gap,
): LostRequest[] {
  const from = later(copyEndedAt, { minutes: -KEY_SPREAD_MINUTES });
  return keys
    .flatMap(({ id, note }) =>
      note === null || note.code === SIGN_UP_CODE || rowIds.has(id)
        ? []
        : [{ id, code: note.code, at: note.at }],
    )
    .filter(({ at }) => new Date(at) >= from && new Date(at) < restoredAt)
    .toSorted((one, other) => one.at.localeCompare(other.at));
}

/** The lost requests as the key store and the database stand now. */
export async function listLostRequests(env: Env, gap: Gap): Promise<LostRequest[]> {
  const keys: KeyEntry[] = [];
  for await (const entries of listKeys(openKeyStore(env))) keys.push(...entries);
  const ids = keys.map(({ id }) => id);
  const rows = await listKeyRows(env.DB, ids);
  return findLostRequests(keys, new Set(rows.map(({ id }) => id)), gap);
}
