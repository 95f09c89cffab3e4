import { later } from '../../shared/time.ts';
import { destroyErasedKeys, reconcileKeys } from '../reconcile-keys.ts';
import { runHourly } from './hourly.ts';

/** Minutes in which the key of something just erased is destroyed again each minute; KV takes that long to agree everywhere. */
const ERASED_MINUTES = 5;

/** Destroys again what was just erased, and once an hour brings all keys and rows together. */
export async function keepKeys(env: Env, now: Date): Promise<void> {
  await destroyErasedKeys(env, now, later(now, { minutes: -ERASED_MINUTES }));
  await runHourly(env, { task: 'keys', now }, async () => {
    const again = await destroyErasedKeys(env, now);
    return { ...(await reconcileKeys(env, now)), again };
  });
}
