import { bookingRules, hotline } from '../../shared/content/catalogue.ts';
import { contactKinds } from '../../shared/forms/contact.ts';
import { formatPhone, maskPhone } from '../../shared/phone.ts';
import {
  canTransition,
  canTransitionMessage,
  isLive,
  messageStateNames,
} from '../../shared/states.ts';
import { formatInstant, later } from '../../shared/time.ts';
import { describeBooking, describePrice } from '../wording/booking.ts';
import type { PageNotice } from '../wording/outcomes.ts';
import type { AppContext } from '../web/context.ts';
import {
  bookingStateName,
  changeLine,
  doneLines,
  dueLine,
  extensionLine,
  messageLines,
  nextLines,
  unreachableLines,
} from '../wording/customer.ts';
import { issueActionToken, issueComplaintProof } from '../signing/links.ts';
import { heldFields } from '../wording/person.ts';
import { answerPage } from '../web/pages.ts';
import { type PersonView, readPerson, statusOf } from '../personal-data/read-person.ts';
import type { Booking } from '../store/bookings.ts';
import { findNewest, listEvents } from '../store/events.ts';
import type { OpenedBooking, OpenedLink, OpenedMessage } from './access.ts';
import { listWindowChoices } from '../time-windows/window-choice.ts';
import { findExtension } from '../store/message-transitions.ts';

/** The instant until which a customer may change or cancel without calling. */
export function changeDeadline(booking: Pick<Booking, 'visitStartsAt'>): Date {
  return later(booking.visitStartsAt, { hours: -bookingRules.noticeHours });
}

/** The customer's page of a booking. */
export async function answerBookingStatus(
  c: AppContext,
  { booking, link }: OpenedBooking,
  { notice, status, open }: PageNotice = {},
): Promise<Response> {
  const { self } = link;
  const [events, view, change] = await Promise.all([
    listEvents(c.env.DB, booking.id),
    readPerson(c.env, booking, c.var.now),
    changeData(c, booking, { self, open }),
  ]);
  const last = findNewest(events);
  const phone = phoneOf(view, link);
  const { code, service, size, ward, day, hours, created } = describeBooking(booking);
  return answerPage(c, {
    path: '/khung/don/',
    status: status ?? statusOf(view),
    keeping: 'personal',
    data: {
      title: `Yêu cầu ${code}`,
      ...{ code, service, size, ward, day, hours, created },
      ...describePrice(booking, c.var.now),
      notice: notice ?? null,
      wrong: (status ?? 200) >= 400,
      toForm: open === undefined ? null : `#${open === 'cancel' ? 'huy' : 'doi-gio'}`,
      self,
      state: booking.state === 'held' ? 'requested' : booking.state,
      stateName: bookingStateName(booking, last),
      changed: changeLine(last),
      ...personData(view, link),
      changeHref: isLive(booking.state) ? `${dataPathOf(link)}&mo=correct#sua` : null,
      next:
        view.state === 'ended' && isLive(booking.state)
          ? unreachableLines('booking')
          : nextLines(booking, last, phone),
      calendarHref: self.replace('/?', '/lich.ics?'),
      calendarLabel: isOver(booking) ? 'Gỡ khỏi lịch điện thoại' : 'Lưu vào lịch điện thoại',
      ...(await nextStepLinks(c, booking, link)),
      ...change,
    },
  });
}

/**
 * A record's personal data on its sender's page. By the own link and the one that the whole number led to: a masked number, and
 * everything after a press. By the one that four digits led to: nothing, not even the masked number, which would leave two
 * digits to guess.
 */
function personData(view: PersonView, link: OpenedLink) {
  const byDigits = link.scope === 'digits';
  const isThere = view.state !== 'ended';
  return {
    phone: link.isShown ? null : phoneOf(view, link),
    details: link.isShown && view.state === 'open' ? heldFields(view.person) : [],
    detailsEnded: !isThere,
    canShow: isThere && !byDigits && !link.isShown,
    asksNumber: isThere && byDigits,
    dataHref: byDigits ? null : dataPathOf(link),
  };
}

