/** Milliseconds within which KV refuses a second write of one key. */
const WRITE_EVERY_MS = 1_000;

/** The key store as the platform runs it: a second write of one key within a second is refused. The local one takes any. */
export function limitWrites(kv: KVNamespace, readMs: () => number): KVNamespace {
  const written = new Map<string, number>();
  const limit = (name: string, key: string) => {
    const now = readMs();
    if (now - (written.get(key) ?? -Infinity) < WRITE_EVERY_MS) {
      throw new Error(`KV ${name} failed: 429 Too Many Requests`);
    }
    written.set(key, now);
  };
  const calls = {
    put: async (key: string, value: ArrayBuffer, options?: KVNamespacePutOptions) => {
      limit('PUT', key);
      return kv.put(key, value, options);
    },
    delete: async (key: string) => {
      limit('DELETE', key);
      return kv.delete(key);
    },
  };
  return withCalls(kv, calls);
}

/** How a write of the database goes: well, or without an answer before or after it was carried out. */
export type WriteMode = 'well' | 'before' | 'after';

/** D1's words for failures after which a write may be sent again, see worker/base/failures.ts. */
const TRANSIENT_TEXTS = [
  'D1_ERROR: Network connection lost.',
  'D1_ERROR: D1 DB reset because its code was updated.',
  'D1_ERROR: Internal error in D1 DB storage caused object to be reset.',
] as const;

/** The database as it is now and then: some batches get no answer, though they may have been carried out. */
export function failBatches(db: D1Database, nextMode: () => WriteMode): D1Database {
  let failures = 0;
  const batch = async (statements: D1PreparedStatement[]) => {
    const mode = nextMode();
    const results = mode === 'before' ? [] : await db.batch(statements);
    if (mode === 'well') return results;
    failures += 1;
    throw new Error(TRANSIENT_TEXTS[failures % TRANSIENT_TEXTS.length]);
  };
  return withCalls(db, { batch });
}

/** An environment whose key store is as strict as the platform's, and whose database fails one batch in so many. */
export function withStrictStores<T extends { DB: D1Database; VAULT: KVNamespace }>(
  env: T,
  oneIn: number,
): T {
  let batches = 0;
  const nextMode = (): WriteMode => {
    batches += 1;
    if (batches % oneIn !== 0) return 'well';
    return (batches / oneIn) % 2 === 0 ? 'before' : 'after';
  };
  return {
    ...env,
    DB: failBatches(env.DB, nextMode),
    VAULT: limitWrites(env.VAULT, () => Date.now()),
  };
}

/** A binding with some of its calls replaced. */
function withCalls<T extends object>(binding: T, calls: object): T {
  return new Proxy(binding, {
    get(target, name) {
      const own: unknown = Reflect.get(calls, name);
      if (own !== undefined) return own;
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}
