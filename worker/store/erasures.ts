import type { Actor, BookingState, MessageState } from '../../shared/states.ts';
import {
  type Channel,
  channels,
  type DeliveryKind,
  dropIfNeverAttempted,
  insertDelivery,
  type NewDelivery,
  supersedeOlder,
} from './deliveries.ts';
import { type Change, insertEvent, type SubjectTable } from './events.ts';
import { deleteRepeatKeys } from './repeats.ts';
import { freeSeats } from './seats.ts';

/** Why a record's personal data goes: the person asked, its retention has ended, or its key is lost for good. */
export type ErasureCause = 'request' | 'ended' | 'lost';

/** An erasure about to be written, for the record's version that was read. */
export interface ErasureDraft {
  table: SubjectTable;
  id: string;
  version: number;
  cause: ErasureCause;
  actor: Actor;
  now: Date;
  /** What goes out because of it. */
  deliveries: readonly NewDelivery[];
}

/** Keeps the queued `booking.cancelled` mail to staff; it is sent without personal data. */
const keptMails: Readonly<Partial<Record<Channel, { keptKind: DeliveryKind }>>> = {
  'staff-email': { keptKind: 'booking.cancelled' },
};

type States<S extends string> = Readonly<Partial<Record<S, S>>>;

/** Where an unfinished booking ends when its data goes. */
const bookingEnds: Readonly<Record<ErasureCause, States<BookingState>>> = {
  request: { held: 'dropped', requested: 'cancelled', confirmed: 'cancelled' },
  ended: { held: 'dropped', requested: 'lapsed', confirmed: 'completed' },
  lost: { held: 'dropped', requested: 'cancelled', confirmed: 'cancelled' },
};
/** Where an unfinished message ends when its data goes. */
const messageEnds: States<MessageState> = { held: 'dropped', open: 'closed', answered: 'closed' };

/**
 * Empties a record of everything personal in one batch: blob, hashes, size or named code, seats, undelivered messages,
 * and the order to dispatch to erase its copy. False where the record has changed meanwhile or was erased before.
 */
export async function writeErasure(db: D1Database, draft: ErasureDraft): Promise<boolean> {
  const { id: subjectId, table, now: at, actor } = draft;
  const change: Change = { table, subjectId, eventId: crypto.randomUUID(), at };
  const byIds = draft.deliveries.map(({ id }) => id);
  const type = draft.cause === 'request' ? 'erase' : 'end';
  const [updated] = await db.batch([
    emptyRecord(db, change, draft),
    deleteRepeatKeys(db, change),
    insertEvent(db, change, { type, actor, reason: draft.cause === 'lost' ? 'key-lost' : null }),
    ...(table === 'bookings' ? [freeSeats(db, change)] : []),
    ...channels.map((channel) =>
      supersedeOlder(db, change, { channel, byIds, ...keptMails[channel] }),
    ),
    ...draft.deliveries.map((delivery) => insertDelivery(db, change, delivery)),
    ...draft.deliveries
      .filter(({ channel }) => channel === 'dispatch')
      .map((delivery) => dropIfNeverAttempted(db, change, delivery)),
  ]);
  return updated?.meta.changes === 1;
}

function emptyRecord(db: D1Database, change: Change, draft: ErasureDraft): D1PreparedStatement {
  const ends = draft.table === 'bookings' ? bookingEnds[draft.cause] : messageEnds;
  return db
    .prepare(
      `update ${draft.table} set sealed = x'', erased_at = ?3, key_ends_at = min(key_ends_at, ?3),
         ${draft.table === 'bookings' ? 'quantity' : 'booking_code'} = null, hold_reason = null,
         state = coalesce(json_extract(?4, '$.' || state), state),
         state_at = case when json_extract(?4, '$.' || state) is null then state_at else ?3 end,
         version = version + 1, last_event_id = ?2
       where id = ?1 and version = ?5 and erased_at is null`,
    )
    .bind(
      change.subjectId,
      change.eventId,
      change.at.toISOString(),
      JSON.stringify(ends),
      draft.version,
    );
}
