import type { JobSlot } from '../../shared/jobs/availability.ts';
import {
  type Actor,
  type BookingState,
  type BookingTransition,
  bookingTransitions,
  limitOf,
} from '../../shared/states.ts';
import { later } from '../../shared/time.ts';
import { type Amendment, amendmentStatements } from './amendments.ts';
import { writeChange } from './batch.ts';
import type { Booking } from './bookings.ts';
import {
  type Channel,
  channels,
  type DeliveryKind,
  dropIfNeverAttempted,
  insertDelivery,
  type NewDelivery,
  supersedeOlder,
} from './deliveries.ts';
import { type Change, insertEvent } from './events.ts';
import { followFirstVisit, followReturn, type VisitChange } from './plan-states.ts';
import { bindByName } from './rows.ts';
import { SET_ASIDE } from './held.ts';
import { freeSeats, hasNoSeat, isWindowFull, takeSeat } from './seats.ts';
import { writeServices } from './visit-services.ts';

/** A booking's transition about to be written: what changes, and the deliveries that it causes. */
export interface TransitionDraft {
  booking: Booking;
  transition: BookingTransition;
  /** The state it ends in; null keeps the one it has. */
  to: BookingState | null;
  actor: Actor;
  /** A reason from a fixed list, or null. */
  reason: string | null;
  now: Date;
  /** How far the version rises: 2 where `job.cancelled` and `job.erased` go out, each with a version of its own. */
  versionStep: 1 | 2;
  keyEndsAt: Date;
  /** What changes besides the state; absent parts stay. */
  values: Partial<
    Pick<
      Booking,
      | 'visitDate'
      | 'window'
      | 'visitStartsAt'
      | 'visitEndsAt'
      | 'visit'
      | 'services'
      | 'ward'
      | 'sealed'
      | 'callAgainAt'
      | 'crew'
      | 'rhythmDate'
      | 'planTerms'
    > & { phoneBucket: string }
  >;
  /** Seats: kept, given back, or taken anew in these windows. */
  seats: 'keep' | 'free' | readonly JobSlot[];
  /** Seats in those windows that the booking has already are kept instead of taken anew, so that a full window refuses no one in it. */
  keepsOwnSeats: boolean;
  /** Channels whose older undelivered deliveries are superseded. */
  supersedes: readonly Channel[];
  deliveries: readonly NewDelivery[];
  /** What it writes about price, payment or rating; null for nothing. */
  amendment: Amendment | null;
  /** How the visit's plan follows; null where it belongs to none or keeps its state. */
  plan: VisitChange | null;
}

/** Deliveries that are pointless where dispatch has never received the booking. */
const endingKinds: readonly DeliveryKind[] = ['job.cancelled', 'job.erased'];

/**
 * Writes a transition with its event, seats and deliveries in one batch. `stale` where the booking has changed meanwhile or its
 * state does not allow the transition any more; `full` where a window has no seat left. Then nothing is written.
 */
export async function writeTransition(
  db: D1Database,
  draft: TransitionDraft,
): Promise<'done' | 'stale' | 'full'> {
  try {
    const change = changeOf(draft);
    const statements = transitionStatements(db, change, { ...draft, needed: [] });
    const isDone = await writeChange(db, change, statements);
    return isDone ? 'done' : 'stale';
  } catch (error) {
    if (isWindowFull(error)) return 'full';
    throw error;
  }
}

/**
 * Writes the transitions of several bookings in one batch, in their order, each if its booking has not changed and every window
 * that it takes a seat in has one. Says of each whether it was written.
 */
export async function writeTransitions(
  db: D1Database,
  drafts: readonly TransitionDraft[],
): Promise<boolean[]> {
  const groups = drafts.map((draft) => {
    const needed = typeof draft.seats === 'string' ? [] : draft.seats;
    return transitionStatements(db, changeOf(draft), { ...draft, needed });
  });
  const results = await db.batch(groups.flat());
  let at = 0;
  return groups.map((statements) => {
    const updated = results[at];
    at += statements.length;
    return updated?.meta.changes === 1;
  });
}

function changeOf({ booking, now }: TransitionDraft): Change {
  return { table: 'bookings', subjectId: booking.id, eventId: crypto.randomUUID(), at: now };
}

/** A draft with the windows that must have a seat, or nothing is written. */
type GuardedDraft = TransitionDraft & { needed: readonly JobSlot[] };

/** The update comes first; the others take effect only where it does. */
function transitionStatements(
  db: D1Database,
  change: Change,
  draft: GuardedDraft,
): D1PreparedStatement[] {
  const { transition: type, actor, reason, amendment, plan } = draft;
  return [
    updateBooking(db, change, draft),
    ...seatStatements(db, change, draft),
    insertEvent(db, change, { type, actor, reason }),
    ...(amendment === null ? [] : amendmentStatements(db, change, amendment)),
    ...deliveryStatements(db, change, draft),
    ...(plan === null ? [] : followFirstVisit(db, change, plan)),
    ...(plan !== null && type === 'undoCancel' ? followReturn(db, change, plan) : []),
  ];
}

