import type { BookingRules } from '../../shared/content/booking-rules.ts';
import type { FieldError } from '../../shared/forms/fields.ts';
import {
  findWindow,
  listJobSlots,
  refuseStart,
  type Slot,
} from '../../shared/jobs/availability.ts';
import type { BookingRequest } from '../../shared/forms/booking.ts';
import { bookingRules, company } from '../../shared/content/catalogue.ts';
import { measureVisit, type Visit } from '../../shared/jobs/visit.ts';
import { CODE_RANDOM_LENGTH, makeCode } from '../../shared/jobs/code.ts';
import { firstOnGrid, type Rhythm } from '../../shared/jobs/rhythm.ts';
import { type ConsentWording, consentWordings } from '../../shared/forms/consent.ts';
import type { Person } from '../../shared/forms/person.ts';
import { bookingKeyEnd, planKeyEnd } from '../../shared/privacy/retention.ts';
import { UNDO_MINUTES } from '../../shared/states.ts';
import { addDays, fromVietnam, later } from '../../shared/time.ts';
import {
  acceptSubmission,
  answerRepeat,
  readSenderLimits,
  type SubmissionOutcome,
} from './accept.ts';
import { hashEmail, hashForSearch, phoneBucket } from './sender-hashes.ts';
import { isServiceFailure } from '../base/failures.ts';
import { logError } from '../base/log.ts';
import { draftReceipt } from '../personal-data/consent-receipt.ts';
import { insertBooking, type NewBooking } from '../store/bookings.ts';
import type { RepeatKeys } from '../store/repeats.ts';
import type { NewDelivery } from '../store/deliveries.ts';
import type { NewPlan } from '../store/plans.ts';
import type { NewSubmission } from '../store/submissions.ts';
import { keyedHash, readLinkKeys } from '../signing/tokens.ts';

/** A booking request that is to be stored. */
export interface BookingSubmission {
  request: BookingRequest;
  origin: 'web' | 'phone';
  /** Whether staff agreed on the visit on the telephone, so that it needs no answer any more. */
  isConfirmed?: boolean;
  /** The intent's nonce, or null where the form sent no valid intent. */
  intent: string | null;
  holdReason: string | null;
  /** Id of the record that this one asks for again. */
  previous?: string;
  /** The sender's network, see `networkOf`; null for what staff write down. */
  network: string | null;
  now: Date;
}

/**
 * Stores a booking request if the rules allow its start, else returns the error. A repeat of a booking accepted earlier
 * gets the answer of that booking, even where its start is too near by now.
 */
export async function takeBooking(
  env: Env,
  rules: BookingRules,
  submission: BookingSubmission & {
    /** The field that gets errors of the start. Absent where the form sent day and window as two fields. */
    startField?: string;
  },
): Promise<SubmissionOutcome | { errors: FieldError[] }> {
  const { request, now, startField } = submission;
  const visit = measureVisit(request);
  const refusal = visit === undefined ? null : refuseStart({ rules, visit, now }, request);
  if (refusal === null) return acceptBooking(env, submission);
  const errors = [{ ...refusal, field: startField ?? refusal.field }];
  return (await findSameBooking(env, submission)) ?? { errors };
}

/** Encrypts and stores a booking request, see `acceptSubmission`. */
export async function acceptBooking(
  env: Env,
  submission: BookingSubmission,
): Promise<SubmissionOutcome> {
  const { request, origin, network } = submission;
  const plan = request.repeat === null ? undefined : draftPlan(submission, request.repeat);
  const record = await draftBooking(env, submission, plan?.id ?? null);
  const draft: NewSubmission = {
    table: 'bookings',
    record,
    insert: (sealed, repeatKeys) => insertBooking(env.DB, { ...record, repeatKeys }, sealed),
    seats: slotsOf(request, request),
    actor: origin === 'phone' ? 'staff' : 'customer',
    deliveries: listDeliveries(submission),
    receipt: draftReceipt('booking', request.policy, wordingOf(submission)),
    plan,
  };
  return acceptSubmission(env, draft, { person: toPerson(request), network });
}

/** The answer of an earlier booking with the same content, or null where there is none. */
async function findSameBooking(
  env: Env,
  submission: BookingSubmission,
): Promise<SubmissionOutcome | null> {
  try {
    const keys = await repeatKeysOf(env, submission);
    const subject = { table: 'bookings', keys } as const;
    const answer = await answerRepeat(env, subject, toPerson(submission.request));
    return answer !== null && 'record' in answer ? answer : null;
  } catch (error) {
    if (!isServiceFailure(error)) throw error;
    logError('repeat_not_looked_up', error, {});
    return { outcome: 'unavailable' };
  }
}

/** The personal data of a booking request, as it is encrypted. */
function toPerson(request: BookingRequest): Person {
  return {
    name: request.name,
    phone: request.phone.e164,
    retiredPhone: request.phone.translatedFrom,
    formerPhone: null,
    email: request.email,
    address: request.address,
    note: request.note,
    staffNote: null,
    message: null,
    covers: null,
    agreedCovers: null,
    ratingWords: null,
  };
}

