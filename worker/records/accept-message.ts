import { company, holidays } from '../../shared/content/catalogue.ts';
import { CODE_RANDOM_LENGTH, makeCode } from '../../shared/jobs/code.ts';
import { consentWordings } from '../../shared/forms/consent.ts';
import { type ContactMessage, kindsWithoutConsent } from '../../shared/forms/contact.ts';
import { clocks } from '../../shared/privacy/register.ts';
import { messageKeyEnd } from '../../shared/privacy/retention.ts';
import { addWorkingDays, toVietnamDate } from '../../shared/time.ts';
import { phoneBucket } from './phone-bucket.ts';
import { discardKey } from '../personal-data/key-ends.ts';
import { logError } from '../base/log.ts';
import { draftReceipt } from '../personal-data/consent-receipt.ts';
import type { NewDelivery } from '../store/deliveries.ts';
import { findRepeatedMessage, type NewMessage } from '../store/messages.ts';
import { storeMessage } from '../store/submissions.ts';
import { keyedHash, readLinkKeys } from '../signing/tokens.ts';
import { openKeyStore, sealPerson } from '../personal-data/key-store.ts';

/** A contact message on its way into the database. */
export interface MessageSubmission {
  message: ContactMessage;
  /** The intent's nonce, or null where none counts. */
  intent: string | null;
  holdReason: string | null;
  now: Date;
}

/** What became of a contact message. */
export type MessageOutcome =
  | { outcome: 'accepted' | 'same'; record: { id: string; code: string }; deliveryIds: string[] }
  | { outcome: 'differs' | 'unavailable' };

/** Seals and stores a contact message; staff get it by e-mail, dispatch never. */
export async function acceptMessage(
  env: Env,
  submission: MessageSubmission,
): Promise<MessageOutcome> {
  const draft = await draftMessage(env, submission);
  try {
    const { id, code, createdAt, keyEndsAt: endsAt } = draft;
    const record = { id, code, createdAt, endsAt };
    const sealed = await sealPerson(openKeyStore(env), record, toPerson(submission.message));
    const outcome = await store(env, submission.message, { ...draft, sealed });
    if (outcome.outcome !== 'accepted') await discardKey(env, id);
    return outcome;
  } catch (error) {
    logError('message_not_stored', error, { id: draft.id });
    return { outcome: 'unavailable' };
  }
}

async function store(
  env: Env,
  message: ContactMessage,
  draft: NewMessage,
): Promise<MessageOutcome> {
  const delivery: NewDelivery = {
    id: crypto.randomUUID(),
    channel: 'staff-email',
    kind: 'message.received',
    versionOffset: 0,
    dueAt: draft.createdAt,
    afterId: null,
  };
  const receipt = kindsWithoutConsent.includes(message.kind)
    ? null
    : draftReceipt('contact', message.policy, consentWordings.contact);
  if (await storeMessage(env.DB, draft, { deliveries: [delivery], receipt })) {
    const record = { id: draft.id, code: draft.code };
    return { outcome: 'accepted', record, deliveryIds: [delivery.id] };
  }
  const repeated = await findRepeatedMessage(env.DB, draft);
  if (repeated === null) throw new Error('A refused message repeats none');
  if (!repeated.same) return { outcome: 'differs' };
  const { id, code } = repeated.message;
  return { outcome: 'same', record: { id, code }, deliveryIds: [] };
}

async function draftMessage(
  env: Env,
  { message, intent, holdReason, now }: MessageSubmission,
): Promise<Omit<NewMessage, 'sealed'>> {
  const keys = readLinkKeys(env.LINK_KEYS);
  const days = message.kind === 'complaint' ? clocks.complaint : clocks.firstReply;
  const { kind, name, phone, email, code, message: text } = message;
  const folded = phone === null ? null : phoneBucket(phone.e164);
  const content = JSON.stringify([kind, name, folded, email, code, text]);
  return {
    id: crypto.randomUUID(),
    eventId: crypto.randomUUID(),
    code: makeCode(company.codePrefix, crypto.getRandomValues(new Uint8Array(CODE_RANDOM_LENGTH))),
    kind,
    bookingCode: code,
    dueOn: addWorkingDays(toVietnamDate(now), days.workingDays, holidays),
    holdReason,
    keyEndsAt: messageKeyEnd({ state: 'open', stateAt: now, createdAt: now }),
    intent,
    contentHash: await keyedHash(keys, 'message', content),
    phoneHash: folded === null ? null : await keyedHash(keys, 'phone', folded),
    createdAt: now,
  };
}

function toPerson(message: ContactMessage) {
  return {
    name: message.name,
    phone: message.phone?.e164 ?? null,
    retiredPhone: message.phone?.translatedFrom ?? null,
    email: message.email,
    address: null,
    note: null,
    message: message.message,
  };
}
