import { bookingRules, crews } from '../../shared/content/catalogue.ts';
import { cancelReasons, declineReasons, reasonText } from '../../shared/jobs/reasons.ts';
import { type BookingState, canTransition } from '../../shared/states.ts';
import type { RawFields } from '../../shared/forms/fields.ts';
import { listCallTimes } from '../../shared/jobs/call-times.ts';
import { formatInstant } from '../../shared/time.ts';
import { freshStaffPath } from '../signing/staff-links.ts';
import type { FormNotice } from '../wording/outcomes.ts';
import { describeBooking, describePrice } from '../wording/booking.ts';
import { crewLines, describeAnswers } from '../wording/visit.ts';
import type { AppContext } from '../web/context.ts';
import { issueToken } from '../records/action.ts';
import { answerPage } from '../web/pages.ts';
import { photoNotice } from '../photos/answer.ts';
import { selfPath, startHref } from './access.ts';
import { staffPhotos } from './photo-data.ts';
import { copyText, detailsData, smsHref } from './details.ts';
import { moneyData } from './money-data.ts';
import { customerRequestsData } from './customer-requests.ts';
import { customerText } from '../wording/customer-text.ts';
import {
  clashLine,
  doneLine,
  newestLine,
  phoneChangeLine,
  staffStateNames,
  undoUntil,
} from '../wording/staff.ts';
import { errorData } from '../web/form-view.ts';
import { servicesToFields } from '../../shared/forms/services.ts';
import { type Person, personToFields } from '../../shared/forms/person.ts';
import { type Booking, listBookings } from '../store/bookings.ts';
import { readCrewDay } from '../store/crews.ts';
import { assignChoices, busyCrews, crewName, crewOf } from '../records/crews.ts';
import { findFormerState, findNewest, listEvents } from '../store/events.ts';
import { findPlan } from '../store/plans.ts';
import { toControls } from '../time-windows/form-windows.ts';
import { listDayChoices, noDays, readSlot } from '../time-windows/window-choice.ts';
import { describePlan } from '../wording/plan.ts';

/** The customers' rules without the lead time: by telephone staff may agree on a nearer time than the form offers. */
export const staffRules = { ...bookingRules, leadHours: 0 };

export async function answerJobPage(
  c: AppContext,
  booking: Booking,
  { notice, status, open, values, errors }: FormNotice = {},
): Promise<Response> {
  const { now } = c.var;
  const { code, work, ward, when, until, created } = describeBooking(booking);
  const [events, { person, shown: details }, actions, asked, photos, money, crewDay, plan] =
    await Promise.all([
      listEvents(c.env.DB, booking.id),
      detailsData(c, booking),
      actionData(c, booking, { open, values }),
      customerRequestsData(c, booking),
      staffPhotos(c, { kind: 'booking', booking }),
      moneyData(c, booking, open),
      crews.length === 0 ? null : readCrewsAndJobs(c.env.DB, booking.visitDate),
      planData(c, booking),
    ]);
  const last = findNewest(events);
  const price = money.shown.agreedPrice;
  const text = customerText(c.env.PUBLIC_ORIGIN, booking, { last, plan, price });
  const done = c.req.query('xong') === undefined ? null : doneLine(events.at(-1));
  const wrong = errorData(errors ?? []);
  const stored = person === null ? {} : correctionValues(booking, person);
  const shownValues = toControls({ ...stored, ...values });
  return answerPage(c, {
    path: '/khung/viec/',
    status: status ?? (details.detailsLater ? 503 : 200),
    keeping: 'personal',
    data: {
      ...{ code, work, ward, when, until, created },
      answers: describeAnswers(booking),
      plan,
      ...describePrice(booking, now),
      title: `Việc ${booking.code}`,
      notice: notice ?? (status === undefined ? done : null) ?? photoNotice(c),
      ...{ errors: wrong.errors, invalid: wrong.invalid },
      values: { ...{ amount: money.amountStart, covers: person?.covers ?? '' }, ...shownValues },
      callAgain: booking.callAgainAt === null ? null : formatInstant(booking.callAgainAt),
      customerText: text,
      crewText:
        person === null
          ? null
          : copyText(crewLines(booking, when, money.collect), person, booking.ward),
      startHref: await startHref(c, person !== null),
      smsHref: text === null ? null : smsHref(person?.phone ?? null, text),
      wrong: (status ?? 200) >= 400,
      toForm: firstMistake(errors),
      self: selfPath(c, booking),
      token: await issueToken(c, 'staff', booking),
      state: booking.state,
      stateName: staffStateNames[booking.state],
      newest: last?.type === 'submit' ? null : newestLine(last),
      reason: reasonText(last?.reason ?? null),
      holdReason: booking.state === 'held' ? reasonText(booking.holdReason) : null,
      phoneChange: booking.erasedAt === null ? phoneChangeLine(events) : null,
      ...crewData(booking, crewDay, person !== null),
      ...asked,
      ...money.shown,
      canAgreeJob: canAgreeJob(booking),
      agreeJobHref: details.details === null ? null : agreePath(c, booking),
      ...details,
      ...actions,
      ...photos,
    },
  });
}

