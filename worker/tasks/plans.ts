import { bookingRules } from '../../shared/content/catalogue.ts';
import { addDays, toVietnamDate } from '../../shared/time.ts';
import { logError } from '../base/log.ts';
import { followReadPlan } from '../records/follow-plan.ts';
import { listDuePlans } from '../store/plan-visits.ts';

/** Plans that one minute goes on with, and visits of one that it changes: a minute stays below 40 calls of D1. */
const PLANS_PER_RUN = 6;
const CHANGES_PER_PLAN = 4;

/** Makes the visits of plans follow them. A plan that fails does not stop the others; the next minute tries it again. */
export async function followPlans(env: Env, now: Date): Promise<void> {
  const today = toVietnamDate(now);
  const horizon = addDays(today, bookingRules.horizonDays);
  for (const plan of await listDuePlans(env.DB, { today, horizon, limit: PLANS_PER_RUN })) {
    try {
      await followReadPlan(env, plan, { now, changesMax: CHANGES_PER_PLAN });
    } catch (error) {
      logError('plan_not_followed', error, { id: plan.id });
    }
  }
}
