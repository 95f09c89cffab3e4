import type { Actor, BookingState, PlanState } from '../../shared/states.ts';
import { addDays, toVietnamDate } from '../../shared/time.ts';
import { type Change, insertEvent } from './events.ts';
import { deleteOpenDates } from './plan-dates.ts';
import { bindByName } from './rows.ts';
import { serviceColumns } from './visit-services.ts';

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
  "case plans.rhythm when 'weekly' then '+7 days' when 'two-weeks' then '+14 days' else '+28 days' end";

/** A change of a visit that belongs to a plan. */
export interface VisitChange {
  planId: string;
  /** The state that the visit gets, null where it keeps the one it has, and since when it had that. */
  to: BookingState | null;
  since: Date;
  /** Type of the visit's event, which the plan's takes over. */
  type: string;
  actor: Actor;
  /** The plan's key end while it goes on, and where it ends now. */
  keyEndsAt: Date;
  endedKeyEndsAt: Date;
  /** Details of a first visit that were put right, for the plan of a version; null where none were. */
  correction: {
    version: number;
    /** The plan's own person; null where that stays. */
    sealed: Uint8Array<ArrayBuffer> | null;
    takesServices: boolean;
  } | null;
}

/**
 * A plan follows its first visit until it has begun: it has that one's day, window and details, begins with the confirm, goes back
 * where that is undone, and ends where the visit is declined, lapses, is cancelled or dropped. Once it has begun, a change of its
 * first visit touches nothing else.
 */
export function followFirstVisit(
  db: D1Database,
  change: Change,
  visit: VisitChange,
): D1PreparedStatement[] {
  const to = visit.to === null ? null : planStateOf[visit.to];
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
    version: visit.correction?.version ?? null,
    takesServices: visit.correction?.takesServices ?? false,
  });
  const isCorrected = `${at('version')} is not null`;
  const hasMoved =
    '(plans.anchor_date <> first.visit_date or plans.arrival_window <> first.arrival_window)';
  const follows = `plans.id = ${at('id')} and plans.erased_at is null and plans.state is not ${at('to')}
    and first.id = ${at('visitId')} and first.last_event_id = ${at('visitEventId')} and first.origin <> 'plan'
    and plans.version = coalesce(${at('version')}, plans.version)
    and (plans.state in ('held', 'requested')
      or (${at('to')} is not null and plans.state = 'ended' and plans.state_at = ${at('since')})
      or (${at('isUndo')} and plans.state in ('active', 'paused')))`;
  const label = db
    .prepare(
      `update bookings as first set
         rhythm_date = iif(exists (select 1 from bookings other where other.plan_id = plans.id
           and other.rhythm_date = first.visit_date and other.id <> first.id), first.rhythm_date, first.visit_date),
         plan_terms = iif(first.plan_terms = plans.terms, plans.terms + 1, first.plan_terms)
       from plans where first.plan_id = plans.id and (${hasMoved} or ${isCorrected}) and ${follows}`,
    )
    .bind(json);
  const taken = (column: string) =>
    `${column} = iif(${at('takesServices')}, first.${column}, plans.${column})`;
  const raised = (column: string, condition: string) =>
    `${column} = iif(${condition}, plans.terms + 1, plans.${column})`;
  const update = db
    .prepare(
      `update plans set state = coalesce(${at('to')}, plans.state),
         state_at = iif(${at('to')} is null, plans.state_at, ${at('now')}), version = plans.version + 1,
         last_event_id = ${at('eventId')}, paused_until = null,
         unsettled = iif(${at('to')} is null, plans.unsettled, 1),
         anchor_date = first.visit_date, arrival_window = first.arrival_window,
         next_date = date(first.visit_date, ${RHYTHM_DAYS}),
         ward = iif(${isCorrected}, first.ward, plans.ward), sealed = coalesce(?2, plans.sealed),
         ${Object.keys(serviceColumns).map(taken).join(', ')},
         ${raised('terms', `${hasMoved} or ${isCorrected}`)}, ${raised('slot_terms', hasMoved)},
         ${raised('service_terms', at('takesServices'))}, ${raised('detail_terms', isCorrected)},
         key_ends_at = case when ${at('to')} is null then plans.key_ends_at
           when ${at('to')} = 'ended' then min(plans.key_ends_at, ${at('endedKeyEndsAt')})
           else max(plans.key_ends_at, ${at('keyEndsAt')}) end
       from bookings first where ${follows}`,
    )
    .bind(json, visit.correction?.sealed ?? null);
  return [
    label,
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
