import { holidays } from '../../shared/content/catalogue.ts';
import { rightDays, type RightKind } from '../../shared/privacy/rights.ts';
import { canTransitionMessage, isLive } from '../../shared/states.ts';
import type { AppContext } from '../web/context.ts';
import { eraseRecord } from '../personal-data/erase.ts';
import { transitionBooking } from './booking-transition.ts';
import { changePlan, erasePlan } from './change-plan.ts';
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
import { entryOf, type FoundSubject, idOf } from './find-record.ts';
import { followNow } from './follow-now.ts';
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
  record: FoundSubject,
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
 * Withdraws the consent to a record. A booking not yet done is cancelled, a message is closed and a plan ends, since the company
 * may no longer use the data for them. The consent to a visit of a plan is that to the plan, which ends with it.
 */
export async function withdrawConsent(c: AppContext, record: FoundSubject): Promise<void> {
  const subjectId = idOf(record);
  if (entryOf(record).erasedAt !== null || (await isWithdrawn(c.env.DB, subjectId))) return;
  const id = await startRight(c, { subjectId, kind: 'withdraw' });
  await withdrawReceipts(c.env.DB, subjectId, c.var.now).run();
  if (await endUse(c, record)) await finishRight(c, id);
}

/** Ends what a withdrawn consent was for. False where others kept changing it, so that it may still go on. */
async function endUse(c: AppContext, record: FoundSubject): Promise<boolean> {
  if (record.kind === 'message') return closeMessage(c, record.message.id);
  if (record.kind === 'plan') return endPlan(c, record.plan.id, { tellsStaff: true });
  const { id, planId, state } = record.booking;
  const isOver = await cancelBooking(c, id);
  if (planId === null) return isOver;
  // The mail about a visit that was still to come speaks for all.
  return (await endPlan(c, planId, { tellsStaff: !isLive(state) })) && isOver;
}

/** Ends a plan, with its consent where that is withdrawn, and its coming visits. False where others kept changing it. */
async function endPlan(
  c: AppContext,
  id: string,
  { action = 'withdraw', tellsStaff }: { action?: 'withdraw' | 'stop'; tellsStaff: boolean },
): Promise<boolean> {
  const { now } = c.var;
  if (action === 'withdraw') await withdrawReceipts(c.env.DB, id, now).run();
  for (let round = 0; round < CHANGE_ROUNDS; round += 1) {
    const plan = await findPlan(c.env.DB, id);
    if (plan === null || plan.state === 'ended') return true;
    const change = { action };
    if ((await changePlan(c.env, { plan, change, actor: 'customer', now })) !== 'done') continue;
    await followNow(c, id, { tellsStaff });
    return true;
  }
  return false;
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
 * when it may. A booking not yet done is cancelled and a plan ends in both cases.
 */
export async function eraseOnRequest(c: AppContext, record: FoundSubject): Promise<RightOutcome> {
  const subjectId = idOf(record);
  // The form was sent twice, or from a page opened before the erasure: there is nothing left to do.
  if (entryOf(record).erasedAt !== null) return 'done';
  const [id, isBlocked] = await Promise.all([
    startRight(c, { subjectId, kind: 'erase' }),
    hasGenuineComplaint(c.env.DB, subjectId),
  ]);
  if (isBlocked) {
    await (record.kind === 'plan'
      ? endPlan(c, subjectId, { action: 'stop', tellsStaff: true })
      : cancelBooking(c, subjectId));
    // The page that follows says why the erasure waits. That counts as the first reply.
    await replyToRightsRequest(c.env.DB, id, c.var.now).run();
    return 'open';
  }
  const outcome = await eraseNow(c, record);
  if (outcome === 'done') await finishRight(c, id);
  return outcome;
}

async function eraseNow(c: AppContext, record: FoundSubject): Promise<RightOutcome> {
  if (record.kind === 'plan') return erasePlan(c, record.plan, 'customer');
  const entry = entryOf(record);
  const request = { cause: 'request', actor: 'customer', now: c.var.now } as const;
  const result = await eraseRecord(c.env, { id: entry.id, record: entry, ...request });
  if (result.outcome === 'done') wakeDeliveries(c, result.deliveryIds);
  if (result.outcome === 'stale') return 'open';
  if (record.kind === 'booking') await eraseUnbegunPlan(c, record.booking);
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
