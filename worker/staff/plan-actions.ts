import type { RawFields } from '../../shared/forms/fields.ts';
import { listedServices } from '../../shared/content/catalogue.ts';
import { listServiceFields } from '../../shared/forms/answers.ts';
import { correctionFieldNames } from '../../shared/forms/correction.ts';
import { planFieldNames } from '../../shared/forms/plan-change.ts';
import { isCalendarDate } from '../../shared/time.ts';
import { versionOfToken } from '../records/action.ts';
import { chooseWindow, runPlanAction } from '../records/change-plan.ts';
import { isAsAsked } from '../records/plan-decisions.ts';
import { type AskedChange, isChangeAct, readPlanChange } from '../records/read-plan-change.ts';
import { letOpenDateGo } from '../store/plan-dates.ts';
import { findPlan, type Plan } from '../store/plans.ts';
import { readSlot } from '../time-windows/window-choice.ts';
import type { AppContext } from '../web/context.ts';
import { isOpenForStaff } from '../web/details-cookie.ts';
import { answerAction, type FormNotice, nothingChosen } from '../wording/outcomes.ts';
import { selfPath } from './access.ts';
import { runCorrection } from './correction.ts';
import { runCustomerRequest } from './customer-requests.ts';
import { openDetails } from './details.ts';
import { answerPlanPage } from './plan-page.ts';

/** Fields of the forms on the page of a plan. */
export const planActionFields = [
  ...['act', 'token', 'sure', 'right', 'date', 'slot', 'service', 'ward'],
  ...planFieldNames,
  ...correctionFieldNames,
  ...listServiceFields(listedServices),
] as const;

type PlanResult = Parameters<typeof answerAction<FormNotice>>[1];

const REFUSED = {
  status: 422,
  notice:
    'Chưa đổi được: ngày chọn không nằm trong thời gian cho phép, hoặc lịch đã dừng. Chọn lại rồi bấm lần nữa.',
} as const satisfies FormNotice;
const CLOSED =
  'Chưa đổi: thông tin của khách đã ẩn lại. Bấm “Xem thông tin liên hệ của khách”, rồi chọn và lưu lần nữa.';
const NOT_OPEN = {
  status: 409,
  notice: 'Ngày này không còn chờ chọn giờ. Tình trạng hiện nay ở dưới đây.',
} as const satisfies FormNotice;

/**
 * Answers a form on the page of a plan. Nothing changes and no details are shown unless a radio was chosen, or the details are
 * open, as on a job's page.
 */
export async function answerPlanAction(
  c: AppContext,
  plan: Plan,
  fields: RawFields,
): Promise<Response> {
  const act = fields['act'] ?? '';
  const isSure = fields['sure'] === 'yes';
  if (act === 'open') return openPlanDetails(c, plan, fields);
  if (act === 'choose' || act === 'letGo') {
    const isChosen = act === 'choose' ? fields['slot'] !== undefined : isSure;
    if (!isChosen) return answerPlanPage(c, plan, { ...nothingChosen, open: act });
    const { date } = fields;
    return finish(c, { plan, act, date }, await settleOpenDate(c, plan, fields));
  }
  if (isChangeAct(act)) return finish(c, { plan, act }, await change(c, plan, { act, fields }));
  const noted =
    (await runCustomerRequest(c, { kind: 'plan', plan }, fields)) ??
    (await runCorrection(c, { kind: 'plan', plan }, fields));
  return noted === null ? answerPlanPage(c, plan, nothingChosen) : finish(c, { plan, act }, noted);
}

/** A change of all visits that follow, by a choice made by hand or while the details are open; of the services only then. */
async function change(
  c: AppContext,
  plan: Plan,
  { act, fields }: { act: AskedChange['action']; fields: RawFields },
): Promise<PlanResult> {
  const again = { open: act, values: fields };
  const isOpen = await isOpenForStaff(c, plan);
  if (act === 'services' && !isOpen) return { ...again, status: 422, notice: CLOSED };
  const parsed = readPlanChange(act, fields, { plan, now: c.var.now });
  if (!parsed.ok) {
    const { errors } = parsed;
    return { ...again, errors, status: 422, notice: errors[0]?.message };
  }
  if (fields['sure'] !== 'yes' && !isOpen) return { ...again, ...nothingChosen };
  const { change: asked } = parsed;
  if (isAsAsked(plan, asked)) return 'repeated';
  const action = { actor: 'staff', role: 'staff', token: fields['token'] ?? '' } as const;
  const outcome = await runPlanAction(c, { plan, change: asked, ...action });
  return outcome === 'refused' ? { ...REFUSED, ...again } : outcome;
}

async function openPlanDetails(c: AppContext, plan: Plan, fields: RawFields): Promise<Response> {
  if (fields['sure'] !== 'yes')
    return answerPlanPage(c, plan, {
      status: 422,
      notice: 'Đánh dấu vào ô bên dưới rồi bấm lại.',
    });
  const token = fields['token'] ?? '';
  if ((await versionOfToken(c, { token, role: 'staff' }, plan)) === null)
    return finish(c, { plan, act: '' }, 'expired');
  const opened = await openDetails(c, plan);
  if (opened !== 'open') return answerPlanPage(c, plan, { status: opened === 'later' ? 503 : 410 });
  return c.redirect(selfPath(c, plan), 303);
}

/** Makes the visit of an open date in a window that was chosen, or lets the date go. */
async function settleOpenDate(
  c: AppContext,
  plan: Plan,
  { act, token = '', date = '', slot }: RawFields,
): Promise<PlanResult> {
  const version = await versionOfToken(c, { token, role: 'staff' }, plan);
  if (version === null) return 'expired';
  if (version !== plan.version) return 'outdated';
  if (!isCalendarDate(date)) return NOT_OPEN;
  if (act === 'letGo') {
    const isDone = await letOpenDateGo(c.env.DB, { planId: plan.id, rhythmDate: date }, c.var.now);
    return isDone ? 'done' : NOT_OPEN;
  }
  const start = readSlot(slot);
  if (start === null) return { ...nothingChosen, open: 'choose' };
  const outcome = await chooseWindow(c, plan, { rhythmDate: date, start });
  return outcome === 'refused' ? REFUSED : outcome;
}

function finish(
  c: AppContext,
  { plan, act, date }: { plan: Plan; act: string; date?: string | undefined },
  result: PlanResult,
): Promise<Response> {
  const day = date === undefined ? '' : `&ngay=${date}`;
  return answerAction<FormNotice>(c, result, {
    path: () => `${selfPath(c, plan)}${act === '' ? '' : `?xong=${act}${day}`}`,
    show: async (notice) => answerPlanPage(c, (await findPlan(c.env.DB, plan.id)) ?? plan, notice),
  });
}
