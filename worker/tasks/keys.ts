import { later } from '../../shared/time.ts';
import {
  destroyErasedKeys,
  KEYS_TASK,
  reconcileKeys,
} from '../personal-data/key-reconciliation.ts';
import { reconcileAfterRestore } from '../personal-data/after-restore.ts';
import { findRestore, recordRestore, type Restore } from '../store/restores.ts';
import { isKeySpreading } from '../personal-data/key-store.ts';
import { runHourly } from './hourly.ts';

/** Minutes in which the key of something just erased is destroyed again each minute; KV takes that long to agree everywhere. */
const ERASED_MINUTES = 5;

/**
 * Destroys again what was just erased, and once an hour brings all keys and rows together. After a restore the rows follow the
 * keys first: until then no key is moved, since the copy knows less than the key store.
 */
export async function syncKeys(env: Env, now: Date): Promise<void> {
  await destroyErasedKeys(env, now, later(now, { minutes: -ERASED_MINUTES }));
  const restore = await findRestore(env.DB);
  if (restore?.pending === true) {
    if (restore.armed) await followRestore(env, restore, now);
    return;
  }
  await runHourly(env, { task: KEYS_TASK, now }, async () => {
    const again = await destroyErasedKeys(env, now);
    return { ...(await reconcileKeys(env, now)), again };
  });
}

/** Done once nothing is left and the key store has had time to agree everywhere. */
async function followRestore(env: Env, restore: Restore, now: Date): Promise<void> {
  const found = await reconcileAfterRestore(env, { restoredAt: restore.at, now });
  const before = restore.counts;
  const counts = {
    erased: found.erased + (before['erased'] ?? 0),
    shortened: found.shortened + (before['shortened'] ?? 0),
    lost: found.lost,
  };
  const pending = found.more + found.failed > 0 || isKeySpreading(restore.at, now);
  await recordRestore(env.DB, { ...restore, counts, pending }).run();
}
