import type { JobSlot } from '../../shared/jobs/availability.ts';
import type { Actor } from '../../shared/states.ts';
import { writeChange } from './batch.ts';
import type { NewBooking } from './bookings.ts';
import { insertDelivery, type NewDelivery } from './deliveries.ts';
import { type Change, insertEvent } from './events.ts';
import { insertPlan, type NewPlan } from './plans.ts';
import { insertReceipt, type Receipt } from './receipts.ts';
import { insertRepeatKeys, type SealedSubmission } from './repeats.ts';
import { takeSeat } from './seats.ts';
import type { SubmittedTable } from './sender-limits.ts';

/** A new record with all that is stored beside it. */
export interface NewSubmission {
  table: SubmittedTable;
  record: Pick<
    NewBooking,
    'id' | 'code' | 'lastEventId' | 'createdAt' | 'keyEndsAt' | 'repeatKeys'
  >;
  /** The guarded insert of the record itself. */
  insert: (sealed: SealedSubmission, keys: NewBooking['repeatKeys']) => D1PreparedStatement;
  /** The windows in which it takes a seat each. */
  seats: readonly JobSlot[];
  actor: Actor;
  deliveries: readonly NewDelivery[];
  /** Null where consent was not asked for. */
  receipt: Receipt | null;
  /** The plan whose first visit the record is; the receipt is then of the plan. */
  plan?: NewPlan;
}

/**
 * Stores a new record with all that belongs to it in one batch. False where the guard found that it repeats another;
 * throws `window_full` where no seat is left. In both cases nothing is stored.
 */
export async function storeSubmission(
  db: D1Database,
  submission: NewSubmission,
  sealed: SealedSubmission,
): Promise<boolean> {
  const { table, record, seats, actor, deliveries, receipt } = submission;
  const change: Change = {
    table,
    subjectId: record.id,
    eventId: record.lastEventId,
    at: record.createdAt,
  };
  return writeChange(db, change, [
    submission.insert(sealed, record.repeatKeys),
    insertRepeatKeys(db, change, { ...record.repeatKeys, networkHash: sealed.networkHash }),
    ...seats.map((slot) => takeSeat(db, change, slot)),
    ...planStatements(db, submission, sealed),
    ...(receipt === null ? [] : [insertReceipt(db, planChange(submission) ?? change, receipt)]),
    insertEvent(db, change, { type: 'submit', actor, reason: null }),
    ...deliveries.map((delivery) => insertDelivery(db, change, delivery)),
  ]);
}

function planStatements(
  db: D1Database,
  submission: NewSubmission,
  { planSealed }: SealedSubmission,
): D1PreparedStatement[] {
  const { plan, record, actor } = submission;
  const change = planChange(submission);
  if (plan === undefined || change === null) return [];
  if (planSealed === undefined) throw new Error('A plan without its person');
  return [
    insertPlan(db, { plan, first: record, sealed: planSealed }),
    insertEvent(db, change, { type: 'submit', actor, reason: null }),
  ];
}

function planChange({ plan, record }: NewSubmission): Change | null {
  if (plan === undefined) return null;
  return { table: 'plans', subjectId: plan.id, eventId: plan.eventId, at: record.createdAt };
}
