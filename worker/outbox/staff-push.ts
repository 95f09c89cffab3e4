import { buildPushPayload } from '@block65/webcrypto-web-push';
import { readPushKeys } from '../../shared/push-keys.ts';
import { formatSpan, later } from '../../shared/time.ts';
import { isServiceFailure } from '../base/failures.ts';
import { isPushHost } from '../push/hosts.ts';
import { type OpenedPhone, openPhones } from '../push/phones.ts';
import type { DeliveryBy } from '../store/deliveries.ts';
import { deletePhones, markReceived } from '../store/phones.ts';
import { describeVisit } from '../wording/visit.ts';
import type { Prepared, Preparing, Sending } from './prepare.ts';
import { type SendResult, tryAgain } from './result.ts';
import { readRetryAfter } from './retry-times.ts';

/** Hours after which a push is given up: mail and digest have said it. The push service keeps it as long. */
const PUSH_HOURS = 4;
/** Time limit of one push service. Of twenty phones some wait for others, since a Worker asks six addresses at a time. */
const TIMEOUT_MS = 7_000;
/** Most bytes of a text that fit into a push of 4,096 with its header, delimiter and tag (RFC 8188, RFC 8291). */
const TEXT_MAX_BYTES = 3_993;

type PushDelivery = DeliveryBy<'staff-push'>;

/** What a phone is told, and nothing else, ever; nothing of it is personal. */
interface PushText {
  code: string | null;
  /** `booking.…`, `message.<kind>` or `outage`. */
  kind: string;
  service: string | null;
  ward: string | null;
  date: string | null;
  window: string | null;
}

const ended = (result: string) =>
  ({ ready: false, result: { outcome: 'superseded', result } }) as const;

/** Builds one push to every phone of staff. It discloses nothing of a person, so the ledger has nothing of it. */
export async function prepareStaffPush(
  preparing: Preparing<PushDelivery>,
): Promise<Prepared<Sending>> {
  const { env, delivery, now } = preparing;
  if (now >= later(delivery.createdAt, { hours: PUSH_HOURS })) return ended('too-late');
  const text = describePush(preparing);
  if (text === null) return ended('nothing-to-say');
  if (new TextEncoder().encode(JSON.stringify(text)).length > TEXT_MAX_BYTES)
    return ended('too-long');
  const phones = (await openPhones(env)).filter((phone) => phone.lastDeliveryId !== delivery.id);
  if (phones.length === 0) return ended('no-phone');
  const send = () => pushToAll(preparing, phones, text);
  return { ready: true, value: { disclosed: null, subject: null, send } };
}

/** Null where there is nothing to tell any more: the record is held, dropped or gone. */
function describePush({ delivery, records }: Preparing<PushDelivery>): PushText | null {
  const empty = { code: null, service: null, ward: null, date: null, window: null };
  switch (delivery.subjectKind) {
    case 'system':
      return { ...empty, kind: delivery.kind };
    case 'message': {
      const message = records.findMessage(delivery.subjectId);
      if (message === null || message.state === 'held' || message.state === 'dropped') return null;
      return { ...empty, code: message.code, kind: `message.${message.kind}` };
    }
    case 'booking': {
      const booking = records.findBooking(delivery.subjectId);
      if (booking === null || booking.state === 'held' || booking.state === 'dropped') return null;
      const { service, ward, date, arrival } = describeVisit(booking);
      const { code } = booking;
      return { code, kind: delivery.kind, service, ward, date, window: formatSpan(arrival) };
    }
  }
}

/** What came of one phone. `gone`: it is no longer there, or nothing can be sent to it any more. */
type PhoneResult = { phone: OpenedPhone } & (
  { state: 'told' | 'gone' } | { state: 'again'; result: SendResult }
);

/** Tells all phones. Those that are gone are deleted; where others failed, only these are tried again. */
async function pushToAll(
  { env, delivery, now }: Preparing<PushDelivery>,
  phones: readonly OpenedPhone[],
  text: PushText,
): Promise<SendResult> {
  const results = await Promise.all(
    phones.map((phone) => pushToPhone({ env, id: delivery.id, phone, text, now })),
  );
  const idsOf = (state: PhoneResult['state']) =>
    results.filter((one) => one.state === state).map(({ phone }) => phone.id);
  const [told, gone] = [idsOf('told'), idsOf('gone')];
  if (gone.length > 0) await deletePhones(env.DB, gone);
  const failed = results.find((one) => one.state === 'again');
  if (failed === undefined) return { outcome: 'delivered', result: `${told.length}-phones` };
  if (told.length > 0) await markReceived(env.DB, told, delivery.id);
  return failed.result;
}

async function pushToPhone(given: {
  env: Env;
  id: string;
  phone: OpenedPhone;
  text: PushText;
  now: Date;
}): Promise<PhoneResult> {
  const { env, id, phone, text, now } = given;
  const { subscription } = phone;
  const pair = readPushKeys(env.VAPID_KEYS).find(({ publicKey }) => publicKey === phone.publicKey);
  if (pair === undefined || !isPushHost(env.PUSH_HOSTS, subscription.endpoint)) {
    return { phone, state: 'gone' };
  }
  const options = {
    ttl: PUSH_HOURS * 3600,
    urgency: 'high',
    // A second copy takes the first one's place where the phone has not fetched it yet.
    topic: id.replaceAll('-', ''),
  } as const;
  const { method, headers, body } = await buildPushPayload(
    { data: { ...text }, options },
    { ...subscription, expirationTime: null },
    { ...pair, subject: env.PUBLIC_ORIGIN },
  );
  const response = await fetch(subscription.endpoint, {
    method,
    headers,
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((error: unknown) => {
    if (!isServiceFailure(error)) throw error;
    return null;
  });
  if (response === null) return { phone, state: 'again', result: tryAgain('again', 'network') };
  response.body?.cancel().catch(() => undefined);
  return { phone, ...readAnswer(response, now) };
}

function readAnswer(
  { status, headers }: Response,
  now: Date,
): { state: 'told' | 'gone' } | { state: 'again'; result: SendResult } {
  if (status >= 200 && status < 300) return { state: 'told' };
  if (status === 404 || status === 410) return { state: 'gone' };
  const notBefore = readRetryAfter(headers.get('retry-after'), now);
  // One push service says nothing of the others, so the channel never counts as failing.
  const result = { outcome: 'again', result: String(status), notBefore, answered: true } as const;
  return { state: 'again', result };
}
