import type { Person } from '../../shared/forms/person.ts';
import { later } from '../../shared/time.ts';
import { classifyFailure } from '../base/failures.ts';
import { readKeyring } from '../base/keyrings.ts';
import { pause } from '../base/timeout.ts';
import {
  type Bytes,
  decryptBytes,
  decryptPerson,
  encryptBytes,
  encryptPerson,
  makeDataKey,
  unwrapDataKey,
  wrapDataKey,
} from './seal.ts';

/** A record's details, or absent: its key has ended, was deleted, or is not seen here yet. */
type Opened = { state: 'open'; person: Person } | { state: 'absent' };

/** The key store: the KV namespace `VAULT` holds one wrapped data key a record, which KV expires at the end of its retention. */
interface KeyStore {
  kv: KVNamespace;
  /** Wrapping keys, newest first, from `SEAL_KEYS` (space-separated `whsec_…` of 32 bytes). */
  keys: readonly string[];
}

/**
 * Metadata of a key, by which staff can find a request whose row was lost; no personal data. KV does not tell a key's expiry
 * where it gives its value, so the note says it too.
 */
export interface KeyNote {
  code: string;
  /** When the request was sent, UTC ISO. */
  at: string;
  /** The key's expiry in seconds; absent in older notes. */
  endsAt?: number;
}

/** What the note of a subscriber's key has in place of a code: it is no request that staff could call about. */
export const SIGN_UP_CODE = '';

/** A key as a listing shows it. */
export interface KeyEntry {
  id: string;
  endsAtSeconds: number | null;
  note: KeyNote | null;
}

/** Names of the keys of a day by which networks are hashed. They belong to no record, so no listing has them. */
export const NETWORK_KEY_PREFIX = 'network/';

/** KV refuses an expiry less than 60 s ahead, counted from when the put arrives; an end as near as this counts as reached. */
export const SHORTEST_EXPIRY_MS = 90_000;
/** KV takes one write a second of each key: https://developers.cloudflare.com/kv/platform/limits/. */
export const WRITE_AGAIN_MS = 1_100;
/**
 * Minutes in which a new key may not be seen everywhere yet, so that its absence says nothing. KV itself takes about a minute:
 * https://developers.cloudflare.com/kv/concepts/how-kv-works/#consistency.
 */
export const KEY_SPREAD_MINUTES = 10;

/** How often a change that came in between is followed: the record is read again and the step repeated. */
export const CHANGE_ROUNDS = 4;

/** The key store of an environment. Throws where a wrapping key is missing or too short. */
export function openKeyStore(env: { VAULT: KVNamespace; SEAL_KEYS: string }): KeyStore {
  return { kv: env.VAULT, keys: readKeyring('SEAL_KEYS', env.SEAL_KEYS) };
}

/**
 * Seals a person's details under a fresh data key and puts the wrapped key into KV until `endsAt`. The bytes returned are
 * for D1. Throws when KV does not take the key, and nothing may be stored then.
 */
export async function sealPerson(
  keyStore: KeyStore,
  record: { id: string; code: string; createdAt: Date; endsAt: Date },
  person: Person,
): Promise<Bytes> {
  const dataKey = makeDataKey();
  const expiration = toKeySeconds(record.endsAt);
  const note: KeyNote = {
    code: record.code,
    at: record.createdAt.toISOString(),
    endsAt: expiration,
  };
  const wrapped = await wrapDataKey(keyStore.keys, record.id, dataKey);
  await keyStore.kv.put(record.id, wrapped, { expiration, metadata: note });
  return encryptPerson(dataKey, record.id, person);
}

/** Seals changed details under the record's existing key; null where that key has ended. */
export async function resealPerson(
  keyStore: KeyStore,
  id: string,
  person: Person,
): Promise<Bytes | null> {
  const dataKey = await findDataKey(keyStore, id);
  return dataKey === null ? null : encryptPerson(dataKey, id, person);
}

/** A person's details, or absent where there is no key or nothing sealed; throws when KV does not answer. */
export async function openPerson(
  keyStore: KeyStore,
  id: string,
  sealed: Uint8Array,
): Promise<Opened> {
  if (sealed.length === 0) return { state: 'absent' };
  const dataKey = await findDataKey(keyStore, id);
  if (dataKey === null) return { state: 'absent' };
  return { state: 'open', person: await decryptPerson(dataKey, id, sealed) };
}

