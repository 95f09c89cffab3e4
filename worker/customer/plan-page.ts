import { bookingRules } from '../../shared/content/catalogue.ts';
import type { RawFields } from '../../shared/forms/fields.ts';
import { personToFields } from '../../shared/forms/person.ts';
import { planToFields } from '../../shared/forms/plan-change.ts';
import { readServiceIds } from '../../shared/forms/services.ts';
import { formatDate, formatInstant, parseDate, toVietnamDate } from '../../shared/time.ts';
import { type PersonView, readPerson, statusOf } from '../personal-data/read-person.ts';
import { issueToken } from '../records/action.ts';
import { canChangePlan } from '../records/plan-decisions.ts';
import { findNewest, listEvents, type RecordEvent } from '../store/events.ts';
import { listOpenDates, type OpenDate } from '../store/plan-dates.ts';
import { listPlanVisits } from '../store/plan-visits.ts';
import type { Plan } from '../store/plans.ts';
import { listChoicesNear, noDays } from '../time-windows/window-choice.ts';
import type { AppContext } from '../web/context.ts';
import { errorData } from '../web/form-view.ts';
import { readFormerValue } from '../web/former-value.ts';
import { answerPage } from '../web/pages.ts';
import { describePrice } from '../wording/booking.ts';
import { unreachableLines } from '../wording/customer.ts';
import {
  openReasonWords,
  planDoneWords,
  planLines,
  planStateNames,
  tooNearWords,
} from '../wording/customer-plan.ts';
import type { FormNotice } from '../wording/outcomes.ts';
import { describePlan, describeRhythm } from '../wording/plan.ts';
import { canShowDetails, type OpenedPlan } from './access.ts';
import { personData } from './person-rows.ts';
import { feedData } from './plan-feed.ts';
import { findTooNear, visitRows } from './plan-visits.ts';

/** Where each form stands on the page; a field's form stands at the field. */
const anchors: Readonly<Record<string, string>> = {
  choose: '#chon',
  letGo: '#chon',
  pause: '#nghi',
  resume: '#nghi',
  rhythm: '#lich',
  services: '#viec',
  stop: '#dung',
};

/** The customer's page of a plan: how it stands, its coming visits, and what can be done to all that follow. */
export async function answerPlanPage(
  c: AppContext,
  { plan, link }: OpenedPlan,
  { notice, status, open, errors = [], values }: FormNotice = {},
): Promise<Response> {
  const { now } = c.var;
  const today = toVietnamDate(now);
  const [visits, openDates, events, view, choice] = await Promise.all([
    listPlanVisits(c.env.DB, plan.id, { today, now }),
    listOpenDates(c.env.DB, plan.id, today),
    listEvents(c.env.DB, plan.id),
    readPerson(c.env, plan, now),
    chooseData(c, { plan, self: link.self, typed: values }),
  ]);
  const { service, size, ward, rhythm } = describePlan(plan);
  const { title = `Lịch định kỳ ${plan.code}`, errors: messages, invalid } = errorData(errors);
  const canStop = canChangePlan(plan, 'stop');
  const tooNear = canStop ? findTooNear(visits, now) : undefined;
  const canChange = tooNear === undefined && canChangePlan(plan, 'rhythm');
  const isChosen =
    choice !== null && openDates.some(({ rhythmDate }) => rhythmDate === choice.date);
  const isEnded = view.state === 'ended' && canStop;
  const person = personRows({ plan, link }, view);
  const shown = { ...planToFields(plan), ...person.values, ...values };
  return answerPage(c, {
    path: '/khung/lich-dinh-ky/',
    status: status ?? statusOf(view),
    keeping: 'personal',
    data: {
      ...{ title, errors: messages, invalid },
      ...{ code: plan.code, service, size, ward, self: link.self },
      ...describeRhythm(plan),
      ...describePrice(plan, now),
      notice: notice ?? errors[0]?.message ?? null,
      wrong: (status ?? 200) >= 400,
      toForm: open === undefined ? null : (anchors[open] ?? `#${open}`),
      done: status === undefined ? describeDone(c, findNewest(events), rhythm) : null,
      state: plan.state === 'held' ? 'requested' : plan.state,
      stateName: planStateNames[plan.state],
      created: formatInstant(plan.createdAt),
      next: isEnded ? unreachableLines('booking') : planLines(plan),
      visits: await visitRows(c, { visits, link }),
      open: openRows(openDates, link.self),
      chosen: isChosen ? choice.label : null,
      chosenDate: isChosen ? choice.date : null,
      ...(isChosen ? choice.windows : noDays),
      tooLate: tooNear === undefined ? null : tooNearWords(tooNear),
      canPause: canChange && canChangePlan(plan, 'pause'),
      canResume: canChangePlan(plan, 'resume'),
      canChange,
      canChangeServices: canChange && canShowDetails(link),
      canStop: canStop && tooNear === undefined,
      ...person.data,
      isOpened: link.isShown,
      opened: open === undefined ? {} : { [open]: true },
      values: { ...shown, service: readServiceIds(shown) },
      token: canStop ? await issueToken(c, 'customer', plan) : null,
      feed: link.scope === 'own' && canStop ? await feedData(c, plan) : null,
      againHref: plan.state === 'ended' ? '/dat-lich/' : null,
    },
  });
}

