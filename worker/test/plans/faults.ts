import { env } from 'cloudflare:workers';
import { wrapDatabase } from '../wrap-database.ts';
import type { Fault } from './steps.ts';

const errors = {
  database: 'D1_ERROR: Network connection lost.',
  keys: 'KV PUT failed: 500 Internal Server Error',
} as const;

/** The environment, one of whose stores fails at one call; where the process dies, at every call after it too, of both stores. */
export function failingEnv(fault: Fault): Env {
  let calls = 0;
  let isDead = false;
  const around =
    (store: Fault['store']) =>
    async <Result>(call: () => Promise<Result>): Promise<Result> => {
      if (isDead) throw new Error(errors[store]);
      if (store === fault.store) calls += 1;
      if (store !== fault.store || calls !== fault.at) return call();
      if (fault.isAfter) await call();
      isDead = fault.dies;
      throw new Error(errors[store]);
    };
  const keys = around('keys');
  const VAULT = new Proxy(env.VAULT, {
    get: (store, name) => {
      const method = store[name as keyof KVNamespace] as (...values: unknown[]) => Promise<unknown>;
      return (...values: unknown[]) => keys(() => Reflect.apply(method, store, values));
    },
  });
  return { ...env, VAULT, DB: wrapDatabase(env.DB, around('database')) };
}
