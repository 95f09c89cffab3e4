import type { Actor, PlanState } from '../../shared/states.ts';
import { writeChange } from './batch.ts';
import { type Change, insertEvent } from './events.ts';
import { deleteOpenDates } from './plan-dates.ts';
import type { Plan } from './plans.ts';
import { withdrawReceipts } from './receipts.ts';
import { bindByName } from './rows.ts';
import { writeServices } from './visit-services.ts';

/** What can be done to a plan. Skipping and moving one visit are actions of that visit. */
export const planActions = [
  ...(['pause', 'resume', 'rhythm', 'services', 'contact', 'stop', 'withdraw'] as const),
] as const;

export type PlanAction = (typeof planActions)[number];

/** A change of a plan about to be written, for the version that was read. */
export interface PlanChangeDraft {
  plan: Plan;
  action: PlanAction;
  actor: Actor;
  now: Date;
  values: Partial<
    Pick<
      Plan,
      | 'rhythm'
      | 'anchorDate'
      | 'window'
      | 'services'
      | 'ward'
      | 'pausedUntil'
      | 'terms'
      | 'slotTerms'
      | 'serviceTerms'
      | 'detailTerms'
      | 'nextDate'
      | 'sealed'
    >
  > & { state?: PlanState };
}

/** Writes a change of a plan with its event; its visits follow afterwards. `stale` where the plan has changed meanwhile. */
export async function writePlanChange(
  db: D1Database,
  draft: PlanChangeDraft,
): Promise<'done' | 'stale'> {
  const { plan, action, actor, now } = draft;
  const change: Change = {
    table: 'plans',
    subjectId: plan.id,
    eventId: crypto.randomUUID(),
    at: now,
  };
  const { rhythm, anchorDate } = { ...plan, ...draft.values };
  const hasOtherDays = rhythm !== plan.rhythm || anchorDate !== plan.anchorDate;
  const isDone = await writeChange(db, change, [
    updatePlan(db, change, draft),
    insertEvent(db, change, { type: action, actor, reason: null }),
    deleteOpenDates(db, change, hasOtherDays ? 'all' : 'open'),
    ...(action === 'withdraw' ? [withdrawReceipts(db, plan.id, now)] : []),
  ]);
  return isDone ? 'done' : 'stale';
}

function updatePlan(
  db: D1Database,
  change: Change,
  { plan, values, now }: PlanChangeDraft,
): D1PreparedStatement {
  const next = { ...plan, ...values };
  const { json, at } = bindByName({
    id: change.subjectId,
    eventId: change.eventId,
    version: plan.version,
    now,
    state: next.state,
    rhythm: next.rhythm,
    anchorDate: next.anchorDate,
    window: next.window,
    ...writeServices(next.services),
    ward: next.ward,
    pausedUntil: next.pausedUntil,
    terms: next.terms,
    slotTerms: next.slotTerms,
    serviceTerms: next.serviceTerms,
    detailTerms: next.detailTerms,
    nextDate: next.nextDate,
  });
  return db
    .prepare(
      `update plans set state_at = iif(state = ${at('state')}, state_at, ${at('now')}), state = ${at('state')},
         version = version + 1, last_event_id = ${at('eventId')}, rhythm = ${at('rhythm')},
         anchor_date = ${at('anchorDate')}, arrival_window = ${at('window')}, service = ${at('service')},
         quantity = ${at('quantity')}, further_services = ${at('further_services')}, answers = ${at('answers')},
         ward = ${at('ward')}, paused_until = ${at('pausedUntil')}, terms = ${at('terms')}, slot_terms = ${at('slotTerms')},
         service_terms = ${at('serviceTerms')}, detail_terms = ${at('detailTerms')}, next_date = ${at('nextDate')}, sealed = ?2, unsettled = 1
       where id = ${at('id')} and version = ${at('version')} and erased_at is null`,
    )
    .bind(json, next.sealed);
}

/** Notes that all visits follow the plan, unless it has changed meanwhile. */
export function markSettled(
  db: D1Database,
  { id, version }: Pick<Plan, 'id' | 'version'>,
): D1PreparedStatement {
  return db
    .prepare('update plans set unsettled = 0 where id = ?1 and version = ?2')
    .bind(id, version);
}

/** Gives a plan a later key end, unless it was erased meanwhile. */
export async function extendPlanKey(
  db: D1Database,
  { id, version }: Pick<Plan, 'id' | 'version'>,
  endsAt: Date,
): Promise<'done' | 'stale'> {
  const { meta } = await db
    .prepare(
      'update plans set key_ends_at = max(key_ends_at, ?3) where id = ?1 and version = ?2 and erased_at is null',
    )
    .bind(id, version, endsAt.toISOString())
    .run();
  return meta.changes === 1 ? 'done' : 'stale';
}

/** Lets a day that a visit did not take place on follow a new rhythm, so that it stays let go; nothing where that day is taken. */
export function relabelVisit(
  db: D1Database,
  visit: { id: string; rhythmDate: string; terms: number },
): D1PreparedStatement {
  return db
    .prepare(
      `update or ignore bookings set rhythm_date = ?2, plan_terms = ?3
       where id = ?1 and rhythm_date is not null and state not in ('held', 'requested', 'confirmed')`,
    )
    .bind(visit.id, visit.rhythmDate, visit.terms);
}

/** Notes that the visits of a plan could not follow it, or with null that they could. */
export function noteFailure(db: D1Database, id: string, at: Date | null): D1PreparedStatement {
  return db
    .prepare('update plans set failed_at = ?2 where id = ?1')
    .bind(id, at?.toISOString() ?? null);
}
