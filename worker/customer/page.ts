import type { RawFields } from '../../shared/forms/fields.ts';
import { correctionFieldNames } from '../../shared/forms/correction.ts';
import { addWorkingDays, formatDate, toVietnamDate } from '../../shared/time.ts';
import { bookingRules, holidays } from '../../shared/content/catalogue.ts';
import { legalDeadlines } from '../../shared/privacy/register.ts';
import { visitKindOf } from '../../shared/jobs/visit.ts';
import { canTransition, isLive } from '../../shared/states.ts';
import { type PersonView, readPerson, statusOf } from '../personal-data/read-person.ts';
import { issueComplaintProof, viewPath } from '../signing/links.ts';
import type { Booking } from '../store/bookings.ts';
import { findNewest, listEvents } from '../store/events.ts';
import { findPlanOf } from '../store/plans.ts';
import type { AppContext } from '../web/context.ts';
import { errorData } from '../web/form-view.ts';
import { answerPage } from '../web/pages.ts';
import { describeBooking, describePrice } from '../wording/booking.ts';
import { describeAnswers } from '../wording/visit.ts';
import { callbackLine } from '../wording/callback.ts';
import { historyLines } from '../wording/customer-history.ts';
import { isComplainable, nextLines, standingName, unreachableLines } from '../wording/customer.ts';
import type { FormNotice } from '../wording/outcomes.ts';
import { canShowDetails, type OpenedBooking, type OpenedLink, pathByLink } from './access.ts';
import { changeData, tokenOf } from './change-window.ts';
import { dealingsData, readShownDealings } from './dealings.ts';
import { describeChange } from './last-change.ts';
import { correctableValues, personData, phoneOf } from './person-rows.ts';
import { photoNotice } from '../photos/answer.ts';
import { senderPhotos } from './photo-data.ts';

/** Where each form stands on the page; a field's form stands at the field. */
const anchors: Readonly<Record<string, string>> = {
  reschedule: '#doi-gio',
  cancel: '#huy',
  report: '#bao',
  agree: '#gia',
  rate: '#danh-gia',
};

/** The customer's page of a booking. */
export async function answerBookingStatus(
  c: AppContext,
  { booking, link }: OpenedBooking,
  { notice, status, open, errors = [], values }: FormNotice = {},
): Promise<Response> {
  const { self } = link;
  const { now } = c.var;
  const [events, view, change, photos, dealings, plan] = await Promise.all([
    listEvents(c.env.DB, booking.id),
    readPerson(c.env, booking, now),
    changeData(c, booking, { self, slot: values?.['slot'] }),
    senderPhotos(c, { kind: 'booking', booking }, link),
    readShownDealings(c, booking, link),
    planOf(c, booking, link),
  ]);
  const last = findNewest(events);
  const { code, service, size, ward, day, hours, created, when } = describeBooking(booking);
  const person = personRows(booking, view, { link, size, typed: values });
  const { ratingValues, ...shown } = await dealingsData(c, { booking, dealings, view, link });
  const isUnreachable = view.state === 'ended' && isLive(booking.state);
  const { title = `Đơn ${code}`, errors: messages, invalid } = errorData(errors);
  return answerPage(c, {
    path: '/khung/don/',
    status: status ?? statusOf(view),
    keeping: 'personal',
    data: {
      ...{ title, errors: messages, invalid },
      ...{ code, service, ward, day, hours, created },
      answers: describeAnswers(booking),
      ...describePrice(booking, now),
      notice: notice ?? errors[0]?.message ?? photoNotice(c),
      wrong: (status ?? 200) >= 400,
      toForm: open === undefined ? null : (anchors[open] ?? `#${open}`),
      done: status === undefined ? describeChange(c, last, { ...person.shown, slot: when }) : null,
      self,
      state: booking.state === 'held' ? 'requested' : booking.state,
      stateName: standingName(booking, last, now),
      isOpened: link.isShown,
      ...person.data,
      values: { ...ratingValues, ...person.data.values },
      ...shown,
      open: openForms(c, open),
      token: await tokenOf(c, booking),
      callPromise: isUnreachable ? null : callbackLine(booking, now),
      next: isUnreachable
        ? unreachableLines('booking')
        : nextLines(booking, last, { phone: phoneOf(view, link), now }),
      prepare:
        isLive(booking.state) && now < booking.visitStartsAt
          ? Object.fromEntries(booking.services.map(({ id }) => [id, true]))
          : {},
      ...calendarData(booking, self, now),
      ...(await nextStepData(c, booking, { view, link })),
      viewHref: canShowDetails(link) ? await viewPath(c.var.linkKeys, booking) : null,
      history: historyLines(events),
      plan,
      ...change,
      ...photos,
    },
  });
}

