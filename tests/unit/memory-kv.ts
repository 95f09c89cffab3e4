import { type Gate, openGate } from './sqlite-d1.ts';

/** What a memory KV holds under a name. */
export interface StoredKey {
  value: ArrayBuffer;
  /** Seconds since 1970. */
  expiration: number;
  metadata: unknown;
}

/** The entries of a KV namespace in memory, and the time that it goes by. */
export interface MemoryKv {
  entries: Map<string, StoredKey>;
  now: Date;
  /**
   * Keys written within the second, and those of which one write was refused for that. The second write of a key is refused, as
   * on the platform; those after it come later than a second.
   */
  writes?: Map<string, 'written' | 'refused'>;
  /** What a location answers that the newest changes have not reached yet. */
  outdated?: ReadonlyMap<string, StoredKey>;
}

/** Names whose entry has not expired. */
export function liveNames({ entries, now }: MemoryKv): string[] {
  return [...entries].filter(([, { expiration }]) => isLive(expiration, now)).map(([name]) => name);
}

/** The part of KV that the Worker uses, over entries in memory. Entries expire as on the platform; every call goes through the gate. */
export function asKv(memory: MemoryKv, gate: Gate = openGate): KVNamespace {
  const findIn = (entries: ReadonlyMap<string, StoredKey>, name: string) => {
    const entry = entries.get(name);
    return entry !== undefined && isLive(entry.expiration, memory.now) ? entry : undefined;
  };
  const read = <T>(name: string, pick: (entry: StoredKey | undefined) => T) =>
    gate(
      'kv get',
      () => pick(findIn(memory.entries, name)),
      () => pick(findIn(memory.outdated ?? memory.entries, name)),
    );
  const kv = {
    get: (name: string) => read(name, (entry) => entry?.value ?? null),
    getWithMetadata: (name: string) =>
      read(name, (entry) => ({ value: entry?.value ?? null, metadata: entry?.metadata ?? null })),
    put: (
      name: string,
      value: Uint8Array | ArrayBuffer,
      { expiration, metadata }: { expiration: number; metadata: unknown },
    ) =>
      gate('kv put', () => {
        limitWrite(memory, name);
        if (expiration * 1000 < memory.now.getTime() + 60_000 - 999)
          throw new Error('KV PUT failed: 400');
        memory.entries.set(name, { value: toBuffer(value), expiration, metadata });
      }),
    delete: (name: string) =>
      gate('kv delete', () => {
        limitWrite(memory, name);
        memory.entries.delete(name);
      }),
    list: () =>
      gate('kv list', () => ({
        keys: liveNames(memory).map((name) => ({ name, ...memory.entries.get(name) })),
        list_complete: true,
      })),
  };
  return kv as unknown as KVNamespace;
}

function limitWrite({ writes }: MemoryKv, name: string): void {
  const before = writes?.get(name);
  if (before === undefined) writes?.set(name, 'written');
  if (before !== 'written') return;
  writes?.set(name, 'refused');
  throw new Error('KV PUT failed: 429 Too Many Requests');
}

/** Whether an entry with this expiry is still there. */
export function isLive(expiration: number, now: Date): boolean {
  return expiration * 1000 > now.getTime();
}

function toBuffer(value: Uint8Array | ArrayBuffer): ArrayBuffer {
  return new Uint8Array(value instanceof ArrayBuffer ? new Uint8Array(value) : value).buffer;
}
