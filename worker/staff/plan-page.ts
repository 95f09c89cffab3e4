import { personToFields } from '../../shared/forms/person.ts';
import { planToFields } from '../../shared/forms/plan-change.ts';
import { readServiceIds } from '../../shared/forms/services.ts';
import { formatDate, formatInstant, toVietnamDate } from '../../shared/time.ts';
import { issueToken } from '../records/action.ts';
import { canChangePlan } from '../records/plan-decisions.ts';
import { freshStaffPath } from '../signing/staff-links.ts';
import { findNewest, listEvents } from '../store/events.ts';
import type { Booking } from '../store/bookings.ts';
import { listOpenDates, type OpenDate } from '../store/plan-dates.ts';
import { listPlanVisits } from '../store/plan-visits.ts';
import type { Plan } from '../store/plans.ts';
import { listChoicesNear, noDays } from '../time-windows/window-choice.ts';
import type { AppContext } from '../web/context.ts';
import { errorData } from '../web/form-view.ts';
import { answerPage } from '../web/pages.ts';
import { describeBooking } from '../wording/booking.ts';
import { customerText } from '../wording/customer-text.ts';
import type { FormNotice } from '../wording/outcomes.ts';
import { describePlan, openReasonNames, staffPlanStateNames } from '../wording/plan.ts';
import { newestLine, staffStateNames } from '../wording/staff.ts';
import { selfPath, startHref } from './access.ts';
import { customerRequestsData } from './customer-requests.ts';
import { detailsData, smsHref } from './details.ts';

const doneNotices: Readonly<Record<string, string>> = {
  pause: 'Đã tạm nghỉ: các buổi trước ngày đội đến lại đã bỏ.',
  resume: 'Lịch đã tiếp tục: các buổi tới đã xếp.',
  rhythm: 'Đã đổi lịch: các buổi tới theo lịch mới.',
  services: 'Đã đổi dịch vụ từ buổi tới.',
  correct: 'Đã sửa thông tin cho mọi buổi tới.',
  stop: 'Đã dừng lịch định kỳ: mọi buổi tới đã bỏ.',
  choose: 'Đã xếp buổi vào giờ đã chọn.',
  letGo: 'Đã bỏ ngày ấy, các buổi khác giữ nguyên.',
};

/** The page of a plan for staff: its coming visits, the days that wait for another window, and what is done to all that follow. */
export async function answerPlanPage(
  c: AppContext,
  plan: Plan,
  { notice, status, open, values, errors }: FormNotice = {},
): Promise<Response> {
  const { now, staffSigning: signing } = c.var;
  const today = toVietnamDate(now);
  const words = describePlan(plan);
  const [visits, openDates, events, { shown: details, person }, asked] = await Promise.all([
    listPlanVisits(c.env.DB, plan.id, { today, now }),
    listOpenDates(c.env.DB, plan.id, today),
    listEvents(c.env.DB, plan.id),
    detailsData(c, plan),
    customerRequestsData(c, plan),
  ]);
  const text = textForChosen(c, plan, visits);
  const wrong = errorData(errors ?? []);
  const { ward } = plan;
  const stored = {
    ...planToFields(plan),
    ...(person === null ? {} : { ...personToFields(person), ward }),
  };
  const shownValues = { ...stored, ...values };
  const canChange = canChangePlan(plan, 'rhythm');
  return answerPage(c, {
    path: '/khung/viec-dinh-ky/',
    status: status ?? (details.detailsLater ? 503 : 200),
    keeping: 'personal',
    data: {
      ...words,
      title: `Lịch định kỳ ${plan.code}`,
      notice: notice ?? (status === undefined ? readDone(c) : null),
      wrong: (status ?? 200) >= 400,
      toForm: null,
      ...{ errors: wrong.errors, invalid: wrong.invalid },
      self: selfPath(c, plan),
      token: await issueToken(c, 'staff', plan),
      state: plan.state,
      stateName: staffPlanStateNames[plan.state],
      created: formatInstant(plan.createdAt),
      newest: newestLine(findNewest(events)),
      customerText: text,
      smsHref: text === null ? null : smsHref(person?.phone ?? null, text),
      visits: await Promise.all(
        visits
          .filter(({ visitStartsAt }) => visitStartsAt > now)
          .map(async (visit) => ({
            href: await freshStaffPath(signing, visit),
            when: describeBooking(visit).when,
            code: visit.code,
            state: visit.state,
            stateName: staffStateNames[visit.state],
          })),
      ),
      holdReason: null,
      ...(await openData(c, { plan, openDates, slot: values?.['slot'] })),
      canPause: canChangePlan(plan, 'pause'),
      canResume: canChangePlan(plan, 'resume'),
      canChange,
      canStop: canChangePlan(plan, 'stop'),
      openPause: open === 'pause',
      openRhythm: open === 'rhythm',
      canCorrect: canChangePlan(plan, 'contact'),
      openCorrect: open === 'correct',
      openServices: open === 'services',
      openStop: open === 'stop',
      values: { ...shownValues, service: readServiceIds(shownValues) },
      ...asked,
      startHref: await startHref(c, person !== null),
      ...details,
    },
  });
}

/** What staff send to the customer whose visit they just made in a chosen window; null where they made none. */
function textForChosen(c: AppContext, plan: Plan, visits: readonly Booking[]): string | null {
  const { xong, ngay } = c.req.query();
  const visit = visits.find(({ rhythmDate }) => rhythmDate === ngay);
  if (xong !== 'choose' || visit === undefined) return null;
  return customerText(c.env.PUBLIC_ORIGIN, visit, { last: undefined, plan: describePlan(plan) });
}

function readDone(c: AppContext): string | null {
  const done = c.req.query('xong') ?? '';
  return Object.hasOwn(doneNotices, done) ? (doneNotices[done] ?? null) : null;
}

/** The days that wait for another window, and the windows near one of them: the day that the address names, else the first. */
async function openData(
  c: AppContext,
  {
    plan,
    openDates,
    slot,
  }: { plan: Plan; openDates: readonly OpenDate[]; slot: string | undefined },
) {
  const self = selfPath(c, plan);
  const { ngay, from } = c.req.query();
  const chosen = openDates.find(({ rhythmDate }) => rhythmDate === ngay) ?? openDates[0];
  const rows = openDates.map(({ rhythmDate, reason }) => ({
    label: formatDate(rhythmDate),
    reason: openReasonNames[reason],
    href: `${self}?ngay=${rhythmDate}#chon-gio`,
  }));
  if (chosen === undefined || !canChangePlan(plan, 'pause'))
    return { open: rows, chosen: null, ...noDays };
  const { rhythmDate: date } = chosen;
  return {
    open: rows,
    chosen: { date, label: formatDate(date) },
    ...(await listChoicesNear(c.env.DB, {
      ...{ plan, date, from, slot, now: c.var.now },
      hrefOf: (day) => `${self}?ngay=${date}&from=${day}#chon-gio`,
    })),
  };
}
