import { retention } from '../../shared/privacy/register.ts';
import { later } from '../../shared/time.ts';
import { isRead } from './interleave.ts';
import { isLive, asKv, type MemoryKv, type StoredKey } from './memory-kv.ts';
import { asD1, type Gate, makeDatabase, openGate } from './sqlite-d1.ts';

/** When everything happens that happens at once. */
export const NOW = new Date('2026-11-23T02:00:00.000Z');
/** What is called an end that is near: the shortest that KV takes, and a little. */
export const NEAR_MS = 90_000;
/** When a clock that is late looks at it. */
export const LATE = later(NOW, { minutes: 5 });

const key = (name: string) => `whsec_${btoa(name.padEnd(32, '.'))}`;

const database = makeDatabase();
const vault: MemoryKv = { entries: new Map(), now: NOW };
let begun = new Map<string, StoredKey>();
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
/** The rows until something is written. */
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

/** The stores of the house through a gate. */
export function makeEnv(gate: Gate = openGate): Env {
  const keys = { SEAL_KEYS: key('seal'), LINK_KEYS: key('link') };
  const watched: Gate = (label, effect, outdated) => {
    const run = () => {
      if (!isRead(label)) seenRows = null;
      return effect();
    };
    return gate(label, run, outdated);
  };
  return { ...keys, DB: asD1(database, watched), VAULT: asKv(vault, watched) } as unknown as Env;
}

/** An empty house. */
export function emptyHouse(): void {
  if (database.isTransaction) database.exec('rollback');
  database.exec('begin');
  vault.entries = new Map();
  vault.now = NOW;
}

/** Makes the house as it is now the one that every run begins from. */
export function beginFromHere(): void {
  begun = new Map(vault.entries);
  vault.outdated = begun;
  database.exec('savepoint run');
}

/** The house as every run begins. */
export function beginAgain(): void {
  database.exec('rollback to run');
  seenRows = null;
  vault.entries = new Map(begun);
  vault.now = NOW;
}

/** Gives a record an end that is near, in its row and in the vault; a message came so long ago that no answer keeps it longer. */
export function bringEndNear(id: string): void {
  const endsAt = later(NOW, { ms: NEAR_MS });
  const came = later(endsAt, { days: -retention.messageReceived.period.days });
  for (const [sql, at] of [
    ['update bookings set key_ends_at = ? where id = ?', endsAt],
    ['update messages set key_ends_at = ? where id = ?', endsAt],
    ['update messages set created_at = ? where id = ?', came],
  ] as const)
    database.prepare(sql).run(at.toISOString(), id);
  const entry = vault.entries.get(id);
  if (entry === undefined) throw new Error('A record without its key');
  vault.entries.set(id, { ...entry, expiration: Math.floor(endsAt.getTime() / 1000) });
}

/** Moves the vault's own clock. */
export function setClock(now: Date): void {
  vault.now = now;
}

/** The time by the vault's clock. */
export function readClock(): Date {
  return vault.now;
}

/** Every record. */
export function listRows(): readonly Row[] {
  return (seenRows ??= readRows.all() as unknown as Row[]);
}

/** Every key that has not ended, with its end in seconds. */
export function listLiveKeys(): { id: string; endsAt: number }[] {
  return [...vault.entries]
    .filter(([, { expiration }]) => isLive(expiration, vault.now))
    .map(([id, { expiration }]) => ({ id, endsAt: expiration }));
}

/** When a record's key ends, in seconds; 0 where there is none. */
export function endOfKey(id: string): number {
  return listLiveKeys().find((entry) => entry.id === id)?.endsAt ?? 0;
}

/** The database in words that are the same in every replay: ids are left out, since they are drawn anew. */
export function describeDatabase(): string {
  const rows = listRows().map((row) =>
    [row.version, row.state, row.key_ends_at, row.erased_at, row.size].join(),
  );
  return `${rows.join(';')}/${String(readAsked.get()?.['n'])}`;
}

/** The vault and its clock in words that are the same in every replay. */
export function describeVault(): string {
  const places = new Map(listRows().map(({ id }, at) => [id, at]));
  const keys = listLiveKeys().map(({ id, endsAt }) => `${places.get(id) ?? '?'}:${endsAt}`);
  return `${vault.now.getTime()}/${keys.toSorted().join()}`;
}

/** What a store answered, in words that are the same in every replay: what is drawn anew and what is sealed are left out. */
export function describeAnswer(answer: unknown, id: string): string {
  return JSON.stringify(answer, (name, value: unknown) => {
    if (name === 'code' || value === undefined) return null;
    if (Array.isArray(value) && typeof value[0] === 'number') return value.length;
    if (typeof value !== 'string' || !UUID.test(value)) return value;
    return value === id ? 'it' : 'another';
  });
}
