import { fromVietnam, toVietnamDate } from '../../shared/time.ts';
import { planKeyEnd } from '../../shared/privacy/retention.ts';
import { isLive, type Actor } from '../../shared/states.ts';
import { eraseRecord } from '../personal-data/erase.ts';
import { writeWithKeyEnd } from '../personal-data/key-ends.ts';
import { openKeyStore, resealPerson } from '../personal-data/key-store.ts';
import { openRecord } from '../personal-data/read-person.ts';
import type { ActionRole } from '../signing/links.ts';
import { extendPlanKey, type PlanChangeDraft, writePlanChange } from '../store/plan-changes.ts';
import { listPlanVisits } from '../store/plan-visits.ts';
import { findPlan, type Plan } from '../store/plans.ts';
import type { AppContext } from '../web/context.ts';
import { runAction } from './action.ts';
import { followNow } from './follow-now.ts';
import { canChangePlan, decidePlanChange, isAsAsked, type PlanChange } from './plan-decisions.ts';
import { makeChosenVisit } from './plan-visits.ts';
import { wakeDeliveries } from './wake-delivery.ts';

/**
 * - `done`: the plan has changed; its visits follow by `followPlan`.
 * - `stale`: it has changed meanwhile.
 * - `refused`: its state does not allow the change, or the day lies outside what can be asked for.
 * - `ended`: its personal data has expired.
 */
export type PlanOutcome = 'done' | 'stale' | 'refused' | 'ended';

interface PlanRequest {
  plan: Plan;
  change: PlanChange;
  actor: Actor;
  now: Date;
}

/** Writes a change of a plan. */
export async function changePlan(
  env: Env,
  { plan, change, actor, now }: PlanRequest,
): Promise<PlanOutcome> {
  const next = await findNextDate(env.DB, plan, now);
  const values = decidePlanChange(plan, change, { next, now });
  if (values === null) return 'refused';
  if (change.action === 'contact' && change.person !== undefined) {
    const sealed = await resealPerson(openKeyStore(env), plan.id, change.person);
    if (sealed === null) return 'ended';
    values.sealed = sealed;
  }
  const draft: PlanChangeDraft = { plan, action: change.action, actor, values, now };
  if (change.action === 'pause') await keepThroughPause(env, plan, { until: change.until, now });
  return writePlanChange(env.DB, draft);
}

/** The day of the rhythm that the next visit stands for; null where none is coming. */
async function findNextDate(db: D1Database, plan: Plan, now: Date): Promise<string | null> {
  const visits = await listPlanVisits(db, plan.id, { today: toVietnamDate(now), now });
  const coming = visits.filter(({ state, visitStartsAt }) => isLive(state) && visitStartsAt > now);
  const dates = coming.map(({ rhythmDate }) => rhythmDate).filter((date) => date !== null);
  return dates.toSorted()[0] ?? null;
}

/** A plan is readable through its pause, however long since its last visit. */
async function keepThroughPause(
  env: Env,
  plan: Plan,
  { until, now }: { until: string; now: Date },
): Promise<void> {
  const to = planKeyEnd(fromVietnam(until, '00:00'));
  if (to <= plan.keyEndsAt) return;
  const key = { id: plan.id, from: plan.keyEndsAt, to, now };
  await writeWithKeyEnd(env, key, () => extendPlanKey(env.DB, plan, to));
}

/**
 * Runs a change of a plan for the holder of its action token, once, and makes its visits follow.
 */
export async function runPlanAction(
  c: AppContext,
  {
    token,
    role,
    isSame = () => hasBecome(c, request),
    ...request
  }: Omit<PlanRequest, 'now'> & {
    token: string;
    role: ActionRole;
    /** Whether the plan is as an earlier change of this kind asked for, where the plan alone cannot tell. */
    isSame?: () => Promise<boolean>;
  },
): Promise<'done' | 'repeated' | 'outdated' | 'expired' | 'refused' | 'ended'> {
  const { plan, change } = request;
  const outcome = await runAction<'refused' | 'ended'>(c, {
    record: plan,
    ...{ role, token, type: change.action },
    write: () => changePlan(c.env, { ...request, now: c.var.now }),
    isSame,
  });
  if (outcome === 'done') await followNow(c, plan.id, { tellsStaff: role === 'customer' });
  return outcome;
}

async function hasBecome(
  c: AppContext,
  { plan, change }: Pick<PlanRequest, 'plan' | 'change'>,
): Promise<boolean> {
  const newest = await findPlan(c.env.DB, plan.id);
  return newest !== null && isAsAsked(newest, change);
}

/**
 * Erases a plan and its coming visits, each of which dispatch is asked to erase.
 */
export async function erasePlan(c: AppContext, plan: Plan, actor: Actor): Promise<'done' | 'open'> {
  const { now } = c.var;
  const erasure = { id: plan.id, record: plan, cause: 'request', actor, now } as const;
  const { outcome } = await eraseRecord(c.env, erasure);
  if (outcome === 'stale') return 'open';
  await followNow(c, plan.id, { tellsStaff: actor === 'customer' });
  return 'done';
}

/**
 * Makes the visit of an open date in a window that somebody chose.
 */
export async function chooseWindow(
  c: AppContext,
  plan: Plan,
  chosen: Parameters<typeof makeChosenVisit>[2],
): Promise<'done' | 'full' | 'refused' | 'ended'> {
  const { now } = c.var;
  if (!canChangePlan(plan, 'pause')) return 'refused';
  const opened = await openRecord(c.env, plan, now);
  if (opened.state !== 'open') return 'ended';
  const made = await makeChosenVisit(c.env, { plan, person: opened.person, now }, chosen);
  if (made.outcome === 'done') wakeDeliveries(c, made.deliveryIds);
  return made.outcome;
}
