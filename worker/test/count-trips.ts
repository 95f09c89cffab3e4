import { wrapDatabase } from './wrap-database.ts';

/** Longer than what lies between two requests that a page sends side by side, such as a signature to check. */
const CALL_MS = 5;

/**
 * The environment with a database and a key store that count sequential trips: how many of their calls lie one after the other.
 * Calls that run side by side count once.
 */
export function countTrips(env: Env): { env: Env; trips: () => number } {
  let done = 0;
  async function trip<T>(call: () => Promise<T>): Promise<T> {
    const depth = done + 1;
    try {
      const answer = await call();
      await scheduler.wait(CALL_MS);
      return answer;
    } finally {
      done = Math.max(done, depth);
    }
  }
  const { VAULT: kv } = env;
  const VAULT = {
    get: (...args: [string, 'arrayBuffer']) => trip(() => kv.get(...args)),
    getWithMetadata: (...args: [string, 'arrayBuffer']) => trip(() => kv.getWithMetadata(...args)),
    put: (...args: Parameters<KVNamespace['put']>) => trip(() => kv.put(...args)),
    delete: (name: string) => trip(() => kv.delete(name)),
  } as unknown as KVNamespace;
  return { env: { ...env, DB: wrapDatabase(env.DB, trip), VAULT }, trips: () => done };
}