function phoneOf(view: PersonView, { scope, isShown }: OpenedLink): string | null {
  if (view.state !== 'open' || view.person.phone === null || scope === 'digits') return null;
  return isShown ? formatPhone(view.person.phone) : maskPhone(view.person.phone);
}

function dataPathOf({ self }: OpenedLink): string {
  return self.replace('/?', '/du-lieu/?');
}

/** Links once the request is over: to book the same service again, or to complain about the finished job. */
async function nextStepLinks(c: AppContext, booking: Booking, { scope }: OpenedLink) {
  const { id, state, service, code } = booking;
  const isOff = ['declined', 'lapsed', 'cancelled', 'dropped'].includes(state);
  const complaint = new URLSearchParams({ kind: 'complaint', code });
  if (scope === 'own') {
    const signing = { keys: c.var.linkKeys, now: c.var.now };
    complaint.set('proof', await issueComplaintProof(signing, id));
  }
  return {
    againHref: isOff ? `/dat-lich/?service=${service}` : null,
    complaintHref: state === 'completed' ? `/lien-he/?${complaint.toString()}` : null,
  };
}

/** Whether the visit will not take place, so that the calendar file removes it. */
function isOver(booking: Booking): boolean {
  return !isLive(booking.state) && booking.state !== 'completed';
}

/** The data of the change forms where none is shown. */
const noChange = {
  canChange: false,
  changeUntil: null,
  token: null,
  openChange: false,
  openCancel: false,
  days: [],
  moreHref: null,
  earlierHref: null,
};

async function changeData(
  c: AppContext,
  booking: Booking,
  { self, open }: { self: string; open: string | undefined },
) {
  const { now, linkKeys } = c.var;
  if (!canTransition(booking.state, 'reschedule')) return { ...noChange, tooLate: null };
  const deadline = changeDeadline(booking);
  if (now > deadline) return { ...noChange, tooLate: tooLateWords() };
  const from = c.req.query('from');
  return {
    canChange: true,
    tooLate: null,
    changeUntil: formatInstant(deadline),
    token: await issueActionToken({ keys: linkKeys, now }, { ...booking, role: 'customer' }),
    openChange: from !== undefined || open === 'reschedule',
    openCancel: open === 'cancel',
    ...(await listWindowChoices(c.env.DB, {
      booking,
      rules: bookingRules,
      from,
      now,
      hrefOf: (day) => `${self}&from=${day}#doi-gio`,
    })),
  };
}

export function tooLateWords(): string {
  return `Đã quá hạn tự đổi hoặc hủy trên trang (${bookingRules.noticeHours} giờ trước giờ hẹn). Anh/chị gọi ${hotline} và đọc mã.`;
}

/** The sender's page of a contact message. */
export async function answerMessageStatus(
  c: AppContext,
  { message, link }: OpenedMessage,
): Promise<Response> {
  const [view, extension] = await Promise.all([
    readPerson(c.env, message, c.var.now),
    findExtension(c.env.DB, message.id),
  ]);
  return answerPage(c, {
    path: '/khung/tin-nhan/',
    status: statusOf(view),
    keeping: 'personal',
    data: {
      title: `Tin nhắn ${message.code}`,
      notice: null,
      wrong: false,
      toForm: null,
      self: link.self,
      code: message.code,
      kindName: contactKinds[message.kind],
      bookingCode: message.bookingCode,
      state: message.state === 'held' ? 'open' : message.state,
      stateName: messageStateNames[message.state],
      created: formatInstant(message.createdAt),
      due: dueLine(message),
      done: doneLines(message, extension !== null),
      extended: extensionLine(extension),
      ...personData(view, link),
      changeHref: null,
      next:
        view.state === 'ended' && canTransitionMessage(message.state, 'close')
          ? unreachableLines('message')
          : messageLines(message),
    },
  });
}