function updateBooking(db: D1Database, change: Change, draft: GuardedDraft): D1PreparedStatement {
  const { booking, transition, values, now } = draft;
  const limit = limitOf(transition);
  const { json, at } = bindByName({
    id: change.subjectId,
    version: booking.version,
    eventId: change.eventId,
    now,
    to: draft.to,
    from: bookingTransitions[transition].from,
    inStateAfter: limit === undefined ? new Date(0) : earlier(now, limit),
    // Nothing is undone for whoever took the consent back or asked for an erasure.
    isUndo: limit !== undefined,
    // The task that frees the seats of declined bookings may have run just before the undo.
    needsSeats: transition === 'undoDecline',
    comesBack: transition === 'undoCancel',
    needed: draft.needed,
    setAside: transition === 'setAside' ? SET_ASIDE : null,
    versionStep: draft.versionStep,
    keyEndsAt: draft.keyEndsAt,
    visitDate: values.visitDate ?? booking.visitDate,
    window: values.window ?? booking.window,
    visitStartsAt: values.visitStartsAt ?? booking.visitStartsAt,
    visitEndsAt: values.visitEndsAt ?? booking.visitEndsAt,
    visit: values.visit ?? booking.visit,
    ward: values.ward ?? booking.ward,
    ...writeServices(values.services ?? booking.services),
    callAgainAt: values.callAgainAt ?? null,
    phoneBucket: values.phoneBucket ?? null,
    assigns: values.crew !== undefined,
    crew: values.crew ?? null,
    setsDate: values.rhythmDate !== undefined,
    rhythmDate: values.rhythmDate ?? null,
    planTerms: values.planTerms ?? booking.planTerms,
    planVersion: draft.plan?.correction?.version ?? null,
  });
  return db
    .prepare(
      `update bookings set state = coalesce(${at('to')}, state),
         state_at = case when ${at('to')} is null then state_at else ${at('now')} end,
         version = version + ${at('versionStep')}, last_event_id = ${at('eventId')}, key_ends_at = ${at('keyEndsAt')},
         visit_date = ${at('visitDate')}, arrival_window = ${at('window')}, visit_starts_at = ${at('visitStartsAt')},
         visit_ends_at = ${at('visitEndsAt')}, visit = ${at('visit')}, ward = ${at('ward')}, service = ${at('service')},
         quantity = ${at('quantity')}, further_services = ${at('further_services')}, answers = ${at('answers')}, sealed = ?2,
         rhythm_date = iif(${at('setsDate')}, ${at('rhythmDate')}, rhythm_date), plan_terms = ${at('planTerms')},
         hold_reason = coalesce(${at('setAside')}, hold_reason), call_again_at = ${at('callAgainAt')},
         phone_bucket = coalesce(${at('phoneBucket')}, phone_bucket),
         crew = case when ${at('assigns')} then ${at('crew')} when visit_date <> ${at('visitDate')} then null else crew end
       where id = ${at('id')} and version = ${at('version')} and state in (select value from json_each(?1, '$.from'))
         and state_at > ${at('inStateAfter')} and erased_at is null
         and (not ${at('isUndo')} or not exists (
           select 1 from rights_requests where subject_id = ${at('id')} and kind in ('withdraw', 'erase') and refused = 0))
         and (${at('planVersion')} is null or exists (
           select 1 from plans where plans.id = plan_id and plans.version = ${at('planVersion')}))
         and (not ${at('comesBack')} or plan_id is null or ${allowsReturn(at('visitDate'))})
         and (not ${at('needsSeats')} or exists (select 1 from seats where booking_id = ${at('id')}))
         and not exists (select 1 from json_each(${at('needed')}) slot where ${hasNoSeat('slot.value')})`,
    )
    .bind(json, values.sealed ?? booking.sealed);
}

/** Whether a cancelled visit's plan can have it again: it runs on that day, or it ended by that very cancellation of its first visit. */
const allowsReturn = (day: string) => `exists (
  select 1 from plans where id = plan_id and coalesce(paused_until, '') <= ${day}
    and (state in ('active', 'paused') or state_at = bookings.state_at))`;

function earlier(now: Date, span: { minutes: number } | { hours: number }): Date {
  return later(now, 'hours' in span ? { hours: -span.hours } : { minutes: -span.minutes });
}

function seatStatements(
  db: D1Database,
  change: Change,
  { seats, keepsOwnSeats }: TransitionDraft,
): D1PreparedStatement[] {
  if (seats === 'keep') return [];
  const slots = seats === 'free' ? [] : seats;
  const kept = keepsOwnSeats ? slots : [];
  return [freeSeats(db, change, kept), ...slots.map((slot) => takeSeat(db, change, slot))];
}

function deliveryStatements(
  db: D1Database,
  change: Change,
  draft: TransitionDraft,
): D1PreparedStatement[] {
  const byIds = draft.deliveries.map(({ id }) => id);
  const ending = draft.deliveries.filter(({ kind }) => endingKinds.includes(kind));
  return [
    ...channels
      .filter((channel) => draft.supersedes.includes(channel))
      .map((channel) => supersedeOlder(db, change, { channel, byIds })),
    ...draft.deliveries.map((delivery) => insertDelivery(db, change, delivery)),
    ...ending.map((delivery) => dropIfNeverAttempted(db, change, delivery)),
  ];
}
