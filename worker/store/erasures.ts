import type { Actor, BookingState, MessageState, PlanState } from '../../shared/states.ts';
import { writeChange } from './batch.ts';
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
import { deleteOpenDates, leavePlan } from './plan-dates.ts';
import { followFirstVisit, type VisitChange } from './plan-states.ts';
import { deleteRepeatKeys } from './repeats.ts';
import { closeRightsRequests } from './rights-requests.ts';
import { bindByName } from './rows.ts';
import { freeSeats } from './seats.ts';

/** Why a record's personal data is erased: the person asked, its retention has ended, its key is lost for good, or nobody released it. */
export type ErasureCause = 'request' | 'ended' | 'lost' | 'dropped';

/** An erasure about to be written, for the record's version that was read. */
export interface ErasureDraft {
  table: SubjectTable;
  id: string;
  version: number;
  cause: ErasureCause;
  actor: Actor;
  now: Date;
  deliveries: readonly NewDelivery[];
  /** How the plan of a visit follows; null where it belongs to none. */
  plan: VisitChange | null;
}

/** Keeps the queued mails to staff that end a visit; they are sent without personal data. */
const keptMails: Readonly<Partial<Record<Channel, { keptKinds: readonly DeliveryKind[] }>>> = {
  'staff-email': { keptKinds: ['booking.cancelled'] },
};

type States<S extends string> = Readonly<Partial<Record<S, S>>>;

/** The state in which an unfinished booking ends when its data is erased. */
const bookingEnds: Readonly<Record<ErasureCause, States<BookingState>>> = {
  request: { held: 'dropped', requested: 'cancelled', confirmed: 'cancelled' },
  ended: { held: 'dropped', requested: 'lapsed', confirmed: 'completed' },
  lost: { held: 'dropped', requested: 'cancelled', confirmed: 'cancelled' },
  dropped: { held: 'dropped' },
};
const eventTypes: Readonly<Record<ErasureCause, string>> = {
  request: 'erase',
  ended: 'end',
  lost: 'end',
  dropped: 'drop',
};
/** The state in which an unfinished message ends when its data is erased. */
const messageEnds: States<MessageState> = { held: 'dropped', open: 'closed', answered: 'closed' };
const planEnds: Readonly<Partial<Record<PlanState, PlanState>>> = {
  held: 'ended',
  requested: 'ended',
  active: 'ended',
  paused: 'ended',
};

/**
 * Empties a record of everything personal in one batch: sealed details, hashes, size or named booking code, seats. Undelivered
 * deliveries are superseded, and dispatch is asked to erase its copy. False where the record has changed meanwhile or was
 * erased before.
 */
export async function writeErasure(db: D1Database, draft: ErasureDraft): Promise<boolean> {
  const { id: subjectId, table, now: at, actor } = draft;
  const change: Change = { table, subjectId, eventId: crypto.randomUUID(), at };
  const byIds = draft.deliveries.map(({ id }) => id);
  const type = eventTypes[draft.cause];
  return writeChange(db, change, [
    emptyRecord(db, change, draft),
    deleteRepeatKeys(db, change),
    closeRightsRequests(db, change),
    insertEvent(db, change, { type, actor, reason: draft.cause === 'lost' ? 'key-lost' : null }),
    ...(table === 'bookings'
      ? [freeSeats(db, change), cutFromLater(db, change), ...leavePlan(db, change)]
      : []),
    ...(table === 'plans' ? [deleteOpenDates(db, change, 'all')] : []),
    ...(draft.plan === null ? [] : followFirstVisit(db, change, draft.plan)),
    ...channels.map((channel) =>
      supersedeOlder(db, change, { channel, byIds, ...keptMails[channel] }),
    ),
    ...draft.deliveries.map((delivery) => insertDelivery(db, change, delivery)),
    ...draft.deliveries
      .filter(({ channel }) => channel === 'dispatch')
      .map((delivery) => dropIfNeverAttempted(db, change, delivery)),
  ]);
}

/** Columns that an erasure empties beside the sealed details. */
const EMPTIED = {
  bookings: [
    ...(['quantity', 'further_services', 'answers'] as const),
    ...(['call_again_at', 'crew', 'phone_bucket', 'previous', 'hold_reason'] as const),
  ],
  messages: ['booking_code', 'genuine', 'hold_reason'],
  plans: ['quantity', 'further_services', 'answers', 'paused_until'],
} as const;

/** Leads from no later booking of the same person to one that a given event just erased. */
function cutFromLater(db: D1Database, change: Change): D1PreparedStatement {
  return db
    .prepare(
      `update bookings set previous = null where previous = ?1
       and exists (select 1 from bookings erased where erased.id = ?1 and erased.last_event_id = ?2)`,
    )
    .bind(change.subjectId, change.eventId);
}

/** The state in which an unfinished record ends, by the state it is in. */
function endStatesOf({ table, cause }: ErasureDraft): Readonly<Record<string, string>> {
  const ends = { bookings: bookingEnds[cause], messages: messageEnds, plans: planEnds };
  return ends[table];
}

function emptyRecord(db: D1Database, change: Change, draft: ErasureDraft): D1PreparedStatement {
  const { json, at } = bindByName({
    id: change.subjectId,
    version: draft.version,
    eventId: change.eventId,
    now: change.at,
    endStates: endStatesOf(draft),
  });
  /** The state in which the record ends, by the state it is in; null where it stays there. */
  const endState = `json_extract(?1, '$.endStates.' || state)`;
  return db
    .prepare(
      `update ${draft.table} set sealed = x'', erased_at = ${at('now')}, key_ends_at = min(key_ends_at, ${at('now')}),
         ${EMPTIED[draft.table].map((column) => `${column} = null`).join(', ')},
         ${draft.table === 'plans' ? 'unsettled = 1,' : ''}
         state = coalesce(${endState}, state),
         state_at = case when ${endState} is null then state_at else ${at('now')} end,
         version = version + 1, last_event_id = ${at('eventId')}
       where id = ${at('id')} and version = ${at('version')} and erased_at is null`,
    )
    .bind(json);
}