/** The plan that the visit belongs to, with the way to what is done to all visits that follow. */
async function planData(c: AppContext, { planId }: Booking) {
  const plan = planId === null ? null : await findPlan(c.env.DB, planId);
  if (plan === null) return null;
  const { code, rhythm } = describePlan(plan);
  return { code, rhythm, href: await freshStaffPath(c.var.staffSigning, plan) };
}

async function actionData(
  c: AppContext,
  booking: Booking,
  { open, values }: Pick<FormNotice, 'open' | 'values'>,
) {
  const { state } = booking;
  const { now } = c.var;
  const from = c.req.query('from');
  const self = selfPath(c, booking);
  const canReschedule = state === 'requested' || state === 'confirmed';
  const canRelease = canTransition(state, 'release');
  const former = state === 'cancelled' ? await findFormerState(c.env.DB, booking) : undefined;
  const undoCancel = former === undefined ? null : undoUntil('undoCancel', booking, now);
  return {
    canConfirm: canTransition(state, 'confirm'),
    canDecline: canTransition(state, 'decline'),
    canReschedule,
    canComplete: canTransition(state, 'complete') && hasBegun(booking, now),
    canCancel: canTransition(state, 'cancel'),
    canCall: canTransition(state, 'unreachable'),
    callTimes: listCallTimes(now, booking.visitStartsAt).map(({ id, label }) => ({ id, label })),
    canCorrect: canTransition(state, 'correct'),
    canRelease: canRelease && booking.visitStartsAt > now,
    canReleaseElsewhere: canRelease,
    canDrop: canTransition(state, 'drop'),
    undoConfirm: booking.origin === 'plan' ? null : undoUntil('undoConfirm', booking, now),
    undoDecline: undoUntil('undoDecline', booking, now),
    undoResult: undoUntil('undoResult', booking, now),
    undoCancel,
    declineReasons: toRows(declineReasons),
    cancelReasons: toRows(cancelReasons),
    openDecline: open === 'decline',
    openCancel: open === 'cancel' || open === 'cancelFor',
    openCall: open === 'unreachable',
    openCorrect: open === 'correct',
    openServices: open === 'services',
    openTime: from !== undefined || timed.includes(open ?? ''),
    ...(canReschedule || canRelease || undoCancel !== null
      ? await listDayChoices(c.env.DB, {
          ...{ booking, from, now, rules: staffRules },
          chosen: readSlot(values?.['slot'])?.date,
          hrefOf: (day) => `${self}?from=${day}#doi-gio`,
        })
      : noDays),
  };
}

/** The crew of the job, and those that it can be given to by one tap once its details are open. */
function crewData(
  booking: Booking,
  crewDay: Awaited<ReturnType<typeof readCrewsAndJobs>> | null,
  isOpen: boolean,
) {
  const nobody = { crew: null, clash: null, job: null, assignTo: [] };
  if (crewDay === null) return nobody;
  const { off, jobs } = crewDay;
  const crew = crewOf(booking, off);
  if (!canTransition(booking.state, 'assign')) {
    return { ...nobody, crew: crew === null ? null : crewName(crew) };
  }
  const busy = busyCrews(booking, jobs, off);
  return {
    crew: crewName(crew),
    clash: clashLine(booking, off, busy),
    job: booking.id,
    assignTo: isOpen ? assignChoices(booking, off, busy) : [],
  };
}

async function readCrewsAndJobs(db: D1Database, date: string) {
  const [{ off }, jobs] = await Promise.all([
    readCrewDay(db, date),
    listBookings(db, { from: date, to: date, states: ['requested', 'confirmed'] }),
  ]);
  return { off, jobs };
}

/** Acts whose form has the list of windows. */
const timed: readonly string[] = ['reschedule', 'release', 'undoCancel'];

/** A link to the first field that has to be put right. */
function firstMistake(errors: FormNotice['errors']): string | null {
  const first = errors?.[0];
  return first === undefined ? null : `#${first.field.replaceAll('.', '-')}`;
}

/** What the form for corrections holds before anything is typed. */
function correctionValues({ services, ward }: Booking, person: Person): RawFields {
  const staffNote = person.staffNote ?? '';
  return { ...personToFields(person), ward, staffNote, ...servicesToFields(services) };
}

/** Whether the visit's time has come. A job cannot be completed before. */
export function hasBegun(booking: Pick<Booking, 'visitStartsAt'>, now: Date): boolean {
  return booking.visitStartsAt <= now;
}

const surveyed: readonly BookingState[] = ['confirmed', 'completed'];

/** Whether a visit was to look and quote, so that the job can be agreed on. */
export function canAgreeJob({ visit, state, erasedAt }: Booking): boolean {
  return visit === 'survey' && surveyed.includes(state) && erasedAt === null;
}

/** The address of the form that writes down the job agreed on after a look. */
export function agreePath(c: AppContext, booking: Booking): string {
  return `${selfPath(c, booking)}chot/`;
}

function toRows(reasons: Readonly<Record<string, string>>) {
  return Object.entries(reasons).map(([id, label]) => ({ id, label }));
}
