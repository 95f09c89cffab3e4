import { readKeyring } from '../base/keyrings.ts';
import { type KeyedHash, keyedHash, type LinkKeys } from '../signing/tokens.ts';

/** Prime modulus: one wrong digit or two swapped neighbours give another bucket. */
const BUCKETS = 9973;

/**
 * The phone number modulo 9973, one of about 10,000 buckets; `+84912345678` is in bucket "9672". The keyed hash of the
 * bucket is stored to notice repeats. Tens of thousands of numbers share a bucket, so trying all numbers, even with the
 * key, does not identify the number.
 */
export function phoneBucket(e164: string): string {
  return String(Number(e164.replace('+', '')) % BUCKETS);
}

/** The keyed hash of an e-mail address, in which capitals make no difference. */
export function hashEmail(keys: LinkKeys, address: string): Promise<KeyedHash> {
  return keyedHash(keys, 'email', address.toLowerCase());
}

/**
 * The keyed hash of a number's bucket by which staff find its bookings, kept as long as the details. Its key is that of the
 * sealing, so that nobody who only signs links can look numbers up.
 */
export function hashForSearch(env: Pick<Env, 'SEAL_KEYS'>, e164: string): Promise<KeyedHash> {
  return keyedHash(readKeyring('SEAL_KEYS', env.SEAL_KEYS), 'search', phoneBucket(e164));
}
