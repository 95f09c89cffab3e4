import { wardName } from '../../shared/content/areas.ts';
import { bookingRules, findWard } from '../../shared/content/catalogue.ts';
import { findWindow } from '../../shared/jobs/availability.ts';
import { nameServices } from '../../shared/jobs/visit-words.ts';
import { repeatNames } from '../../shared/jobs/rhythm.ts';
import { isLive, type PlanState } from '../../shared/states.ts';
import {
  formatDate,
  formatSpan,
  toVietnamDate,
  weekdayOf,
  weekdayWithin,
} from '../../shared/time.ts';
import { customerPath } from '../signing/links.ts';
import { listOpenDates } from '../store/plan-dates.ts';
import { listPlanVisits } from '../store/plan-visits.ts';
import type { Plan } from '../store/plans.ts';
import type { AppContext } from '../web/context.ts';
import { answerPage } from '../web/pages.ts';
import { describeBooking } from '../wording/booking.ts';

/** The state of a plan as its sender reads it; that it is held reads like a new one. */
const planStateNames: Readonly<Record<PlanState, string>> = {
  held: 'Đã nhận, chờ xác nhận',
  requested: 'Đã nhận, chờ xác nhận',
  active: 'Đang chạy',
  paused: 'Đang tạm nghỉ',
  ended: 'Đã dừng',
};

/** The page of a plan for its customer: how it stands and its coming visits, each with its own page. */
export async function answerPlanPage(c: AppContext, plan: Plan): Promise<Response> {
  const { now } = c.var;
  const today = toVietnamDate(now);
  const [visits, open] = await Promise.all([
    listPlanVisits(c.env.DB, plan.id, { today, now }),
    listOpenDates(c.env.DB, plan.id, today),
  ]);
  const coming = visits.filter(({ state, visitStartsAt }) => isLive(state) && visitStartsAt > now);
  const window = findWindow(bookingRules, plan.window);
  const hours = window === undefined ? plan.window : formatSpan(window);
  const ward = findWard(plan.ward);
  const rhythm = `${repeatNames[plan.rhythm]} một lần, ${weekdayWithin(weekdayOf(plan.anchorDate))}`;
  return answerPage(c, {
    path: '/khung/lich-dinh-ky/',
    keeping: 'personal',
    data: {
      code: plan.code,
      state: plan.state === 'held' ? 'requested' : plan.state,
      stateName: planStateNames[plan.state],
      service: nameServices(plan),
      ward: ward === undefined ? plan.ward : wardName(ward),
      rhythm: `${rhythm}, ${hours}`,
      hasVisits: coming.length > 0,
      visits: await Promise.all(
        coming.map(async (visit) => {
          const { day, hours } = describeBooking(visit);
          return { href: await customerPath(c.var.linkKeys, visit), label: `${day}, ${hours}` };
        }),
      ),
      hasOpen: open.length > 0,
      open: open.map(({ rhythmDate }) => formatDate(rhythmDate)),
    },
  });
}
