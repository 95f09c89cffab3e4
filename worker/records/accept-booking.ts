import { findWindow, placesFor } from '../../shared/jobs/availability.ts';
import type { BookingRequest } from '../../shared/forms/booking.ts';
import { bookingRules, company, findService } from '../../shared/content/catalogue.ts';
import { CODE_RANDOM_LENGTH, makeCode } from '../../shared/jobs/code.ts';
import { consentWordings } from '../../shared/forms/consent.ts';
import type { Person } from '../../shared/forms/person.ts';
import { bookingKeyEnd } from '../../shared/privacy/retention.ts';
import { fromVietnam } from '../../shared/time.ts';
import { phoneBucket } from './phone-bucket.ts';
import { discardKey } from '../personal-data/key-ends.ts';
import { logError } from '../base/log.ts';
import { draftReceipt } from '../personal-data/consent-receipt.ts';
import type { NewBooking } from '../store/bookings.ts';
import { findRepeated } from '../store/bookings.ts';
import type { NewDelivery } from '../store/deliveries.ts';
import { isWindowFull } from '../store/seats.ts';
import { storeBooking } from '../store/submissions.ts';
import { type KeyedHash, keyedHash, type LinkKeys, readLinkKeys } from '../signing/tokens.ts';
import { openKeyStore, sealPerson } from '../personal-data/key-store.ts';

/** A booking request on its way into the database. */
export interface BookingSubmission {
  request: BookingRequest;
  origin: 'web' | 'phone';
  /** The intent's nonce, or null where none counts. */
  intent: string | null;
  holdReason: string | null;
  now: Date;
}

/** What became of a booking request. */
export type BookingOutcome =
  | { outcome: 'accepted' | 'same'; record: { id: string; code: string }; deliveryIds: string[] }
  | { outcome: 'differs' | 'full' | 'unavailable' };

/** Seals and stores a booking request under the database's guard; nothing is left behind when it is refused. */
export async function acceptBooking(
  env: Env,
  submission: BookingSubmission,
): Promise<BookingOutcome> {
  const booking = await draftBooking(env, submission);
  try {
    const { id, code, createdAt, keyEndsAt: endsAt } = booking;
    const sealed = await sealPerson(
      openKeyStore(env),
      { id, code, createdAt, endsAt },
      toPerson(submission.request),
    );
    const outcome = await store(env, submission, { ...booking, sealed });
    if (outcome.outcome !== 'accepted') await discardKey(env, id);
    return outcome;
  } catch (error) {
    logError('booking_not_stored', error, { id: booking.id });
    return { outcome: 'unavailable' };
  }
}

/** The live booking that a submission repeats in all it says, or null; for one that may not be stored any more. */
export async function findSameBooking(
  env: Env,
  { request, intent, now: createdAt }: BookingSubmission,
): Promise<BookingOutcome | null> {
  try {
    const contentHash = await hashContent(readLinkKeys(env.LINK_KEYS), request);
    const repeated = await findRepeated(env.DB, { intent, contentHash, createdAt });
    return repeated?.same === true ? toFirst(repeated.booking) : null;
  } catch (error) {
    logError('repeat_not_looked_up', error, {});
    return { outcome: 'unavailable' };
  }
}

/** The person of a booking request, as it is sealed. */
function toPerson(request: BookingRequest): Person {
  return {
    name: request.name,
    phone: request.phone.e164,
    retiredPhone: request.phone.translatedFrom,
    email: request.email,
    address: request.address,
    note: request.note,
    message: null,
  };
}

async function store(
  env: Env,
  submission: BookingSubmission,
  booking: NewBooking,
): Promise<BookingOutcome> {
  const places = placesOf(submission.request);
  const deliveries = listDeliveries(submission);
  try {
    const stored = await storeBooking(env.DB, booking, {
      places,
      deliveries,
      receipt: draftReceipt(
        'booking',
        submission.request.policy,
        submission.origin === 'phone' ? consentWordings.phone : consentWordings.booking,
      ),
    });
    const record = { id: booking.id, code: booking.code };
    if (stored) {
      return { outcome: 'accepted', record, deliveryIds: deliveries.map(({ id }) => id) };
    }
    return await findFirst(env, booking);
  } catch (error) {
    if (isWindowFull(error)) return { outcome: 'full' };
    throw error;
  }
}

