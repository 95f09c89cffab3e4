import { company, holidays } from '../../shared/content/catalogue.ts';
import { CODE_RANDOM_LENGTH, makeCode } from '../../shared/jobs/code.ts';
import { consentWording } from '../../shared/forms/consent.ts';
import type { ContactMessage } from '../../shared/forms/contact.ts';
import { isLegalKind } from '../../shared/privacy/legal-kinds.ts';
import { legalDeadlines } from '../../shared/privacy/register.ts';
import { messageKeyEnd } from '../../shared/privacy/retention.ts';
import { addWorkingDays, toVietnamDate } from '../../shared/time.ts';
import { acceptSubmission, readSenderLimits, type SubmissionOutcome } from './accept.ts';
import { hashEmail, phoneBucket } from './sender-hashes.ts';
import { draftReceipt } from '../personal-data/consent-receipt.ts';
import { insertMessage, type NewMessage } from '../store/messages.ts';
import type { NewSubmission } from '../store/submissions.ts';
import { keyedHash, readLinkKeys } from '../signing/tokens.ts';

/** A contact message that is to be stored. */
export interface MessageSubmission {
  message: ContactMessage;
  /** The intent's nonce, or null where the form sent no valid intent. */
  intent: string | null;
  holdReason: string | null;
  /** The sender's network, see `networkOf`. */
  network: string | null;
  /** Whether it is a complaint that comes from the page of the booking that it names. */
  isGenuine?: boolean;
  now: Date;
}

/** Encrypts and stores a contact message, see `acceptSubmission`. Staff are notified by e-mail, dispatch never. */
export async function acceptMessage(
  env: Env,
  submission: MessageSubmission,
): Promise<SubmissionOutcome> {
  const { message, network, now } = submission;
  const record = await draftMessage(env, submission);
  const draft: NewSubmission = {
    table: 'messages',
    record,
    insert: (sealed, repeatKeys) => insertMessage(env.DB, { ...record, repeatKeys }, sealed),
    seats: [],
    actor: 'customer',
    deliveries: [
      {
        id: crypto.randomUUID(),
        channel: 'staff-email',
        kind: 'message.received',
        versionOffset: 0,
        dueAt: now,
        afterId: null,
      },
    ],
    receipt: isLegalKind(message.kind)
      ? null
      : draftReceipt('contact', message.policy, consentWording('contact', message.lang)),
  };
  return acceptSubmission(env, draft, { person: toPerson(message), network });
}

async function draftMessage(
  env: Env,
  { message, intent, holdReason, isGenuine = false, now }: MessageSubmission,
): Promise<NewMessage> {
  const keys = readLinkKeys(env.LINK_KEYS);
  const days = message.kind === 'complaint' ? legalDeadlines.complaint : legalDeadlines.firstReply;
  const { kind, lang, name, phone, email, code, message: text } = message;
  const bucket = phone === null ? null : phoneBucket(phone.e164);
  const content = JSON.stringify([kind, name, bucket, email, code, text]);
  return {
    id: crypto.randomUUID(),
    lastEventId: crypto.randomUUID(),
    code: makeCode(company.codePrefix, crypto.getRandomValues(new Uint8Array(CODE_RANDOM_LENGTH))),
    kind,
    lang,
    bookingCode: code,
    dueOn: addWorkingDays(toVietnamDate(now), days.workingDays, holidays),
    holdReason,
    isGenuine,
    keyEndsAt: messageKeyEnd({ kind, state: 'open', stateAt: now, createdAt: now }),
    repeatKeys: {
      intent,
      contentHash: await keyedHash(keys, 'message', content),
      phoneHash: bucket === null ? null : await keyedHash(keys, 'phone', bucket),
      emailHash: email === null ? null : await hashEmail(keys, email),
      createdAt: now,
    },
    limits: isLegalKind(kind) ? null : readSenderLimits(env),
    createdAt: now,
  };
}

function toPerson(message: ContactMessage) {
  return {
    name: message.name,
    phone: message.phone?.e164 ?? null,
    retiredPhone: message.phone?.translatedFrom ?? null,
    formerPhone: null,
    email: message.email,
    address: null,
    note: null,
    staffNote: null,
    message: message.message,
    covers: null,
    agreedCovers: null,
    ratingWords: null,
  };
}
