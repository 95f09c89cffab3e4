import { isServiceFailure } from '../base/failures.ts';
import { logError } from '../base/log.ts';
import type { AppContext } from '../web/context.ts';
import { followPlan } from './follow-plan.ts';
import { wakeDeliveries } from './wake-delivery.ts';

/** Makes the visits of a plan follow it within a request. What fails here, cron does within minutes. */
export async function followNow(
  c: AppContext,
  planId: string,
  { tellsStaff = false } = {},
): Promise<void> {
  try {
    wakeDeliveries(c, await followPlan(c.env, planId, { now: c.var.now, tellsStaff }));
  } catch (error) {
    if (!isServiceFailure(error)) throw error;
    logError('plan_not_followed', error, { id: planId });
  }
}