/** The plan whose first visit a request is. */
function draftPlan({ request }: BookingSubmission, rhythm: Rhythm): NewPlan {
  const grid = { rhythm, anchorDate: request.date };
  return {
    id: crypto.randomUUID(),
    code: drawCode(),
    eventId: crypto.randomUUID(),
    rhythm,
    nextDate: firstOnGrid(grid, addDays(request.date, 1)),
    keyEndsAt: planKeyEnd(visitSpan(request, request).endsAt),
  };
}

function wordingOf({ request, origin }: BookingSubmission): ConsentWording {
  const isPlan = request.repeat !== null;
  if (origin === 'phone') return isPlan ? consentWordings.phonePlan : consentWordings.phone;
  return isPlan ? consentWordings.plan : consentWordings.booking;
}

export function drawCode(): string {
  return makeCode(company.codePrefix, crypto.getRandomValues(new Uint8Array(CODE_RANDOM_LENGTH)));
}

async function draftBooking(
  env: Env,
  submission: BookingSubmission,
  planId: string | null,
): Promise<NewBooking> {
  const { request, origin, holdReason, previous = null, now } = submission;
  const { startsAt, endsAt } = visitSpan(request, request);
  return {
    id: crypto.randomUUID(),
    code: drawCode(),
    lastEventId: crypto.randomUUID(),
    visit: request.visit,
    services: request.services,
    ward: request.ward,
    visitDate: request.date,
    window: request.window,
    visitStartsAt: startsAt,
    visitEndsAt: endsAt,
    origin,
    holdReason,
    previous,
    planId,
    phoneBucket: (await hashForSearch(env, request.phone.e164)).newest,
    state: submission.isConfirmed === true ? 'confirmed' : 'requested',
    keyEndsAt: latestEnd(submission, endsAt),
    repeatKeys: await repeatKeysOf(env, submission),
    limits: origin === 'web' ? readSenderLimits(env) : null,
    createdAt: now,
  };
}

/** The latest key end of the states that a new booking can have: only the insert decides which it gets. */
function latestEnd({ request, isConfirmed, now }: BookingSubmission, visitEndsAt: Date): Date {
  const life = { stateAt: now, visitDate: request.date, visitEndsAt };
  const states = isConfirmed === true ? (['confirmed'] as const) : (['held', 'requested'] as const);
  const ends = states.map((state) => bookingKeyEnd({ ...life, state }));
  return new Date(Math.max(...ends.map((end) => end.getTime())));
}

/** From the start of the job's first window to the end of its last one, without the buffer after it. */
export function visitSpan(visit: Visit, start: Slot): { startsAt: Date; endsAt: Date } {
  const slots = slotsOf(visit, start).slice(0, measureVisit(visit)?.windows ?? 1);
  const first = findWindow(bookingRules, start.window);
  const last = findWindow(bookingRules, slots.at(-1)?.window ?? start.window);
  if (first === undefined || last === undefined) throw new Error('A window that is not offered');
  return {
    startsAt: fromVietnam(start.date, first.from),
    endsAt: fromVietnam(start.date, last.to),
  };
}

function slotsOf(visit: Visit, { date, window }: Slot) {
  const length = measureVisit(visit);
  return length === undefined ? [] : (listJobSlots(bookingRules, length, { date, window }) ?? []);
}

function listDeliveries({ request, isConfirmed, now }: BookingSubmission): NewDelivery[] {
  const draft = () => ({
    id: crypto.randomUUID(),
    versionOffset: 0,
    dueAt: now,
    afterId: null,
  });
  const drafts: NewDelivery[] = [{ ...draft(), channel: 'staff-email', kind: 'booking.requested' }];
  if (isConfirmed === true) {
    // As after a confirm: dispatch hears of it once it can no longer be undone.
    const dueAt = later(now, { minutes: UNDO_MINUTES });
    drafts.push({ ...draft(), dueAt, channel: 'dispatch', kind: 'job.confirmed' });
  } else if (bookingRules.dispatch.from === 'requested') {
    drafts.push({ ...draft(), channel: 'dispatch', kind: 'job.requested' });
  }
  if (bookingRules.customerEmail && request.email !== null) {
    const kind = isConfirmed === true ? 'booking.confirmed' : 'booking.received';
    drafts.push({ ...draft(), channel: 'customer-email', kind });
  }
  return drafts;
}

/** What identifies a repeat: the intent, and keyed hashes of all normalised fields, of the phone's bucket and of the e-mail address. */
async function repeatKeysOf(
  env: Env,
  { request, intent, now }: BookingSubmission,
): Promise<RepeatKeys> {
  const keys = readLinkKeys(env.LINK_KEYS);
  const { visit, services, ward, address, date, window, name, email, note } = request;
  const bucket = phoneBucket(request.phone.e164);
  const job = [visit, services, ward, address, date, window];
  const repeats = request.repeat === null ? [] : [request.repeat];
  const content = [...job, name, bucket, email, note, ...repeats];
  return {
    intent,
    contentHash: await keyedHash(keys, 'booking', JSON.stringify(content)),
    phoneHash: await keyedHash(keys, 'phone', bucket),
    emailHash: email === null ? null : await hashEmail(keys, email),
    createdAt: now,
  };
}
