import { retention } from '../../shared/privacy/register.ts';
import { addPeriod, planKeyEnd } from '../../shared/privacy/retention.ts';
import { type Actor, isLive } from '../../shared/states.ts';
import { logError } from '../base/log.ts';
import { type Booking, findBooking } from '../store/bookings.ts';
import type { NewDelivery } from '../store/deliveries.ts';
import { type ErasureCause, type ErasureDraft, writeErasure } from '../store/erasures.ts';
import { findMessage, type Message } from '../store/messages.ts';
import { findPlan, type Plan } from '../store/plans.ts';
import { limitStaffMails } from '../store/staff-mails.ts';
import { emptySubscriber } from '../store/subscribers.ts';
import { CHANGE_ROUNDS, destroyKey, openKeyStore } from './key-store.ts';
import { deletePhotos } from './photo-store.ts';

/** Who erases which record and why. */
interface ErasureRequest {
  id: string;
  /** The record as it was just read, where it was. */
  record?: Booking | Message | Plan;
  cause: ErasureCause;
  actor: Actor;
  now: Date;
}

/** What became of an erasure: done, with the deliveries to wake; done before; the record kept changing; or there is none. */
type ErasureOutcome =
  { outcome: 'done'; deliveryIds: string[] } | { outcome: 'before' | 'stale' | 'unknown' };

/**
 * Erases a record: a visit to come is cancelled, the sealed details are emptied, dispatch is asked to erase its copy, its
 * pictures are deleted, and the key is deleted, which makes the details in copies of the database unreadable too. The task `keys` deletes the key once more after
 * ten minutes, since a put that was under way may bring it back.
 */
export async function eraseRecord(env: Env, request: ErasureRequest): Promise<ErasureOutcome> {
  for (let round = 0; round < CHANGE_ROUNDS; round += 1) {
    const known = round === 0 ? request.record : undefined;
    const record = known ?? (await findRecord(env.DB, request.id));
    if (record === null) return eraseSubscriber(env, request);
    if (record.erasedAt !== null) {
      await destroyOutside(env, request.id);
      return { outcome: 'before' };
    }
    if (request.cause === 'dropped' && record.state !== 'held') return { outcome: 'stale' };
    const drafted = draftErasure(request, record);
    const draft = { ...drafted, deliveries: limitStaffMails(env, drafted.deliveries) };
    if (!(await writeErasure(env.DB, draft))) continue;
    await destroyOutside(env, request.id);
    return { outcome: 'done', deliveryIds: draft.deliveries.map(({ id }) => id) };
  }
  return { outcome: 'stale' };
}

/** Ends a subscription to the letters: what waits to be sent is closed in the same batch, and the address can never be opened again. */
export async function eraseSubscriber(
  env: Env,
  { id, cause, now }: Pick<ErasureRequest, 'id' | 'cause' | 'now'>,
): Promise<ErasureOutcome> {
  if (!(await emptySubscriber(env.DB, { id, leaves: cause === 'request', now }))) {
    return { outcome: 'unknown' };
  }
  await tryDestroyKey(env, id);
  return { outcome: 'done', deliveryIds: [] };
}

async function findRecord(db: D1Database, id: string): Promise<Booking | Message | Plan | null> {
  return (await findBooking(db, id)) ?? (await findMessage(db, id)) ?? findPlan(db, id);
}

function draftErasure(
  { cause, actor, now }: ErasureRequest,
  record: Booking | Message | Plan,
): ErasureDraft {
  const { id, version } = record;
  const draft = { id, version, cause, actor, now };
  if ('visitDate' in record) {
    const deliveries = deliveriesOf(record, { cause, actor, now });
    return { ...draft, table: 'bookings', deliveries, plan: followingPlan(record, draft) };
  }
  const table = 'rhythm' in record ? 'plans' : 'messages';
  return { ...draft, table, deliveries: [], plan: null };
}

/** A plan that has not begun ends where its first visit is erased. What cron drops is dropped with its plan, each by itself. */
function followingPlan(
  { planId, state, stateAt, visitEndsAt }: Booking,
  { cause, actor, now }: Pick<ErasureDraft, 'cause' | 'actor' | 'now'>,
): ErasureDraft['plan'] {
  if (planId === null || !isLive(state) || cause === 'dropped') return null;
  return {
    ...{ planId, actor, to: 'cancelled', since: stateAt, type: 'erase', correction: null },
    keyEndsAt: planKeyEnd(visitEndsAt),
    endedKeyEndsAt: addPeriod(now, retention.cancelled.period),
  };
}

/** `job.erased` for dispatch. A mail to staff too where the erasure by someone else cancels a visit. */
function deliveriesOf(
  { state }: Booking,
  { cause, actor, now }: Omit<ErasureRequest, 'id' | 'record'>,
): NewDelivery[] {
  const draft = { versionOffset: 0, dueAt: now, afterId: null };
  const deliveries: NewDelivery[] = [
    { ...draft, id: crypto.randomUUID(), channel: 'dispatch', kind: 'job.erased' },
  ];
  const isOff = state === 'requested' || state === 'confirmed';
  // Where a plan is erased, the mail about its next visit speaks for all.
  const isFurther = cause === 'request' && actor === 'system';
  if (cause !== 'ended' && actor !== 'staff' && !isFurther && isOff) {
    deliveries.push({
      ...draft,
      id: crypto.randomUUID(),
      channel: 'staff-email',
      kind: 'booking.cancelled',
    });
  }
  return deliveries;
}

/** What lies outside the row: the key, and the pictures that only it opens. */
async function destroyOutside(env: Env, id: string): Promise<void> {
  await Promise.all([tryDestroyKey(env, id), tryDeletePhotos(env, id)]);
}

/** Where the bucket fails, the hourly run deletes what no record holds any more; without its key nobody can open it. */
async function tryDeletePhotos(env: Env, id: string): Promise<void> {
  try {
    await deletePhotos(env, id);
  } catch (error) {
    logError('photos_not_deleted', error, { id });
  }
}

/** The row is emptied already. Where KV fails, the task `keys` deletes the key ten minutes later. */
async function tryDestroyKey(env: Env, id: string): Promise<void> {
  try {
    await destroyKey(openKeyStore(env), id);
  } catch (error) {
    logError('key_not_destroyed', error, { id });
  }
}
