import { fromBase64Url, fromWebhookSecret, toBase64Url } from '../base/encoding.ts';
import { type Keyring, readKeyring } from '../base/keyrings.ts';

/** Length of a signature. 128 bits cannot be guessed. */
const SIGNATURE_BYTES = 16;
/** The same as base64url. */
export const SIGNATURE_LENGTH = 22;

const encoder = new TextEncoder();
const importedKeys = new Map<string, Promise<CryptoKey>>();

/** The keys that sign links, newest first: those of `LINK_KEYS` for customers, those of `STAFF_KEYS` for staff. */
export type LinkKeys = Keyring;

/** The keys that sign what customers hold, and the hashes by which a repeat is noticed. */
export function readLinkKeys(text: string): LinkKeys {
  return readKeyring('LINK_KEYS', text);
}

/** The keys that sign what staff hold. */
export function readStaffKeys(text: string): LinkKeys {
  return readKeyring('STAFF_KEYS', text);
}

/** The signature of a claim, base64url, 22 characters. The parts of the claim must not contain `|`. */
export async function sign(keys: LinkKeys, ...claim: readonly string[]): Promise<string> {
  return toBase64Url(await mac(keys[0] ?? '', claim));
}

/** Whether any of the keys made this signature over the claim. All tokens are compared here, in constant time. */
export async function isSigned(
  keys: LinkKeys,
  signature: string,
  ...claim: readonly string[]
): Promise<boolean> {
  const given = fromBase64Url(signature);
  if (given?.length !== SIGNATURE_BYTES) return false;
  const matches = await Promise.all(
    keys.map(async (key) => crypto.subtle.timingSafeEqual(await mac(key, claim), given)),
  );
  return matches.includes(true);
}

/** `newest` is what to store. `live` has the hash under every key, to find what was stored under an older one. */
export interface KeyedHash {
  newest: string;
  live: readonly string[];
}

/** A keyed hash of personal data, hex, to find repeats. It cannot be checked against a guess without the key. */
export async function keyedHash(keys: LinkKeys, purpose: string, text: string): Promise<KeyedHash> {
  const macs = await Promise.all(keys.map((key) => mac(key, ['hash', purpose, text])));
  const live = macs.map(toHex);
  return { newest: live[0] ?? '', live };
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function mac(key: string, claim: readonly string[]): Promise<Uint8Array> {
  const signature = await crypto.subtle.sign(
    'HMAC',
    await importKey(key),
    encoder.encode(claim.join('|')),
  );
  return new Uint8Array(signature).slice(0, SIGNATURE_BYTES);
}

function importKey(secret: string): Promise<CryptoKey> {
  const known = importedKeys.get(secret);
  if (known !== undefined) return known;
  const imported = crypto.subtle.importKey(
    'raw',
    fromWebhookSecret(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  importedKeys.set(secret, imported);
  return imported;
}

export interface Signing {
  keys: LinkKeys;
  now: Date;
}

/** A token that expires, `<expiry>.<signature>`, bound to the claim. */
export async function signUntil(
  keys: LinkKeys,
  endsAt: Date,
  claim: readonly string[],
): Promise<string> {
  const end = writeInstant(endsAt);
  return `${end}.${await sign(keys, ...claim, end)}`;
}

/** When an expiring token ends, or null where it is not genuine for its claim. The end may have passed. */
export async function readExpiry(
  keys: LinkKeys,
  token: string,
  claim: readonly string[],
): Promise<Date | null> {
  const [end = '', signature = '', ...rest] = token.split('.');
  const isGenuine = rest.length === 0 && (await isSigned(keys, signature, ...claim, end));
  return isGenuine ? readInstant(end) : null;
}

/** Whether an expiring token is genuine for its claim and has not expired. */
export async function isUnexpired(
  { keys, now }: Signing,
  token: string,
  claim: readonly string[],
): Promise<boolean> {
  const end = await readExpiry(keys, token, claim);
  return end !== null && now <= end;
}

/** An instant as tokens carry it: milliseconds in base 36. */
export function writeInstant(instant: Date): string {
  return instant.getTime().toString(36);
}

/** Reads what `writeInstant` wrote; an invalid date for anything else. */
export function readInstant(text: string): Date {
  return new Date(Number.parseInt(text, 36));
}