/** The rows that can be put right for all visits that follow, each with its form, once a press has shown them. */
function personRows({ plan, link }: Pick<OpenedPlan, 'plan' | 'link'>, view: PersonView) {
  const { details, ...data } = personData(view, link);
  const isShown = link.isShown && view.state === 'open';
  const canCorrect = isShown && canChangePlan(plan, 'contact');
  const rows = Object.fromEntries(
    details.map(({ field, value, hint }) => [field, { value, hint }]),
  );
  const empty = { value: 'Chưa ghi', hint: null };
  // Nobody is asked for an address that no mail goes to.
  const blank = bookingRules.customerEmail ? { email: empty, note: empty } : { note: empty };
  return {
    values: canCorrect ? personToFields(view.person) : {},
    data: {
      ...data,
      person: canCorrect ? { ...blank, ...rows } : rows,
      canCorrect,
    },
  };
}

/** The days that wait for another window, each with the address that shows windows near it. */
function openRows(openDates: readonly OpenDate[], self: string) {
  return openDates.map(({ rhythmDate, reason }) => ({
    label: formatDate(rhythmDate),
    reason: openReasonWords[reason],
    href: `${self}&ngay=${rhythmDate}#chon`,
  }));
}

/** The windows near the day that the page's address or a form names; null where they name none. */
async function chooseData(
  c: AppContext,
  { plan, self, typed }: { plan: Plan; self: string; typed: RawFields | undefined },
) {
  const date = parseDate(typed?.['date'] ?? c.req.query('ngay') ?? '');
  if (date === null) return null;
  const windows = await listChoicesNear(c.env.DB, {
    ...{ plan, date, now: c.var.now },
    from: c.req.query('from'),
    slot: typed?.['slot'],
    hrefOf: (day) => `${self}&ngay=${date}&from=${day}#chon`,
  });
  return { date, label: formatDate(date), windows };
}

/** What the page's address says was done, where it is the plan's newest change and its customer's own. */
function describeDone(c: AppContext, last: RecordEvent | undefined, rhythm: string) {
  const done = c.req.query('xong') ?? '';
  if (done === 'choose' || done === 'letGo') {
    const day = parseDate(c.req.query('ngay') ?? '');
    return { what: planDoneWords[done], was: null, now: day === null ? null : formatDate(day) };
  }
  const isNewest = last?.actor === 'customer' && last.type === done;
  if (!isNewest || !isDoneName(done)) return null;
  const was = done === 'rhythm' ? readFormerValue(c) : null;
  return { what: planDoneWords[done], was, now: done === 'rhythm' ? rhythm : null };
}

function isDoneName(name: string): name is keyof typeof planDoneWords {
  return Object.hasOwn(planDoneWords, name);
}
