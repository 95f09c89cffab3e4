import {
  destroyErasedKeys,
  KEYS_TASK,
  reconcileKeys,
} from '../personal-data/key-reconciliation.ts';
import { reconcileAfterRestore } from '../personal-data/after-restore.ts';
import { findRestore, recordRestore, type Restore } from '../store/restores.ts';
import { isKeySpreading } from '../personal-data/key-store.ts';
import { runHourly } from './hourly.ts';

/**
 * Deletes the keys of what was erased once more, and compares all keys with the rows once an hour. After a restore it is the other
 * way round: the rows follow the keys, because the restored copy is older than the key store. Until that is done no key changes.
 */
export async function syncKeys(env: Env, now: Date): Promise<void> {
  await destroyErasedKeys(env, now);
  const restore = await findRestore(env.DB);
  if (restore?.pending === true) {
    if (restore.armed) await followRestore(env, restore, now);
    return;
  }
  const work = async () => ({ ...(await reconcileKeys(env, now)) });
  await runHourly(env, { task: KEYS_TASK, now }, work);
}

/** It is done once nothing is left and KV has had time to agree everywhere. */
async function followRestore(env: Env, restore: Restore, now: Date): Promise<void> {
  const found = await reconcileAfterRestore(env, { restore, now });
  const before = restore.counts;
  const counts = {
    erased: found.erased + (before['erased'] ?? 0),
    shortened: found.shortened + (before['shortened'] ?? 0),
    lost: found.lost,
  };
  const pending = found.more + found.failed > 0 || isKeySpreading(restore.at, now);
  await recordRestore(env.DB, { ...restore, counts, pending }).run();
}
