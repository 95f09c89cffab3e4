import { bookingRules } from '../../shared/content/catalogue.ts';
import { addDays, toVietnamDate } from '../../shared/time.ts';
import { logError } from '../base/log.ts';
import { followReadPlan } from '../records/follow-plan.ts';
import { noteFailure } from '../store/plan-changes.ts';
import { listDuePlans } from '../store/plan-visits.ts';
import type { Plan } from '../store/plans.ts';

/** Plans that one minute goes on with at most. */
const PLANS_PER_RUN = 6;

/** What else runs in the minute: plans come `after` it, and go on only as long as `mayGoOn` says yes. */
interface Minute {
  after?: Promise<unknown>;
  mayGoOn?: () => boolean;
}

/**
 * Makes the visits of plans follow them; what is left the next minute does. A plan that fails does not stop the others: it is
 * tried again once they are done.
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
    await tryToFollow(env, plan, { now, mayGoOn });
  }
}

async function tryToFollow(
  env: Env,
  plan: Plan,
  following: { now: Date; mayGoOn: () => boolean },
): Promise<void> {
  try {
    await followReadPlan(env, plan, following);
    if (plan.failedAt !== null) await noteFailure(env.DB, plan.id, null).run();
  } catch (error) {
    logError('plan_not_followed', error, { id: plan.id });
    await noteFailure(env.DB, plan.id, following.now)
      .run()
      .catch((failure: unknown) => {
        logError('plan_not_followed', failure, { id: plan.id });
      });
  }
}
