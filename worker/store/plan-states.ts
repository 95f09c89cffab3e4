import type { Actor, BookingState, PlanState } from '../../shared/states.ts';
import { addDays, toVietnamDate } from '../../shared/time.ts';
import { type Change, insertEvent } from './events.ts';
import { deleteOpenDates } from './plan-dates.ts';
import { bindByName } from './rows.ts';

/** What a plan is while its first visit has a state; the visit's other states change nothing. */
const planStateOf: Readonly<Partial<Record<BookingState, PlanState>>> = {
  held: 'held',
  requested: 'requested',
  confirmed: 'active',
  declined: 'ended',
  lapsed: 'ended',
  cancelled: 'ended',
  dropped: 'ended',
};

/** What is taken back when a confirm is undone is made again from the second day of the rhythm on. */
const RHYTHM_DAYS =
  "case rhythm when 'weekly' then '+7 days' when 'two-weeks' then '+14 days' else '+28 days' end";

/** A change of state of a visit that belongs to a plan. */
export interface VisitChange {
  planId: string;
  /** The state that the visit gets, and since when it had the one before. */
  to: BookingState;
  since: Date;
  /** Type of the visit's event, which the plan's takes over. */
  type: string;
  actor: Actor;
  /** The plan's key end while it goes on, and where it ends now. */
  keyEndsAt: Date;
  endedKeyEndsAt: Date;
}

/**
 * A plan follows its first visit until it has begun: it begins with the confirm, goes back where that is undone, and ends where
 * the visit is declined, lapses, is cancelled or dropped. Once it has begun, a change of its first visit touches nothing else.
 */
export function followFirstVisit(
  db: D1Database,
  change: Change,
  visit: VisitChange,
): D1PreparedStatement[] {
  const to = planStateOf[visit.to];
  if (to === undefined) return [];
  const plan: Change = {
    table: 'plans',
    subjectId: visit.planId,
    eventId: crypto.randomUUID(),
    at: change.at,
  };
  const { json, at } = bindByName({
    id: plan.subjectId,
    eventId: plan.eventId,
    to,
    now: plan.at,
    visitId: change.subjectId,
    visitEventId: change.eventId,
    since: visit.since,
    isUndo: visit.type === 'undoConfirm',
    keyEndsAt: visit.keyEndsAt,
    endedKeyEndsAt: visit.endedKeyEndsAt,
  });
  const update = db
    .prepare(
      `update plans set state = ${at('to')}, state_at = ${at('now')}, version = version + 1,
         last_event_id = ${at('eventId')}, paused_until = null, unsettled = 1,
         next_date = date(anchor_date, ${RHYTHM_DAYS}),
         key_ends_at = iif(${at('to')} = 'ended', min(key_ends_at, ${at('endedKeyEndsAt')}), max(key_ends_at, ${at('keyEndsAt')}))
       where id = ${at('id')} and erased_at is null and state <> ${at('to')}
         and exists (select 1 from bookings
           where id = ${at('visitId')} and last_event_id = ${at('visitEventId')} and origin <> 'plan')
         and (state in ('held', 'requested') or (state = 'ended' and state_at = ${at('since')})
           or (${at('isUndo')} and state in ('active', 'paused')))`,
    )
    .bind(json);
  return [
    update,
    insertEvent(db, plan, { type: visit.type, actor: visit.actor, reason: null }),
    // A plan that begins again tries every day anew.
    deleteOpenDates(db, plan, 'open'),
  ];
}

/** A cancelled visit that comes back takes over what its plan has changed meanwhile; where it cannot, its day is looked for anew. */
export function followReturn(
  db: D1Database,
  change: Change,
  { planId, type, actor }: VisitChange,
): D1PreparedStatement[] {
  const eventId = crypto.randomUUID();
  const plan: Change = { table: 'plans', subjectId: planId, eventId, at: change.at };
  const update = db
    .prepare(
      `update plans set version = version + 1, last_event_id = ?4, unsettled = 1,
         next_date = min(next_date, max(?5, coalesce(paused_until, ?5)))
       where id = ?3 and state in ('active', 'paused') and exists (select 1 from bookings
         where id = ?1 and last_event_id = ?2 and plan_terms < plans.terms)`,
    )
    .bind(
      ...[change.subjectId, change.eventId, planId, eventId],
      addDays(toVietnamDate(change.at), 1),
    );
  return [update, insertEvent(db, plan, { type, actor, reason: null })];
}
