import { holidays } from '../../shared/content/catalogue.ts';
import { type Correction, correctSizes } from '../../shared/forms/correction.ts';
import type { VisitService } from '../../shared/jobs/visit.ts';
import type { CorrectionReason } from '../../shared/jobs/reasons.ts';
import type { Person } from '../../shared/forms/person.ts';
import { fieldsFor } from '../../shared/privacy/register-fields.ts';
import { rightDays, type RightKind } from '../../shared/privacy/rights.ts';
import { canTransitionMessage, isLive } from '../../shared/states.ts';
import { type ActionOutcome, type BookingAction, runBookingAction } from './booking-action.ts';
import type { ActionRole } from '../signing/links.ts';
import type { AppContext } from '../web/context.ts';
import { eraseRecord } from '../personal-data/erase.ts';
import { readPerson } from '../personal-data/read-person.ts';
import { transitionBooking } from './booking-transition.ts';
import { changePlan } from './change-plan.ts';
import { followNow } from './follow-now.ts';
import { transitionMessage } from './message-transition.ts';
import { wakeDeliveries } from './wake-delivery.ts';
import { type Booking, findBooking } from '../store/bookings.ts';
import { findMessage } from '../store/messages.ts';
import { findPlan } from '../store/plans.ts';
import { findReceipt, withdrawReceipts } from '../store/receipts.ts';
import {
  closeRightsRequest,
  hasGenuineComplaint,
  listRightsRequests,
  openRightsRequest,
  replyToRightsRequest,
} from '../store/rights-requests.ts';
import { entryOf, type FoundRecord, idOf } from './find-record.ts';
import { CHANGE_ROUNDS } from '../personal-data/key-store.ts';

/** The outcome of a request about personal data: done at once, or open until its legal deadline. */
export type RightOutcome = 'done' | 'open';

/** Stores a request with its legal deadlines and returns its id. Where one of the same kind is open, it is that one. */
export function startRight(
  c: AppContext,
  right: { subjectId: string; kind: RightKind; needsCall?: boolean },
): Promise<string> {
  const { now } = c.var;
  return openRightsRequest(c.env.DB, {
    ...right,
    id: crypto.randomUUID(),
    createdAt: now,
    ...rightDays(right.kind, now, holidays),
  });
}

/** Stores a request of someone who knows code and phone number only. Nothing else happens until staff have called the number. */
export async function requestWithCall(
  c: AppContext,
  record: FoundRecord,
  kind: 'withdraw' | 'erase',
): Promise<void> {
  const subjectId = idOf(record);
  if (entryOf(record).erasedAt !== null) return;
  if (kind === 'withdraw' && (await isWithdrawn(c.env.DB, subjectId))) return;
  await startRight(c, { subjectId, kind, needsCall: true });
}

/** Marks a request as met. */
export async function finishRight(c: AppContext, id: string): Promise<void> {
  await closeRightsRequest(c.env.DB, id, c.var.now).run();
}

/**
 * Corrects a booking's details for its customer. Staff get mail about it. A correction to what is stored already changes nothing.
 */
export async function correctDetails(
  c: AppContext,
  {
    record,
    ...allowed
  }: { record: Extract<FoundRecord, { kind: 'booking' }>; token: string; role: ActionRole },
  change: { person: Person; correction: Correction },
): Promise<ActionOutcome> {
  const { booking } = record;
  if (isNoChange(booking, change)) return 'repeated';
  const id = await startRight(c, { subjectId: booking.id, kind: 'correct' });
  const outcome = await writeCorrection(c, { booking, ...allowed, actor: 'customer' }, change);
  if (outcome === 'done' || outcome === 'repeated') await finishRight(c, id);
  return outcome;
}

/** What is corrected: the details as they are, what was put right, and the note of staff where it changes too. */
interface CorrectionChange {
  person: Person;
  correction: Correction;
  staffNote?: string | null;
}

