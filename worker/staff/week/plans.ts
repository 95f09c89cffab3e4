import { formatDate, toVietnamDate } from '../../../shared/time.ts';
import { freshStaffPath } from '../../signing/staff-links.ts';
import { listAllOpenDates } from '../../store/plan-dates.ts';
import { listPlans } from '../../store/plans.ts';
import type { AppContext } from '../../web/context.ts';
import { describePlan, openReasonNames, staffPlanStateNames } from '../../wording/plan.ts';
import { listPager, readPage, spanOf } from './list-page.ts';

/** Open dates that the page shows. */
const OPEN_MAX = 50;

/** The days of plans that wait for another window, and a page of the plans themselves. `href` ends where the page's number stands. */
export async function plansData(
  c: AppContext,
  { page: typed, href }: { page: string | undefined; href: string },
) {
  const { now, staffSigning: signing } = c.var;
  const page = readPage(typed);
  const [openDates, plans] = await Promise.all([
    listAllOpenDates(c.env.DB, { from: toVietnamDate(now), limit: OPEN_MAX }),
    listPlans(c.env.DB, spanOf(page)),
  ]);
  return {
    openDates: await Promise.all(
      openDates.map(async ({ planId: id, code, rhythmDate, reason }) => {
        const path = await freshStaffPath(signing, { id, code });
        return {
          code,
          when: formatDate(rhythmDate),
          reason: openReasonNames[reason],
          href: `${path}?ngay=${rhythmDate}#chon-gio`,
        };
      }),
    ),
    plans: await Promise.all(
      plans.rows.map(async (plan) => {
        const { code, service, ward, rhythm } = describePlan(plan);
        const stateName = staffPlanStateNames[plan.state];
        return {
          code,
          service,
          ward,
          rhythm,
          stateName,
          href: await freshStaffPath(signing, plan),
        };
      }),
    ),
    plansTotal: plans.total === 0 ? null : plans.total,
    openPlans: typed !== undefined,
    ...listPager('plans', { total: plans.total, page, href }),
  };
}
