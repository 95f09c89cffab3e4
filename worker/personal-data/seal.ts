import * as v from 'valibot';
import { type Person, PersonSchema } from '../../shared/forms/person.ts';
import { fromWebhookSecret } from '../base/encoding.ts';
import { SettingError } from '../base/failures.ts';

const IV_BYTES = 12;
const KEY_ID_BYTES = 8;
const DATA_KEY_BYTES = 32;
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const wrappingKeys = new Map<string, Promise<WrappingKey>>();

/** Bytes that own their memory, as WebCrypto and D1 want them. */
export type Bytes = Uint8Array<ArrayBuffer>;

interface WrappingKey {
  id: Bytes;
  key: CryptoKey;
}

/** A fresh data key. */
export function makeDataKey(): Bytes {
  return crypto.getRandomValues(new Uint8Array(DATA_KEY_BYTES));
}

/** A person's details as AES-256-GCM bytes, with the record id as additional data. */
export function encryptPerson(dataKey: Bytes, id: string, person: Person): Promise<Bytes> {
  return encryptBytes(dataKey, id, encoder.encode(JSON.stringify(person)));
}

/** Bytes as AES-256-GCM: IV, then ciphertext. They open only with the same additional data. */
export async function encryptBytes(dataKey: Bytes, bound: string, plain: Bytes): Promise<Bytes> {
  const key = await importDataKey(dataKey, 'encrypt');
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  return concat(iv, await crypto.subtle.encrypt(bind(iv, bound), key, plain));
}

/** The person in sealed bytes. Throws where they were sealed for another record or under another key, or hold no person. */
export async function decryptPerson(
  dataKey: Bytes,
  id: string,
  sealed: Uint8Array,
): Promise<Person> {
  const plain = await decryptBytes(dataKey, id, sealed);
  return v.parse(PersonSchema, JSON.parse(decoder.decode(plain)));
}

/** What `encryptBytes` sealed. Throws under another key or with other additional data. */
export async function decryptBytes(
  dataKey: Bytes,
  bound: string,
  sealed: Uint8Array,
): Promise<Bytes> {
  const key = await importDataKey(dataKey, 'decrypt');
  const iv = sealed.slice(0, IV_BYTES);
  const cipher = sealed.slice(IV_BYTES);
  return new Uint8Array(await crypto.subtle.decrypt(bind(iv, bound), key, cipher));
}

/** A data key, or what has no key of its own, wrapped under the newest key of the keyring: id of that key (8 bytes), IV (12), ciphertext (48 of a data key). */
export async function wrapDataKey(
  keyring: readonly string[],
  id: string,
  dataKey: Bytes,
): Promise<Bytes> {
  const wrapping = await importWrappingKey(keyring[0] ?? '');
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  return concat(wrapping.id, iv, await crypto.subtle.encrypt(bind(iv, id), wrapping.key, dataKey));
}

/** What was wrapped, unwrapped by the key of the keyring that wrapped it; throws when the keyring no longer holds that key. */
export async function unwrapDataKey(
  keyring: readonly string[],
  id: string,
  wrapped: ArrayBuffer | Uint8Array,
): Promise<Bytes> {
  const bytes = new Uint8Array(wrapped);
  const known = await Promise.all(keyring.map(importWrappingKey));
  const match = known.find((entry) => entry.id.every((byte, index) => byte === bytes[index]));
  if (match === undefined)
    throw new SettingError('A data key is wrapped under a key that SEAL_KEYS no longer holds');
  const iv = bytes.slice(KEY_ID_BYTES, KEY_ID_BYTES + IV_BYTES);
  const rest = bytes.slice(KEY_ID_BYTES + IV_BYTES);
  return new Uint8Array(await crypto.subtle.decrypt(bind(iv, id), match.key, rest));
}

function bind(iv: Uint8Array, bound: string): AesGcmParams {
  return { name: 'AES-GCM', iv: iv as Bytes, additionalData: encoder.encode(bound) };
}

function importWrappingKey(secret: string): Promise<WrappingKey> {
  const known = wrappingKeys.get(secret);
  if (known !== undefined) return known;
  const imported = deriveWrappingKey(fromWebhookSecret(secret));
  wrappingKeys.set(secret, imported);
  return imported;
}

async function deriveWrappingKey(raw: Bytes): Promise<WrappingKey> {
  const [digest, key] = await Promise.all([
    crypto.subtle.digest('SHA-256', raw),
    crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']),
  ]);
  return { id: new Uint8Array(digest).slice(0, KEY_ID_BYTES), key };
}

function importDataKey(raw: Bytes, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, [use]);
}

function concat(...parts: readonly (Uint8Array | ArrayBuffer)[]): Bytes {
  const views = parts.map((part) => new Uint8Array(part));
  const whole = new Uint8Array(views.reduce((length, view) => length + view.length, 0));
  views.reduce((offset, view) => {
    whole.set(view, offset);
    return offset + view.length;
  }, 0);
  return whole;
}