async function findFirst(env: Env, booking: NewBooking): Promise<BookingOutcome> {
  const repeated = await findRepeated(env.DB, booking);
  if (repeated === null) throw new Error('A refused booking repeats none');
  return repeated.same ? toFirst(repeated.booking) : { outcome: 'differs' };
}

function toFirst({ id, code }: { id: string; code: string }): BookingOutcome {
  return { outcome: 'same', record: { id, code }, deliveryIds: [] };
}

async function draftBooking(
  env: Env,
  { request, origin, intent, holdReason, now }: BookingSubmission,
): Promise<Omit<NewBooking, 'sealed'>> {
  const keys = readLinkKeys(env.LINK_KEYS);
  const { startsAt, endsAt } = visitSpan(request);
  return {
    id: crypto.randomUUID(),
    code: makeCode(company.codePrefix, crypto.getRandomValues(new Uint8Array(CODE_RANDOM_LENGTH))),
    lastEventId: crypto.randomUUID(),
    service: request.service,
    quantity: request.quantity,
    ward: request.ward,
    visitDate: request.date,
    window: request.window,
    visitStartsAt: startsAt,
    visitEndsAt: endsAt,
    origin,
    holdReason,
    keyEndsAt: latestUnansweredEnd(request, endsAt, now),
    intent,
    contentHash: await hashContent(keys, request),
    phoneHash: await keyedHash(keys, 'phone', phoneBucket(request.phone.e164)),
    createdAt: now,
  };
}

/** The latest end that an unanswered request can have, whether the database holds it or not. */
function latestUnansweredEnd(request: BookingRequest, visitEndsAt: Date, now: Date): Date {
  const life = { stateAt: now, visitDate: request.date, visitEndsAt };
  const ends = (['held', 'requested'] as const).map((state) => bookingKeyEnd({ ...life, state }));
  return new Date(Math.max(...ends.map((end) => end.getTime())));
}

/** Start of the first window and end of the last one that the job itself takes. */
export function visitSpan(request: { service: string; date: string; window: string }): {
  startsAt: Date;
  endsAt: Date;
} {
  const places = placesOf(request).slice(0, findService(request.service)?.windows ?? 1);
  const first = findWindow(bookingRules, request.window);
  const last = findWindow(bookingRules, places.at(-1)?.window ?? request.window);
  if (first === undefined || last === undefined) throw new Error('A window that is not offered');
  return {
    startsAt: fromVietnam(request.date, first.from),
    endsAt: fromVietnam(request.date, last.to),
  };
}

function placesOf(request: { service: string; date: string; window: string }) {
  const service = findService(request.service);
  return service === undefined
    ? []
    : (placesFor(bookingRules, service, { date: request.date, window: request.window }) ?? []);
}

function listDeliveries({ request, now }: BookingSubmission): NewDelivery[] {
  const draft = { id: '', versionOffset: 0, dueAt: now, afterId: null };
  const drafts: Omit<NewDelivery, 'id'>[] = [
    { ...draft, channel: 'staff-email', kind: 'booking.requested' },
  ];
  if (bookingRules.dispatch.from === 'requested') {
    drafts.push({ ...draft, channel: 'dispatch', kind: 'job.requested' });
  }
  if (bookingRules.customerEmail && request.email !== null) {
    drafts.push({ ...draft, channel: 'customer-email', kind: 'booking.received' });
  }
  return drafts.map((delivery) => ({ ...delivery, id: crypto.randomUUID() }));
}

/** The hash over all normalised fields, the phone number folded: what "the same content" means. */
function hashContent(keys: LinkKeys, request: BookingRequest): Promise<KeyedHash> {
  const { service, quantity, ward, address, date, window, name, phone, email, note } = request;
  const content = JSON.stringify([
    service,
    quantity,
    ward,
    address,
    date,
    window,
    name,
    phoneBucket(phone.e164),
    email,
    note,
  ]);
  return keyedHash(keys, 'booking', content);
}