/** Writes corrected details; dispatch gets the change only in fields that it receives. */
export async function writeCorrection(
  c: AppContext,
  asked: Pick<BookingAction, 'booking' | 'token' | 'role' | 'actor'>,
  change: CorrectionChange,
): Promise<ActionOutcome> {
  const { booking } = asked;
  const { person } = change;
  const { services, corrected } = applyCorrection(booking, change);
  const outcome = await runBookingAction(c, {
    ...asked,
    transition: 'correct',
    services,
    person: corrected,
    reason: corrected.phone === person.phone ? null : ('phone' satisfies CorrectionReason),
    keepsJob: isSameSizes(services, booking.services) && isSameJob(person, corrected),
  });
  if (outcome !== 'repeated') return outcome;
  // A page opened before another correction may ask for something that is not stored.
  return (await isStored(c, booking.id, { services, corrected })) ? 'repeated' : 'outdated';
}

async function isStored(
  c: AppContext,
  id: string,
  { services, corrected }: { services: readonly VisitService[]; corrected: Person },
): Promise<boolean> {
  const booking = await findBooking(c.env.DB, id);
  if (booking === null || !isSameSizes(services, booking.services)) return false;
  const view = await readPerson(c.env, booking, c.var.now);
  return view.state === 'open' && isSamePerson(view.person, corrected);
}

function isNoChange(booking: Booking, change: CorrectionChange): boolean {
  const { services, corrected } = applyCorrection(booking, change);
  return isSameSizes(services, booking.services) && isSamePerson(change.person, corrected);
}

function applyCorrection(
  booking: Booking,
  { person, correction, staffNote = person.staffNote }: CorrectionChange,
): { services: VisitService[]; corrected: Person } {
  const { quantity, sizes, ...details } = correction;
  const services = correctSizes(booking.services, { quantity, sizes });
  return { services, corrected: { ...correctPerson(person, details), staffNote } };
}

function correctPerson(person: Person, correction: Omit<Correction, 'quantity' | 'sizes'>): Person {
  const { phone, ...texts } = correction;
  if (phone === undefined || phone.e164 === person.phone) return { ...person, ...texts };
  const { e164, translatedFrom: retiredPhone } = phone;
  const sentWith = person.formerPhone ?? person.phone;
  const formerPhone = sentWith === e164 ? null : sentWith;
  return { ...person, ...texts, phone: e164, retiredPhone, formerPhone };
}

function isSamePerson(one: Person, other: Person): boolean {
  return (Object.keys(one) as (keyof Person)[]).every((field) => one[field] === other[field]);
}

function isSameSizes(one: readonly VisitService[], other: readonly VisitService[]): boolean {
  return one.every(({ quantity }, at) => quantity === other[at]?.quantity);
}

/** Whether the fields that dispatch receives are the same. */
function isSameJob(one: Person, other: Person): boolean {
  return fieldsFor('dispatch').every((field) => one[field] === other[field]);
}

/**
 * Withdraws the consent to a record. A booking not yet done is cancelled and a message is closed, since the company may no
 * longer use the data for them.
 */
export async function withdrawConsent(c: AppContext, record: FoundRecord): Promise<void> {
  const subjectId = idOf(record);
  if (entryOf(record).erasedAt !== null || (await isWithdrawn(c.env.DB, subjectId))) return;
  const id = await startRight(c, { subjectId, kind: 'withdraw' });
  await withdrawReceipts(c.env.DB, subjectId, c.var.now).run();
  if (record.kind === 'booking') await withdrawPlan(c, record.booking);
  const isOver =
    record.kind === 'message'
      ? await closeMessage(c, subjectId)
      : await cancelBooking(c, subjectId);
  if (isOver) await finishRight(c, id);
}

