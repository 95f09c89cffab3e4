import type { JobSlot } from '../../shared/jobs/availability.ts';
import type { Actor } from '../../shared/states.ts';
import { writeChange } from './batch.ts';
import type { NewBooking } from './bookings.ts';
import { insertDelivery, type NewDelivery } from './deliveries.ts';
import { type Change, insertEvent, type SubjectTable } from './events.ts';
import { insertReceipt, type Receipt } from './receipts.ts';
import { insertRepeatKeys, type SealedSubmission } from './repeats.ts';
import { takeSeat } from './seats.ts';

/** A new record with all that is stored beside it. */
export interface NewSubmission {
  table: SubjectTable;
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
    ...(receipt === null ? [] : [insertReceipt(db, change, receipt)]),
    insertEvent(db, change, { type: 'submit', actor, reason: null }),
    ...deliveries.map((delivery) => insertDelivery(db, change, delivery)),
  ]);
}
