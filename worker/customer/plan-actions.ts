import { listServiceFields } from '../../shared/forms/answers.ts';
import { correctionFieldNames } from '../../shared/forms/correction.ts';
import type { RawFields } from '../../shared/forms/fields.ts';
import { planFieldNames } from '../../shared/forms/plan-change.ts';
import { services } from '../../shared/content/catalogue.ts';
import { isLive } from '../../shared/states.ts';
import { parseDate, toVietnamDate } from '../../shared/time.ts';
import { versionOfToken } from '../records/action.ts';
import { isAt } from '../records/booking-action.ts';
import { chooseWindow, runPlanAction } from '../records/change-plan.ts';
import { isAsAsked } from '../records/plan-decisions.ts';
import { type AskedChange, isChangeAct, readPlanChange } from '../records/read-plan-change.ts';
import { returnTries, takeTry } from '../store/limits.ts';
import { letOpenDateGo, listOpenDates } from '../store/plan-dates.ts';
import { listPlanVisits } from '../store/plan-visits.ts';
import { findPlan } from '../store/plans.ts';
import { readSlot } from '../time-windows/window-choice.ts';
import type { AppContext } from '../web/context.ts';
import { keepFormerValue } from '../web/former-value.ts';
import { planNotices, tooNearWords } from '../wording/customer-plan.ts';
import type { FormNotice } from '../wording/outcomes.ts';
import { describePlan } from '../wording/plan.ts';
import { canShowDetails, type OpenedPlan } from './access.ts';
import { answerCorrection } from './correct.ts';
import { dailyLimit, tooManyToday } from './daily-limit.ts';
import { fieldOf } from './last-change.ts';
import { answerPlanPage } from './plan-page.ts';
import { findTooNear } from './plan-visits.ts';

/** Fields of the forms on the customer's page of a plan. */
export const planActionFields = [
  ...['act', 'token', 'sure', 'date', 'slot', 'service'],
  ...planFieldNames,
  ...listServiceFields(services),
  ...correctionFieldNames,
] as const;

type Outcome = keyof typeof planNotices | 'done' | 'refused';

const NOTHING_CHOSEN = {
  status: 422,
  notice: 'Anh/chị chọn một mục rồi bấm lại.',
} as const satisfies FormNotice;
const NOT_SURE = {
  status: 422,
  notice: 'Chưa có gì thay đổi: anh/chị đánh dấu vào ô chọn rồi bấm lại.',
} as const satisfies FormNotice;
const NO_WINDOW = {
  status: 422,
  notice: 'Anh/chị chọn một khung giờ còn trống rồi bấm lại.',
} as const satisfies FormNotice;

/** Answers a form on the customer's page of a plan. What is done to one visit stands on the page of that visit. */
export function answerPlanAction(
  c: AppContext,
  record: OpenedPlan,
  fields: RawFields,
): Promise<Response> {
  const act = fields['act'] ?? '';
  const canShow = canShowDetails(record.link);
  if (act === 'correct' && canShow) return correct(c, record, fields);
  if (act === 'choose') return choose(c, record, fields);
  if (act === 'letGo') return letGo(c, record, fields);
  if (isChangeAct(act) && (act !== 'services' || canShow))
    return change(c, record, { act, fields });
  return answerPlanPage(c, record, NOTHING_CHOSEN);
}

/** A change of all visits that follow. One that the plan has already is a repeat. */
async function change(
  c: AppContext,
  record: OpenedPlan,
  { act, fields }: { act: AskedChange['action']; fields: RawFields },
): Promise<Response> {
  const { plan } = record;
  const { now } = c.var;
  const again = { open: act, values: fields };
  const needsTick = act === 'resume' || act === 'stop';
  if (needsTick && fields['sure'] !== 'yes')
    return answerPlanPage(c, record, { ...again, ...NOT_SURE });
  const parsed = readPlanChange(act, fields, { plan, now });
  if (!parsed.ok)
    return answerPlanPage(c, record, { ...again, status: 422, errors: parsed.errors });
  const { change: asked } = parsed;
  if (isAsAsked(plan, asked)) return finish(c, record, { act, outcome: 'repeated' });
  const visits = await listPlanVisits(c.env.DB, plan.id, { today: toVietnamDate(now), now });
  const tooNear = act === 'resume' ? undefined : findTooNear(visits, now);
  if (tooNear !== undefined)
    return answerPlanPage(c, record, { ...again, status: 422, notice: tooNearWords(tooNear) });
  const limit = dailyLimit('plan', plan.code);
  const isLimited = act !== 'stop';
  if (isLimited && !(await takeTry(c.env.DB, { ...limit, now })))
    return answerPlanPage(c, record, { ...again, ...tooManyToday(limit) });
  const token = fields['token'] ?? '';
  const outcome = await runPlanAction(c, {
    ...{ plan, change: asked, actor: 'customer', role: 'customer', token },
  });
  if (isLimited && outcome !== 'done') await returnTries(c.env.DB, [limit], now);
  if (outcome === 'done' && act === 'rhythm')
    keepFormerValue(
      c,
      record.link.self.slice(0, record.link.self.indexOf('?')),
      describePlan(plan).rhythm,
    );
  return finish(c, record, { act, outcome, again });
}