/** One consent covers a plan and all its visits: whoever takes it back for one visit takes it back for the plan. */
async function withdrawPlan(c: AppContext, { planId }: Booking): Promise<void> {
  if (planId === null) return;
  for (let round = 0; round < CHANGE_ROUNDS; round += 1) {
    const plan = await findPlan(c.env.DB, planId);
    if (plan === null) return;
    const change = { action: 'withdraw' } as const;
    const outcome = await changePlan(c.env, { plan, change, actor: 'customer', now: c.var.now });
    if (outcome !== 'stale') break;
  }
  await withdrawReceipts(c.env.DB, planId, c.var.now).run();
  await followNow(c, planId);
}

/** Whether consent was withdrawn and the request to do so is met. */
async function isWithdrawn(db: D1Database, subjectId: string): Promise<boolean> {
  const [receipt, requests] = await Promise.all([
    findReceipt(db, subjectId),
    listRightsRequests(db, subjectId),
  ]);
  const isOpen = requests.some(({ kind, state }) => kind === 'withdraw' && state === 'open');
  return receipt !== null && receipt.withdrawnAt !== null && !isOpen;
}

/**
 * Erases a record at once where nothing forbids it. Otherwise the request stays open and the hourly task erases the record
 * when it may. A booking not yet done is cancelled in both cases.
 */
export async function eraseOnRequest(c: AppContext, record: FoundRecord): Promise<RightOutcome> {
  const subjectId = idOf(record);
  // The form was sent twice, or from a page opened before the erasure: there is nothing left to do.
  if (entryOf(record).erasedAt !== null) return 'done';
  const [id, isBlocked] = await Promise.all([
    startRight(c, { subjectId, kind: 'erase' }),
    hasGenuineComplaint(c.env.DB, subjectId),
  ]);
  if (isBlocked) {
    await cancelBooking(c, subjectId);
    // The page that follows says why the erasure waits. That counts as the first reply.
    await replyToRightsRequest(c.env.DB, id, c.var.now).run();
    return 'open';
  }
  const result = await eraseRecord(c.env, {
    id: subjectId,
    record: entryOf(record),
    cause: 'request',
    actor: 'customer',
    now: c.var.now,
  });
  if (result.outcome === 'done') wakeDeliveries(c, result.deliveryIds);
  if (result.outcome === 'stale') return 'open';
  if (record.kind === 'booking') await eraseUnbegunPlan(c, record.booking);
  await finishRight(c, id);
  return 'done';
}

/** A plan that never began is nothing but its first visit, and is erased with it. */
async function eraseUnbegunPlan(c: AppContext, { planId, state }: Booking): Promise<void> {
  if (planId === null || (state !== 'requested' && state !== 'held')) return;
  const erasure = { id: planId, cause: 'request', actor: 'customer', now: c.var.now } as const;
  await eraseRecord(c.env, erasure);
}

/** Cancels a booking if it is live. False where others kept changing it, so that it may still be live. */
async function cancelBooking(c: AppContext, id: string): Promise<boolean> {
  for (let round = 0; round < CHANGE_ROUNDS; round += 1) {
    const booking = await findBooking(c.env.DB, id);
    if (booking === null || !isLive(booking.state)) return true;
    const transition = booking.state === 'held' ? 'drop' : 'cancel';
    const result = await transitionBooking(c.env, {
      booking,
      transition,
      actor: 'customer',
      now: c.var.now,
    });
    if (result.outcome === 'done') wakeDeliveries(c, result.deliveryIds);
  }
  return false;
}

/** Closes a message unless it is closed already. False where others kept changing it, so that it may still be open. */
async function closeMessage(c: AppContext, id: string): Promise<boolean> {
  for (let round = 0; round < CHANGE_ROUNDS; round += 1) {
    const message = await findMessage(c.env.DB, id);
    const transitions = ['close', 'drop'] as const;
    const transition = transitions.find(
      (one) => message !== null && canTransitionMessage(message.state, one),
    );
    if (message === null || transition === undefined) return true;
    await transitionMessage(c.env, { message, transition, actor: 'customer', now: c.var.now });
  }
  return false;
}
