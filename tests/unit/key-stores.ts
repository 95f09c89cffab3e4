import { retention } from '../../shared/privacy/register.ts';
import { later } from '../../shared/time.ts';
import { NOW } from '../../worker/test/fixtures.ts';
import { isRead } from './interleave.ts';
import { noPhotos } from './no-photos.ts';
import { isLive, asKv, type MemoryKv, type StoredKey } from './memory-kv.ts';
import { asD1, type Gate, makeDatabase, openGate } from './sqlite-d1.ts';

/** How far ahead a near end is: a little more than what counts as reached. */
export const NEAR_MS = 120_000;
/** When a task runs that comes after a near end. */
export const LATE = later(NOW, { minutes: 5 });

const key = (name: string) => `whsec_${btoa(name.padEnd(32, '.'))}`;

const database = makeDatabase();
const keyStore: MemoryKv = { entries: new Map(), now: NOW, writes: new Map() };
let start = new Map<string, StoredKey>();
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
/** The rows as last read; null once something has been written. */
let seenRows: Row[] | null = null;

/** A record's row as far as its key is concerned, whichever table it is in. */
export interface Row {
  id: string;
  version: number;
  state: string;
  key_ends_at: string;
  erased_at: string | null;
  size: number;
  /** Whether an event says that it was erased. */
  gone: number;
}

const COLUMNS = `id, version, state, key_ends_at, erased_at, length(sealed) as size, created_at,
  exists (select 1 from events where subject_id = records.id and type in ('erase', 'end')) as gone`;
const readRows = database.prepare(
  `select ${COLUMNS} from bookings as records union all select ${COLUMNS} from messages as records order by created_at`,
);
const readAsked = database.prepare(
  `select count(*) as n from rights_requests where state = 'open'`,
);

/** Bindings of the two stores, every call of which goes through a gate. */
export function makeEnv(gate: Gate = openGate): Env {
  const keys = { SEAL_KEYS: key('seal'), LINK_KEYS: key('link'), STAFF_KEYS: key('staff') };
  const watched: Gate = (label, effect, outdated) => {
    const run = () => {
      if (!isRead(label)) seenRows = null;
      return effect();
    };
    return gate(label, run, outdated);
  };
  return {
    ...keys,
    DB: asD1(database, watched),
    VAULT: asKv(keyStore, watched),
    PHOTOS: noPhotos,
  } as unknown as Env;
}

/** Empties both stores. */
export function emptyStores(): void {
  if (database.isTransaction) database.exec('rollback');
  database.exec('begin');
  keyStore.entries = new Map();
  keyStore.now = NOW;
}

/** Saves what the stores hold now, so that every run can begin from it. */
export function saveStart(): void {
  start = new Map(keyStore.entries);
  keyStore.outdated = start;
  database.exec('savepoint run');
}

/** Brings back what was saved. */
export function restoreStart(): void {
  database.exec('rollback to run');
  seenRows = null;
  keyStore.entries = new Map(start);
  setTime(NOW);
}

/**
 * Gives a record a near end, in its row and in the key store. A message also gets an older time of receipt, so that no
 * answer to it moves its end.
 */
export function bringEndNear(id: string): void {
  const endsAt = later(NOW, { ms: NEAR_MS });
  const came = later(endsAt, { days: -retention.messageReceived.period.days });
  for (const [sql, at] of [
    ['update bookings set key_ends_at = ? where id = ?', endsAt],
    ['update messages set key_ends_at = ? where id = ?', endsAt],
    ['update messages set created_at = ? where id = ?', came],
  ] as const)
    database.prepare(sql).run(at.toISOString(), id);
  const entry = keyStore.entries.get(id);
  if (entry === undefined) throw new Error('A record without its key');
  keyStore.entries.set(id, { ...entry, expiration: Math.floor(endsAt.getTime() / 1000) });
}

/** Sets the time that the key store goes by. */
export function setTime(now: Date): void {
  keyStore.now = now;
  keyStore.writes = new Map();
}

/** The time that the key store goes by. */
export function readTime(): Date {
  return keyStore.now;
}

/** Every record. */
export function listRows(): readonly Row[] {
  return (seenRows ??= readRows.all() as unknown as Row[]);
}

/** Every key that has not ended, with its end in seconds. */
export function listLiveKeys(): { id: string; endsAt: number }[] {
  return [...keyStore.entries]
    .filter(([, { expiration }]) => isLive(expiration, keyStore.now))
    .map(([id, { expiration }]) => ({ id, endsAt: expiration }));
}

/** When a record's key ends, in seconds; 0 where there is none. */
export function endOfKey(id: string): number {
  return listLiveKeys().find((entry) => entry.id === id)?.endsAt ?? 0;
}

/** The rows of the database as text. Ids are left out: they are random, and the text must be the same in every replay. */
export function describeDatabase(): string {
  const rows = listRows().map((row) =>
    [row.version, row.state, row.key_ends_at, row.erased_at, row.size].join(),
  );
  return `${rows.join(';')}/${String(readAsked.get()?.['n'])}`;
}

/** The keys and the time of the key store as text, the same in every replay. */
export function describeKeyStore(): string {
  const places = new Map(listRows().map(({ id }, at) => [id, at]));
  const keys = listLiveKeys().map(({ id, endsAt }) => `${places.get(id) ?? '?'}:${endsAt}`);
  const writes = [...(keyStore.writes ?? [])].map(
    ([id, write]) => `${places.get(id) ?? '?'}:${write}`,
  );
  return `${keyStore.now.getTime()}/${keys.toSorted().join()}/${writes.toSorted().join()}`;
}

/** The answer of a store as text, the same in every replay: random values and sealed bytes are left out. */
export function describeAnswer(answer: unknown, id: string): string {
  return JSON.stringify(answer, (name, value: unknown) => {
    if (name === 'code' || value === undefined) return null;
    if (Array.isArray(value) && typeof value[0] === 'number') return value.length;
    if (typeof value !== 'string' || !UUID.test(value)) return value;
    return value === id ? 'it' : 'another';
  });
}
