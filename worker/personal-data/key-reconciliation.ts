import { later } from '../../shared/time.ts';
import { syncKeyEnd } from './key-ends.ts';
import { logError } from '../base/log.ts';
import {
  type KeyRow,
  listErased,
  listKeepers,
  listKeyRows,
  markErased,
} from '../store/key-rows.ts';
import { findTaskRun } from '../store/task-runs.ts';
import {
  destroyKey,
  isKeySpreading,
  KEY_SPREAD_MINUTES,
  type KeyEntry,
  listKeys,
  openKeyStore,
  SHORTEST_EXPIRY_MS,
  toKeySeconds,
} from './key-store.ts';

/** Keys deleted at the same time: a Worker has six connections. */
const AT_ONCE = 5;

/** The task of the reconciliation in `task_runs`. */
export const KEYS_TASK = 'keys';

/** What one reconciliation of KV with the database found and did. */
interface KeyCounts {
  /** Keys in KV. */
  keys: number;
  /** Keys whose end was corrected. */
  moved: number;
  /** Keys deleted because their record was erased or has ended. */
  destroyed: number;
  /** Keys without a row that are too old for a submission under way: lost requests, or refused ones whose key stayed. */
  orphans: number;
  /** Records that should be readable and have no key. */
  missing: number;
  /** Keys that could not be synced this time. */
  failed: number;
}

/** Makes the keys in KV follow the rows, key by key. What fails this hour is done the next. A second run changes nothing more. */
export async function reconcileKeys(env: Env, now: Date): Promise<KeyCounts> {
  const counts = { keys: 0, moved: 0, destroyed: 0, orphans: 0, missing: 0, failed: 0 };
  const seen = new Set<string>();
  for await (const entries of listKeys(openKeyStore(env))) {
    const rows = await listKeyRows(
      env.DB,
      entries.map(({ id }) => id),
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    for (const entry of entries) {
      seen.add(entry.id);
      counts.keys += 1;
      const verdict = judgeKey(entry, byId.get(entry.id), now);
      if (verdict === 'orphan') counts.orphans += 1;
      if (verdict === 'sync') counts[await syncCounted(env, entry.id, now)] += 1;
    }
  }
  counts.missing = await countMissing(env, seen, now);
  return counts;
}

/**
 * Deletes the keys of erased records a second and last time, once KV agrees everywhere: a put that was under way may have
 * brought one back. Where KV fails they are deleted the next time.
 */
export async function destroyErasedKeys(env: Env, now: Date): Promise<number> {
  const erasedBy = later(now, { minutes: -KEY_SPREAD_MINUTES });
  const ids = await listErased(env.DB, erasedBy);
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE);
    await Promise.all(some.map((id) => destroyKey(openKeyStore(env), id)));
  }
  if (ids.length > 0) await markErased(env.DB, erasedBy, now).run();
  return ids.length;
}

function judgeKey(
  entry: KeyEntry,
  row: KeyRow | undefined,
  now: Date,
): 'right' | 'sync' | 'orphan' | 'young' {
  if (row === undefined) {
    const young = entry.note !== null && isKeySpreading(new Date(entry.note.at), now);
    return young ? 'young' : 'orphan';
  }
  // A key just deleted may still be listed; it is deleted once more ten minutes after.
  if (row.erasedAt !== null) return isKeySpreading(row.erasedAt, now) ? 'young' : 'sync';
  return entry.endsAtSeconds === toKeySeconds(row.keyEndsAt) ? 'right' : 'sync';
}

async function syncCounted(
  env: Env,
  id: string,
  now: Date,
): Promise<'moved' | 'destroyed' | 'failed'> {
  try {
    return (await syncKeyEnd(env, id, now)) === 'kept' ? 'moved' : 'destroyed';
  } catch (error) {
    logError('key_not_settled', error, { id });
    return 'failed';
  }
}

/** Records that should be readable and had no key at the last reconciliation. */
export async function countMissingKeys(db: D1Database): Promise<number> {
  return (await findTaskRun(db, KEYS_TASK))?.result['missing'] ?? 0;
}

/** A listing of KV may be up to a minute old, so each key is asked for by name before it counts as missing. */
async function countMissing(env: Env, seen: ReadonlySet<string>, now: Date): Promise<number> {
  const keepers = await listKeepers(env.DB, {
    endsAfter: later(now, { ms: SHORTEST_EXPIRY_MS }),
    createdBefore: later(now, { minutes: -KEY_SPREAD_MINUTES }),
  });
  let missing = 0;
  for (const { id } of keepers.filter((row) => !seen.has(row.id))) {
    if ((await env.VAULT.get(id, 'arrayBuffer')) === null) missing += 1;
  }
  return missing;
}
