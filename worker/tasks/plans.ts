import { bookingRules } from '../../shared/content/catalogue.ts';
import { addDays, toVietnamDate } from '../../shared/time.ts';
import { logError } from '../base/log.ts';
import { followReadPlan } from '../records/follow-plan.ts';
import { listDuePlans } from '../store/plan-visits.ts';

/** Plans that one minute goes on with at most. */
const PLANS_PER_RUN = 6;

/** What else runs in the minute: plans come `after` it, and go on only as long as `mayGoOn` says yes. */
interface Minute {
  after?: Promise<unknown>;
  mayGoOn?: () => boolean;
}

/**
 * Makes the visits of plans follow them; what is left the next minute does. A plan that fails does not stop the others; the next
 * minute tries it again.
 */
export async function followPlans(
  env: Env,
  now: Date,
  { after, mayGoOn = () => true }: Minute = {},
): Promise<void> {
  const today = toVietnamDate(now);
  const horizon = addDays(today, bookingRules.horizonDays);
  const due = await listDuePlans(env.DB, { today, horizon, limit: PLANS_PER_RUN });
  await after;
  for (const plan of due) {
    if (!mayGoOn()) return;
    try {
      await followReadPlan(env, plan, { now, mayGoOn });
    } catch (error) {
      logError('plan_not_followed', error, { id: plan.id });
    }
  }
}
