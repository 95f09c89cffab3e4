/** Milliseconds within which KV refuses a second write of one key. */
const WRITE_EVERY_MS = 1_000;

/** The key store as the platform runs it: a second write of one key within a second is refused. The local one takes any. */
export function limitWrites(kv: KVNamespace, readMs: () => number): KVNamespace {
  const written = new Map<string, number>();
  const limited =
    <Rest extends unknown[]>(write: (key: string, ...rest: Rest) => Promise<void>, name: string) =>
    async (key: string, ...rest: Rest) => {
      const now = readMs();
      if (now - (written.get(key) ?? -Infinity) < WRITE_EVERY_MS) {
        throw new Error(`KV ${name} failed: 429 Too Many Requests`);
      }
      written.set(key, now);
      return write(key, ...rest);
    };
  const calls = {
    put: limited(kv.put.bind(kv) as (key: string, ...rest: unknown[]) => Promise<void>, 'PUT'),
    delete: limited(kv.delete.bind(kv) as (key: string) => Promise<void>, 'DELETE'),
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