/** Seals bytes of a record under its data key and a name of their own; null where that key has ended. */
export async function sealBytes(
  keyStore: KeyStore,
  { id, name }: { id: string; name: string },
  plain: Bytes,
): Promise<Bytes | null> {
  const dataKey = await findDataKey(keyStore, id);
  return dataKey === null ? null : encryptBytes(dataKey, name, plain);
}

/** What `sealBytes` sealed, all under one look at the key store; null where the record's key has ended. */
export async function openBytes(
  keyStore: KeyStore,
  id: string,
  sealed: readonly { name: string; bytes: Uint8Array }[],
): Promise<Bytes[] | null> {
  const dataKey = await findDataKey(keyStore, id);
  if (dataKey === null) return null;
  return Promise.all(sealed.map(({ name, bytes }) => decryptBytes(dataKey, name, bytes)));
}

/**
 * Gives a record's key another end, or at least this one where `laterIsFine`. An end that counts as reached deletes the key.
 * Returns whether it was written or had that end already, or that there is no key afterwards. Who wrote it reads `erased_at`.
 */
export function moveKeyEnd(
  keyStore: KeyStore,
  record: KeyMove,
  now: Date,
): Promise<'written' | 'right' | 'gone'> {
  // Whoever has just written the key may have given it this end, so it is read again too.
  return writeKey(() => tryMoveKeyEnd(keyStore, record, now));
}

interface KeyMove {
  id: string;
  endsAt: Date;
  laterIsFine?: boolean;
}

async function tryMoveKeyEnd(
  keyStore: KeyStore,
  { id, endsAt, laterIsFine = false }: KeyMove,
  now: Date,
): Promise<'written' | 'right' | 'gone'> {
  const { value, metadata } = await keyStore.kv.getWithMetadata<KeyNote>(id, 'arrayBuffer');
  if (value === null) return 'gone';
  if (isReached(endsAt, now)) {
    await keyStore.kv.delete(id);
    return 'gone';
  }
  const expiration = toKeySeconds(endsAt);
  const stored = metadata?.endsAt ?? 0;
  if (stored === expiration || (laterIsFine && stored > expiration)) return 'right';
  const note = metadata === null ? null : { ...metadata, endsAt: expiration };
  await keyStore.kv.put(id, value, { expiration, metadata: note });
  return 'written';
}

/** Deletes a record's key, after which its details are unreadable, in copies of the database too. */
export async function destroyKey(keyStore: KeyStore, id: string): Promise<void> {
  await writeKey(() => keyStore.kv.delete(id));
}

/** Writes a key, again after a second where KV has just taken another write of it. */
async function writeKey<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (classifyFailure(error) !== 'kv-429') throw error;
    await pause(WRITE_AGAIN_MS);
    return write();
  }
}

/** All keys of records, in pages of up to a thousand. */
export async function* listKeys(keyStore: KeyStore): AsyncGenerator<KeyEntry[]> {
  let cursor: string | null = null;
  do {
    const page: KVNamespaceListResult<KeyNote> = await keyStore.kv.list<KeyNote>({ cursor });
    yield readKeyEntries(page.keys);
    cursor = page.list_complete ? null : page.cursor;
  } while (cursor !== null);
}

/** The keys of records in a listing, as KV and wrangler give it. */
export function readKeyEntries(
  listed: readonly { name: string; expiration?: number; metadata?: KeyNote }[],
): KeyEntry[] {
  return listed
    .filter(({ name }) => !name.startsWith(NETWORK_KEY_PREFIX))
    .map(({ name, expiration, metadata }) => ({
      id: name,
      endsAtSeconds: expiration ?? null,
      note: metadata ?? null,
    }));
}

/** Whether an end has come, or is so near that KV cannot keep it. */
export function isReached(endsAt: Date, now: Date): boolean {
  return endsAt.getTime() - now.getTime() < SHORTEST_EXPIRY_MS;
}

/** Whether a record is so young that an absent key says nothing yet. */
export function isKeySpreading(createdAt: Date, now: Date): boolean {
  return now < later(createdAt, { minutes: KEY_SPREAD_MINUTES });
}

/** An end as KV keeps it: whole seconds. */
export function toKeySeconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}

async function findDataKey(keyStore: KeyStore, id: string): Promise<Bytes | null> {
  const wrapped = await keyStore.kv.get(id, 'arrayBuffer');
  return wrapped === null ? null : unwrapDataKey(keyStore.keys, id, wrapped);
}