/** The rows that can be put right, each with its form, once a press has shown them; the size stands beside the service before. */
function personRows(
  booking: Booking,
  view: PersonView,
  { link, size, typed }: { link: OpenedLink; size: string | null; typed: RawFields | undefined },
) {
  const { details, ...data } = personData(view, link);
  const isShown = link.isShown && view.state === 'open';
  const canCorrect = isShown && canTransition(booking.state, 'correct');
  const kept = isShown ? correctableValues(view.person, booking) : {};
  const rows = Object.fromEntries(
    details.map(({ field, value, hint }) => [field, { value, hint }]),
  );
  const empty = { value: 'Chưa ghi', hint: null };
  // Nobody is asked for an address that no mail goes to.
  const blank = bookingRules.customerEmail ? { email: empty, note: empty } : { note: empty };
  // The sizes of several services are corrected on the page of the data.
  const isOne = booking.services.length === 1;
  const sizeRow = isOne ? { quantity: { value: size ?? empty.value, hint: null } } : {};
  return {
    shown: kept,
    data: {
      ...data,
      person: canCorrect ? { ...blank, ...rows, ...sizeRow } : rows,
      size: canCorrect && isOne ? null : size,
      canCorrect,
      values: { ...(canCorrect ? kept : {}), ...typed },
    },
  };
}

/** The forms that stand open: the one that was sent, or the one that the page's address asks for. */
function openForms(c: AppContext, sent: string | undefined): Readonly<Record<string, true>> {
  const asked = c.req.query('doi') ?? (c.req.query('from') === undefined ? '' : 'reschedule');
  const form = sent ?? asked;
  const known: readonly string[] = [...Object.keys(anchors), ...correctionFieldNames];
  return known.includes(form) ? { [form]: true } : {};
}

/** The plan that a visit belongs to, with the address of its page; null where it belongs to none. */
async function planOf(c: AppContext, { id, planId }: Booking, link: OpenedLink) {
  const plan = planId === null ? null : await findPlanOf(c.env.DB, id);
  return plan === null ? null : { code: plan.code, href: await pathByLink(c, link, plan) };
}

/** The calendar file, where there is still something to save or to remove. */
function calendarData({ state, visitStartsAt }: Booking, self: string, now: Date) {
  const isOff = !isLive(state) && state !== 'completed' && state !== 'no-show';
  const isPast = !isOff && (!isLive(state) || now >= visitStartsAt);
  return {
    calendarHref: isPast ? null : self.replace('/?', '/lich.ics?'),
    calendarLabel: isOff ? 'Gỡ khỏi lịch điện thoại' : 'Lưu vào lịch điện thoại',
  };
}

/** What can be done from the start of the visit, and once the request is over. */
async function nextStepData(
  c: AppContext,
  booking: Booking,
  { view, link: { scope, self } }: { view: PersonView; link: OpenedLink },
) {
  const { now } = c.var;
  const isOver = !isLive(booking.state);
  const canComplain = isComplainable(booking, now);
  const canReport = canComplain && canShowDetails({ scope }) && view.state === 'open';
  const isKnown = scope === 'own' && view.state === 'open';
  const dueOn = addWorkingDays(toVietnamDate(now), legalDeadlines.complaint.workingDays, holidays);
  const again = isKnown
    ? self.replace('/?', '/dat-lai/?')
    : `/dat-lich/?${new URLSearchParams(booking.services.map(({ id }) => ['service', id])).toString()}`;
  return {
    againHref: isOver ? again : null,
    againSame: isOver && isKnown && booking.visit === visitKindOf(booking.services),
    canReport,
    replyBy: canReport ? formatDate(dueOn) : null,
    reportHref: canReport ? `${self}&doi=report#bao` : null,
    complaintHref: canComplain ? await complaintPath(c, booking, scope) : null,
  };
}

async function complaintPath(
  c: AppContext,
  { id, code }: Booking,
  scope: OpenedLink['scope'],
): Promise<string> {
  const asked = new URLSearchParams({ kind: 'complaint', code });
  if (scope === 'own') {
    const signing = { keys: c.var.linkKeys, now: c.var.now };
    asked.set('proof', await issueComplaintProof(signing, id));
  }
  return `/lien-he/?${asked.toString()}`;
}
