import type { Actor } from '../../shared/states.ts';
import { logError } from '../base/log.ts';
import { type Booking, findBooking } from '../store/bookings.ts';
import type { NewDelivery } from '../store/deliveries.ts';
import { type ErasureCause, type ErasureDraft, writeErasure } from '../store/erasures.ts';
import { findMessage, type Message } from '../store/messages.ts';
import { destroyKey, openKeyStore } from './key-store.ts';

/** Who erases which record and why. */
export interface ErasureRequest {
  id: string;
  cause: ErasureCause;
  actor: Actor;
  now: Date;
}

/** What became of an erasure: done with the deliveries to nudge, done before, or the record kept changing. */
export type ErasureOutcome =
  { outcome: 'done'; deliveryIds: string[] } | { outcome: 'before' | 'stale' | 'unknown' };

/** How often a change that came in between is followed. */
const ROUNDS = 4;

/**
 * Erases a record: a visit not yet made is off, the blob is emptied, dispatch is told, and the key is destroyed, which makes
 * copies of the database unreadable too. The clock destroys the key again for a day.
 */
export async function eraseRecord(env: Env, request: ErasureRequest): Promise<ErasureOutcome> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const booking = await findBooking(env.DB, request.id);
    const record = booking ?? (await findMessage(env.DB, request.id));
    if (record === null) return { outcome: 'unknown' };
    if (record.erasedAt !== null) {
      await tryDestroyKey(env, request.id);
      return { outcome: 'before' };
    }
    const draft = draftErasure(request, booking, record);
    if (!(await writeErasure(env.DB, draft))) continue;
    await tryDestroyKey(env, request.id);
    return { outcome: 'done', deliveryIds: draft.deliveries.map(({ id }) => id) };
  }
  return { outcome: 'stale' };
}

function draftErasure(
  { cause, actor, now }: ErasureRequest,
  booking: Booking | null,
  { id, version }: Booking | Message,
): ErasureDraft {
  const table = booking === null ? 'messages' : 'bookings';
  const deliveries = booking === null ? [] : deliveriesOf(booking, { cause, actor, now });
  return { table, id, version, cause, actor, now, deliveries };
}

/** Dispatch erases its copy; staff hear of a visit that a customer took back by erasing. */
function deliveriesOf(
  { state }: Booking,
  { cause, actor, now }: Omit<ErasureRequest, 'id'>,
): NewDelivery[] {
  const draft = { versionOffset: 0, dueAt: now, afterId: null };
  const news: NewDelivery[] = [
    { ...draft, id: crypto.randomUUID(), channel: 'dispatch', kind: 'job.erased' },
  ];
  const isOff = state === 'requested' || state === 'confirmed';
  if (cause !== 'ended' && actor !== 'staff' && isOff) {
    news.push({
      ...draft,
      id: crypto.randomUUID(),
      channel: 'staff-email',
      kind: 'booking.cancelled',
    });
  }
  return news;
}

/** The row is empty already; where KV does not answer, the clock destroys the key. */
async function tryDestroyKey(env: Env, id: string): Promise<void> {
  try {
    await destroyKey(openKeyStore(env), id);
  } catch (error) {
    logError('key_not_destroyed', error, { id });
  }
}
