import * as v from 'valibot';
import { readPushKeys } from '../../shared/push-keys.ts';
import { fromBase64Url } from '../base/encoding.ts';
import { SettingError } from '../base/failures.ts';
import { readKeyring } from '../base/keyrings.ts';
import { unwrapDataKey, wrapDataKey } from '../personal-data/seal.ts';
import { keyedHash } from '../signing/tokens.ts';
import { keepPhone, listPhones, type PhoneRow } from '../store/phones.ts';
import { isPushHost } from './hosts.ts';

export const PHONE_NAME_MAX_LENGTH = 40;
const ENDPOINT_MAX_LENGTH = 1000;
const POINT_BYTES = 65;
const AUTH_BYTES = 16;

/** A browser's subscription (RFC 8030) as `PushSubscription.toJSON` gives it; keys are base64url. */
const SubscriptionSchema = v.object({
  endpoint: v.pipe(v.string(), v.maxLength(ENDPOINT_MAX_LENGTH)),
  keys: v.object({
    p256dh: v.pipe(v.string(), v.check(hasBytes(POINT_BYTES))),
    auth: v.pipe(v.string(), v.check(hasBytes(AUTH_BYTES))),
  }),
});

const PhoneSchema = v.object({
  name: v.string(),
  subscription: SubscriptionSchema,
  /** The public key that it subscribed with: its service takes nothing that another key signed. */
  publicKey: v.string(),
});

/** What is sealed of a phone. */
type Phone = v.InferOutput<typeof PhoneSchema>;

export interface OpenedPhone extends Phone, Pick<PhoneRow, 'id' | 'createdAt' | 'lastDeliveryId'> {}

export type AddOutcome = 'added' | 'full' | 'off' | 'refused' | 'unnamed';

/** The public key for new subscriptions; null where push is off. */
export function newestPublicKey(env: Env): string | null {
  return readPushKeys(env.VAPID_KEYS)[0]?.publicKey ?? null;
}

/**
 * Adds a phone, or renews it; one that is renewed without a name keeps its own. `refused` where it is no subscription, or its endpoint is at no push service of `PUSH_HOSTS`:
 * whoever holds a staff link must not make the Worker ask any other address.
 */
export async function addPhone(
  env: Env,
  asked: { name: string; subscription: unknown; publicKey: unknown },
  now: Date,
): Promise<AddOutcome> {
  const pair = readPushKeys(env.VAPID_KEYS).find(({ publicKey }) => publicKey === asked.publicKey);
  if (pair === undefined) return 'off';
  const read = v.safeParse(SubscriptionSchema, asked.subscription);
  if (!read.success || !isPushHost(env.PUSH_HOSTS, read.output.endpoint)) return 'refused';
  if (!(await isPoint(read.output.keys.p256dh))) return 'refused';
  const { endpoint } = read.output;
  const known = (await openPhones(env)).find((phone) => phone.subscription.endpoint === endpoint);
  const name = asked.name === '' ? known?.name : asked.name;
  if (name === undefined) return 'unnamed';
  const phone: Phone = { name, subscription: read.output, publicKey: pair.publicKey };
  const keys = readKeyring('SEAL_KEYS', env.SEAL_KEYS);
  const { newest: endpointHash } = await keyedHash(keys, 'push', endpoint);
  // Known by its endpoint, not by the hash: that changes with the newest key.
  const id = known?.id ?? crypto.randomUUID();
  const sealed = await wrapDataKey(keys, id, new TextEncoder().encode(JSON.stringify(phone)));
  return (await keepPhone(env.DB, { id, endpointHash, sealed, now })) ? 'added' : 'full';
}

/** The phones with what is sealed of them. One sealed under a key that is gone is left out; it ends as one that is not seen. */
export async function openPhones(env: Env): Promise<OpenedPhone[]> {
  const keys = readKeyring('SEAL_KEYS', env.SEAL_KEYS);
  const opened = await Promise.all((await listPhones(env.DB)).map((row) => openPhone(keys, row)));
  return opened.filter((phone) => phone !== null);
}

async function openPhone(keys: readonly string[], row: PhoneRow): Promise<OpenedPhone | null> {
  const { id, createdAt, lastDeliveryId } = row;
  const bytes = await unwrapDataKey(keys, id, row.sealed).catch((error: unknown) => {
    if (error instanceof SettingError) return null;
    throw error;
  });
  if (bytes === null) return null;
  const phone = v.parse(PhoneSchema, JSON.parse(new TextDecoder().decode(bytes)));
  return { ...phone, id, createdAt, lastDeliveryId };
}

function hasBytes(length: number): (text: string) => boolean {
  return (text) => fromBase64Url(text)?.length === length;
}

/** Whether bytes are a point of P-256: with any other nothing can be encrypted. */
async function isPoint(p256dh: string): Promise<boolean> {
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  const bytes = fromBase64Url(p256dh) ?? new Uint8Array();
  return crypto.subtle.importKey('raw', bytes, curve, false, []).then(
    () => true,
    () => false,
  );
}