/** Contact details for all visits that follow. */
function correct(c: AppContext, record: OpenedPlan, fields: RawFields): Promise<Response> {
  const field = fieldOf(fields);
  if (field === undefined || fields['sure'] !== 'yes') {
    const notice = 'Anh/chị bấm “Đổi” ở mục cần đổi, ghi lại cho đúng rồi bấm “Lưu”.';
    return answerPlanPage(c, record, { status: 422, notice, open: field, values: fields });
  }
  return answerCorrection(c, record, {
    fields,
    page: {
      role: 'customer',
      answerDone: () => c.redirect(`${record.link.self}&xong=contact`, 303),
      show: (notice) => answerPlanPage(c, record, { ...notice, open: field }),
    },
  });
}

/** Another window for a day that had none. */
async function choose(c: AppContext, record: OpenedPlan, fields: RawFields): Promise<Response> {
  const { plan } = record;
  const again = { open: 'choose', values: fields };
  const rhythmDate = parseDate(fields['date'] ?? '');
  const start = readSlot(fields['slot']);
  if (rhythmDate === null || start === null)
    return answerPlanPage(c, record, { ...again, ...NO_WINDOW });
  const shown = { act: 'choose', date: rhythmDate, again };
  if (!(await isFresh(c, record, fields)))
    return finish(c, record, { ...shown, outcome: 'expired' });
  const outcome = await chooseWindow(c, plan, { rhythmDate, start });
  if (outcome === 'refused') return answerPlanPage(c, record, { ...again, ...NO_WINDOW });
  if (outcome !== 'full') return finish(c, record, { ...shown, outcome });
  const visit = await findVisit(c, record, rhythmDate);
  const hasIt = visit !== undefined && isAt(visit, start);
  if (hasIt) return finish(c, record, { ...shown, outcome: 'repeated' });
  const isOpen = await isOpenDate(c, record, rhythmDate);
  return finish(c, record, { ...shown, outcome: isOpen ? 'full' : 'notOpen' });
}

/** Leaves a day that had no window without a visit. */
async function letGo(c: AppContext, record: OpenedPlan, fields: RawFields): Promise<Response> {
  const rhythmDate = parseDate(fields['date'] ?? '');
  const again = { open: 'letGo', values: fields };
  if (rhythmDate === null || fields['sure'] !== 'yes')
    return answerPlanPage(c, record, { ...again, ...NOT_SURE });
  const shown = { act: 'letGo', date: rhythmDate, again };
  if (!(await isFresh(c, record, fields)))
    return finish(c, record, { ...shown, outcome: 'expired' });
  const planId = record.plan.id;
  if (await letOpenDateGo(c.env.DB, { planId, rhythmDate }, c.var.now))
    return finish(c, record, { ...shown, outcome: 'done' });
  const visit = await findVisit(c, record, rhythmDate);
  return finish(c, record, { ...shown, outcome: visit === undefined ? 'repeated' : 'notOpen' });
}

async function isFresh(c: AppContext, { plan }: OpenedPlan, fields: RawFields): Promise<boolean> {
  const action = { token: fields['token'] ?? '', role: 'customer' } as const;
  return (await versionOfToken(c, action, plan)) !== null;
}

async function findVisit(c: AppContext, { plan }: OpenedPlan, rhythmDate: string) {
  const { now } = c.var;
  const visits = await listPlanVisits(c.env.DB, plan.id, { today: toVietnamDate(now), now });
  return visits.find((visit) => visit.rhythmDate === rhythmDate && isLive(visit.state));
}

async function isOpenDate(c: AppContext, { plan }: OpenedPlan, date: string): Promise<boolean> {
  const open = await listOpenDates(c.env.DB, plan.id, toVietnamDate(c.var.now));
  return open.some(({ rhythmDate }) => rhythmDate === date);
}

/** Redirects to the page that says what was done, or shows it as it is now with why nothing was. */
async function finish(
  c: AppContext,
  record: OpenedPlan,
  {
    act,
    outcome,
    date,
    again = {},
  }: { act: string; outcome: Outcome; date?: string; again?: FormNotice },
): Promise<Response> {
  const named = date === undefined ? '' : `&ngay=${date}`;
  if (outcome === 'done') return c.redirect(`${record.link.self}&xong=${act}${named}`, 303);
  const plan = (await findPlan(c.env.DB, record.plan.id)) ?? record.plan;
  const notice = planNotices[outcome === 'refused' ? 'outdated' : outcome];
  const isToRepeat = outcome === 'expired' || outcome === 'full';
  return answerPlanPage(c, { ...record, plan }, { ...(isToRepeat ? again : {}), ...notice });
}
