import { later } from '../../shared/time.ts';
import { eraseRecord } from './erase.ts';
import { logError } from '../base/log.ts';
import { findLostRequests } from './lost-requests.ts';
import { type KeyRow, listKeepers, listKeyRows, shortenKeyEnd } from '../store/key-rows.ts';
import type { Restore } from '../store/restores.ts';
import {
  KEY_SPREAD_MINUTES,
  type KeyEntry,
  listKeys,
  openKeyStore,
  SHORTEST_EXPIRY_MS,
  toKeySeconds,
} from './key-store.ts';

/** Records that one run erases at most; the next run goes on. */
const ERASED_MAX = 100;

/** What one run after a restore found and did. */
interface RestoredCounts {
  [count: string]: number;
  /** Records without a key, now erased. */
  erased: number;
  /** Records whose key ends sooner than the row said; the row now says the sooner end. */
  shortened: number;
  /** Keys without a row: requests that came after the copy and may be lost. */
  lost: number;
  /** Records that could not be erased this time. */
  failed: number;
  /** 1 where records are left for the next run, else 0. */
  more: number;
}

/**
 * Makes the rows of a restored database follow the key store, which was not restored and so is newer. A record without a key had
 * been erased after the copy and is erased again. An end that had been brought forward is brought forward again. A second run
 * changes nothing more.
 */
export async function reconcileAfterRestore(
  env: Env,
  { restore, now }: { restore: Pick<Restore, 'copyEndedAt' | 'at'>; now: Date },
): Promise<RestoredCounts> {
  const keys: KeyEntry[] = [];
  for await (const entries of listKeys(openKeyStore(env))) keys.push(...entries);
  const rows = await listKeyRows(
    env.DB,
    keys.map(({ id }) => id),
  );
  const keepers = await listKeepers(env.DB, {
    endsAfter: later(now, { ms: SHORTEST_EXPIRY_MS }),
    createdBefore: later(now, { minutes: -KEY_SPREAD_MINUTES }),
  });
  const ends = new Map(keys.map(({ id, endsAtSeconds }) => [id, endsAtSeconds]));
  const keyless = keepers.filter(({ id }) => !ends.has(id));
  return {
    ...(await eraseKeyless(env, keyless, now)),
    shortened: await shortenEnds(env, keepers, ends),
    lost: findLostRequests(keys, new Set(rows.map(({ id }) => id)), restore).length,
  };
}

/** A listing of KV may be up to a minute old, so each key is asked for by name before its record is erased. */
async function eraseKeyless(env: Env, keyless: readonly KeyRow[], now: Date) {
  const counts = { erased: 0, failed: 0, more: keyless.length > ERASED_MAX ? 1 : 0 };
  for (const { id } of keyless.slice(0, ERASED_MAX)) {
    try {
      if ((await env.VAULT.get(id, 'arrayBuffer')) !== null) continue;
      await eraseRecord(env, { id, cause: 'lost', actor: 'system', now });
      counts.erased += 1;
    } catch (error) {
      counts.failed += 1;
      logError('restored_not_erased', error, { id });
    }
  }
  return counts;
}

async function shortenEnds(
  env: Env,
  keepers: readonly KeyRow[],
  ends: ReadonlyMap<string, number | null>,
): Promise<number> {
  let shortened = 0;
  for (const { id, keyEndsAt } of keepers) {
    const seconds = ends.get(id) ?? null;
    if (seconds === null || seconds >= toKeySeconds(keyEndsAt)) continue;
    await env.DB.batch(shortenKeyEnd(env.DB, id, new Date(seconds * 1000)));
    shortened += 1;
  }
  return shortened;
}
