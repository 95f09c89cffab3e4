import type { Person } from '../shared/person.ts';
import { fromWebhookSecret } from './encoding.ts';

/** A record's sealed details cannot be opened: the key has ended, or the bytes are another record's. */
export type Opened = { state: 'open'; person: Person } | { state: 'absent' };

/** Where wrapped data keys live: `VAULT`, one entry a record, expiring at the retention end. */
export interface Vault {
  kv: KVNamespace;
  /** Wrapping keys, newest first, from `SEAL_KEYS` (space-separated `whsec_…` of 32 bytes). */
  keys: readonly string[];
}

/** The platform refuses an expiry less than 60 s ahead; such an end counts as reached. */
export const SHORTEST_EXPIRY_MS = 60_000;

const IV_BYTES = 12;
const KEY_ID_BYTES = 8;
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const wrappingKeys = new Map<string, Promise<{ id: Uint8Array; key: CryptoKey }>>();

/** The vault of an environment; throws when no wrapping key is set. */
export function openVault(env: { VAULT: KVNamespace; SEAL_KEYS: string }): Vault {
  const keys = env.SEAL_KEYS.split(/\s+/).filter((key) => key !== '');
  if (keys.length === 0) throw new Error('SEAL_KEYS is empty');
  return { kv: env.VAULT, keys };
}

/**
 * Seals a person's details under a fresh data key and puts the wrapped key into KV until `endsAt`.
 * The bytes returned are for D1: IV, then AES-256-GCM with the record id as additional data.
 * Throws when KV does not take the key, and nothing may be stored then.
 */
export async function sealPerson(
  vault: Vault,
  record: { id: string; endsAt: Date },
  person: Person,
): Promise<Uint8Array<ArrayBuffer>> {
  const rawKey = crypto.getRandomValues(new Uint8Array(32));
  const wrapped = await wrapKey(vault, record.id, rawKey);
  await vault.kv.put(record.id, wrapped, { expiration: toSeconds(record.endsAt) });
  return encryptPerson(rawKey, record.id, person);
}

/** Seals changed details under the record's existing key; null where that key has ended. */
export async function resealPerson(
  vault: Vault,
  id: string,
  person: Person,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const rawKey = await findKey(vault, id);
  return rawKey === null ? null : encryptPerson(rawKey, id, person);
}

/** A person's details, or absent once the key has ended; throws when KV does not answer. */
export async function openPerson(vault: Vault, id: string, sealed: Uint8Array): Promise<Opened> {
  if (sealed.length === 0) return { state: 'absent' };
  const rawKey = await findKey(vault, id);
  if (rawKey === null) return { state: 'absent' };
  const key = await importDataKey(rawKey, 'decrypt');
  const plain = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: sealed.slice(0, IV_BYTES), additionalData: encoder.encode(id) },
    key,
    sealed.slice(IV_BYTES),
  );
  return { state: 'open', person: JSON.parse(decoder.decode(plain)) as Person };
}

/** Puts a record's key again with another end; false where there is no key to move. An end within a minute deletes it. */
export async function moveKeyEnd(
  vault: Vault,
  record: { id: string; endsAt: Date },
  now: Date,
): Promise<boolean> {
  const wrapped = await vault.kv.get(record.id, 'arrayBuffer');
  if (wrapped === null) return false;
  if (record.endsAt.getTime() - now.getTime() < SHORTEST_EXPIRY_MS) {
    await vault.kv.delete(record.id);
    return false;
  }
  await vault.kv.put(record.id, wrapped, { expiration: toSeconds(record.endsAt) });
  return true;
}

/** Deletes a record's key: from then on its details are unreadable everywhere, copies included. */
export async function destroyKey(vault: Vault, id: string): Promise<void> {
  await vault.kv.delete(id);
}

async function encryptPerson(
  rawKey: Uint8Array<ArrayBuffer>,
  id: string,
  person: Person,
): Promise<Uint8Array<ArrayBuffer>> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const key = await importDataKey(rawKey, 'encrypt');
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: encoder.encode(id) },
    key,
    encoder.encode(JSON.stringify(person)),
  );
  return concat(iv, new Uint8Array(sealed));
}

/** Wrapped key: id of the wrapping key (8 bytes), IV (12), ciphertext (48). */
async function wrapKey(
  vault: Vault,
  id: string,
  rawKey: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const wrapping = await importWrappingKey(vault.keys[0] ?? '');
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const wrapped = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: encoder.encode(id) },
    wrapping.key,
    rawKey,
  );
  return concat(wrapping.id, iv, new Uint8Array(wrapped));
}

async function findKey(vault: Vault, id: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const stored = await vault.kv.get(id, 'arrayBuffer');
  if (stored === null) return null;
  const bytes = new Uint8Array(stored);
  const wrapping = await findWrappingKey(vault, bytes.subarray(0, KEY_ID_BYTES));
  const raw = await crypto.subtle.decrypt(
    {
      name: 'AES-GCM',
      iv: bytes.slice(KEY_ID_BYTES, KEY_ID_BYTES + IV_BYTES),
      additionalData: encoder.encode(id),
    },
    wrapping,
    bytes.slice(KEY_ID_BYTES + IV_BYTES),
  );
  return new Uint8Array(raw);
}

async function findWrappingKey(vault: Vault, keyId: Uint8Array): Promise<CryptoKey> {
  const known = await Promise.all(vault.keys.map(importWrappingKey));
  const match = known.find(({ id }) => id.every((byte, index) => byte === keyId[index]));
  if (match === undefined)
    throw new Error('A data key is wrapped under a key that SEAL_KEYS no longer holds');
  return match.key;
}

function importWrappingKey(secret: string): Promise<{ id: Uint8Array; key: CryptoKey }> {
  const known = wrappingKeys.get(secret);
  if (known !== undefined) return known;
  const imported = deriveWrappingKey(fromWebhookSecret(secret));
  wrappingKeys.set(secret, imported);
  return imported;
}

async function deriveWrappingKey(
  raw: Uint8Array<ArrayBuffer>,
): Promise<{ id: Uint8Array; key: CryptoKey }> {
  const [digest, key] = await Promise.all([
    crypto.subtle.digest('SHA-256', raw),
    crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']),
  ]);
  return { id: new Uint8Array(digest).slice(0, KEY_ID_BYTES), key };
}

function importDataKey(
  raw: Uint8Array<ArrayBuffer>,
  use: 'encrypt' | 'decrypt',
): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, [use]);
}

function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  parts.reduce((offset, part) => {
    whole.set(part, offset);
    return offset + part.length;
  }, 0);
  return whole;
}

function toSeconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}
