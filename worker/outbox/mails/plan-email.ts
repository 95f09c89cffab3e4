import { bookingRules } from '../../../shared/content/catalogue.ts';
import { formatDate, toVietnamDate } from '../../../shared/time.ts';
import { renderOpenDates } from '../../emails/customer-plan.ts';
import { isRunning } from '../../records/plan-decisions.ts';
import { customerPath } from '../../signing/links.ts';
import { readLinkKeys } from '../../signing/tokens.ts';
import type { DeliveryBy } from '../../store/deliveries.ts';
import { listOpenDates, type OpenDate } from '../../store/plan-dates.ts';
import { findPlan, type Plan } from '../../store/plans.ts';
import { openReasonWords } from '../../wording/customer-plan.ts';
import { describePlan } from '../../wording/plan.ts';
import { type Prepared, type Preparing, recordAbsent, type Sending } from '../prepare.ts';
import { prepareForCustomer } from './customer-email.ts';

type PlanPreparing = Preparing<Extract<DeliveryBy<'customer-email'>, { subjectKind: 'plan' }>>;

/** Builds the mail about the days of a plan that have no visit, as they are when it is sent; none where nothing is left to choose. */
export async function preparePlanEmail(preparing: PlanPreparing): Promise<Prepared<Sending>> {
  const { env, delivery, now } = preparing;
  const [plan, dates] = await Promise.all([
    findPlan(env.DB, delivery.subjectId),
    listOpenDates(env.DB, delivery.subjectId, toVietnamDate(now)),
  ]);
  if (plan === null) return recordAbsent;
  if (!bookingRules.customerEmail || !isRunning(plan) || dates.length === 0) return nothingOpen;
  return prepareForCustomer(preparing, plan, () => buildMail(env, plan, dates));
}

const nothingOpen = {
  ready: false,
  result: { outcome: 'superseded', result: 'nothing-open' },
} as const;

async function buildMail(env: Env, plan: Plan, dates: readonly OpenDate[]) {
  const path = await customerPath(readLinkKeys(env.LINK_KEYS), plan);
  return renderOpenDates({
    ...describePlan(plan),
    dates: dates.map(({ rhythmDate, reason }) => ({
      day: formatDate(rhythmDate),
      reason: openReasonWords[reason],
    })),
    url: `${env.PUBLIC_ORIGIN}${path}&ngay=${dates[0]?.rhythmDate ?? ''}`,
  });
}
