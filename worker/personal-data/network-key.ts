import { addDays, later, toVietnamDate } from '../../shared/time.ts';
import { toBase64 } from '../base/encoding.ts';
import { isServiceFailure } from '../base/failures.ts';
import { logError } from '../base/log.ts';
import { keyedHash } from '../signing/tokens.ts';
import { NETWORK_KEY_PREFIX, toKeySeconds } from './key-store.ts';

/** Life of a day's key. It is made on the day before, so that it is seen everywhere when its day begins. */
const KEY_HOURS = 48;

/** The key of the day that this isolate last asked for. */
let known: { day: string; key: string } | null = null;

/**
 * The hash of a sender's network by the random key of the Vietnamese day, or null where there is none. When the key has ended,
 * nobody can tell any more which network it was.
 */
export async function hashNetwork(
  kv: KVNamespace,
  network: string | null,
  now: Date,
): Promise<string | null> {
  if (network === null) return null;
  const key = await readKey(kv, toVietnamDate(now), now);
  return (await keyedHash([key], 'network', network)).newest;
}

/** The key of a day. Of requests that find none at the same time, one makes it for all. */
async function readKey(kv: KVNamespace, day: string, now: Date): Promise<string> {
  if (known?.day === day) return known.key;
  const stored = await kv.get(nameOf(day));
  if (known?.day === day) return known.key;
  const key = stored ?? drawKey();
  known = { day, key };
  if (stored === null) await keepKey(kv, { day, key }, now);
  return key;
}

/** Makes the key of the next day where there is none yet. */
export async function prepareNetworkKey(kv: KVNamespace, now: Date): Promise<void> {
  const tomorrow = addDays(toVietnamDate(now), 1);
  if ((await kv.get(nameOf(tomorrow))) !== null) return;
  await keepKey(kv, { day: tomorrow, key: drawKey() }, now);
}

function drawKey(): string {
  return `whsec_${toBase64(crypto.getRandomValues(new Uint8Array(32)))}`;
}

/** A key that the store does not take is used all the same: only the networks of this isolate are then counted together. */
async function keepKey(
  kv: KVNamespace,
  { day, key }: { day: string; key: string },
  now: Date,
): Promise<void> {
  const expiration = toKeySeconds(later(now, { hours: KEY_HOURS }));
  try {
    await kv.put(nameOf(day), key, { expiration });
  } catch (error) {
    if (!isServiceFailure(error)) throw error;
    logError('network_key_not_kept', error, {});
  }
}

function nameOf(day: string): string {
  return `${NETWORK_KEY_PREFIX}${day}`;
}
