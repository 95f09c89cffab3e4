import { contactKinds } from '../../shared/forms/contact.ts';
import { reasonText } from '../../shared/jobs/reasons.ts';
import { bookingRules } from '../../shared/content/catalogue.ts';
import { nameServices } from '../../shared/jobs/visit-words.ts';
import { findWindow } from '../../shared/jobs/availability.ts';
import { isLegalKind } from '../../shared/privacy/legal-kinds.ts';
import { retention } from '../../shared/privacy/register.ts';
import {
  addDays,
  daysBetween,
  formatDate,
  formatDeadline,
  formatInstant,
  formatShortDate,
  formatSpan,
  later,
  toVietnamDate,
} from '../../shared/time.ts';
import { findDueDay } from '../records/due-day.ts';
import { callPromisedBy, isCallLate } from '../records/overdue.ts';
import type { MailLine } from '../emails/layout.ts';
import type { LinkedRecord } from '../signing/links.ts';
import { dayPath, freshStaffPath, staffPath, type StaffSigning } from '../signing/staff-links.ts';
import type { Booking } from '../store/bookings.ts';
import type { HeldRecord } from '../store/held.ts';
import { staffKindName, staffStateNames } from './staff.ts';
import type { Message } from '../store/messages.ts';
import { readStaffKeys } from '../signing/tokens.ts';
import { findEpoch } from '../store/link-epochs.ts';
import { regularMark } from './plan.ts';
import { describeVisit } from './visit.ts';

const SEPARATOR = ' · ';

/** What a mail to staff is written with: the bindings, and what signs its links as it is written. */
export interface StaffMailing {
  env: Env;
  signing: StaffSigning;
}

export async function prepareStaffMailing(env: Env, now: Date): Promise<StaffMailing> {
  return makeStaffMailing(env, now, await findEpoch(env.DB, 'staff'));
}

export function makeStaffMailing(env: Env, now: Date, epoch: number): StaffMailing {
  return { env, signing: { keys: readStaffKeys(env.STAFF_KEYS), now, epoch } };
}

/** The address of a record's staff page. */
export async function staffUrl(
  { env, signing }: StaffMailing,
  record: LinkedRecord,
): Promise<string> {
  return `${env.PUBLIC_ORIGIN}${await staffPath(signing, record)}`;
}

/** The address of a record's staff page for 24 hours, however old the record is: a link of the other kind may have ended. */
export async function freshUrl(
  { env, signing }: StaffMailing,
  record: LinkedRecord,
): Promise<string> {
  return `${env.PUBLIC_ORIGIN}${await freshStaffPath(signing, record)}`;
}

/** A line of a mail that leads to the sheet of a day. */
export async function dayLine({ env, signing }: StaffMailing, date: string): Promise<MailLine> {
  return {
    text: `Mở cả ngày ${formatDate(date)} trên một tờ`,
    url: `${env.PUBLIC_ORIGIN}${await dayPath(signing, date)}`,
  };
}

/** A line of a mail about a visit that is over or will not be, with a link that still opens it. */
export async function pastLine(mailing: StaffMailing, booking: Booking): Promise<MailLine> {
  const { code, service, ward, day, hours } = waitingParts(booking, mailing.signing.now);
  const parts = [code, staffStateNames[booking.state], service, ward, `${day}, ${hours}`];
  return { text: join(parts), url: await freshUrl(mailing, booking) };
}

/** A line of a mail about a job: hours first, no personal data. */
export async function jobLine(mailing: StaffMailing, booking: Booking): Promise<MailLine> {
  const { arrival, until, work, ward } = describeVisit(booking);
  const parts = [formatSpan(arrival), until, booking.code, work, ward, regularMark(booking)];
  return {
    text: join([...parts, staffStateNames[booking.state]]),
    url: await staffUrl(mailing, booking),
  };
}

/** A line of a mail about a booking that is new or was changed: its state and its day. */
export async function changedLine(mailing: StaffMailing, booking: Booking): Promise<MailLine> {
  const { code, service, ward, day, hours } = waitingParts(booking, mailing.signing.now);
  const parts = [code, staffStateNames[booking.state], service, ward, `${day}, ${hours}`];
  return { text: join(parts), url: await staffUrl(mailing, booking) };
}

/** A line of a mail about a request that waits, with the link to its staff page. */
export async function waitingLine(mailing: StaffMailing, booking: Booking): Promise<MailLine> {
  return {
    text: describeWaiting(booking, mailing.signing.now),
    url: await staffUrl(mailing, booking),
  };
}

function describeWaiting(booking: Booking, now: Date): string {
  const { code, service, ward, regular, day, hours, since, past, call } = waitingParts(
    booking,
    now,
  );
  return join([code, service, ward, regular, `${day}, ${hours}`, past, since, call]);
}

/** A request that waits, in words, each part by itself. */
export function waitingParts(
  booking: Booking,
  now: Date,
): Record<'code' | 'service' | 'ward' | 'day' | 'hours' | 'since', string> &
  Record<'regular' | 'past' | 'call', string | null> {
  const { arrival, service, ward, date } = describeVisit(booking);
  return {
    code: booking.code,
    service,
    ward,
    regular: regularMark(booking),
    day: formatDate(date),
    hours: formatSpan(arrival),
    since: `chờ từ ${formatInstant(booking.stateAt)}${promiseWords(booking, now)}`,
    past: booking.visitStartsAt <= now ? 'ĐÃ QUA GIỜ HẸN' : null,
    call: booking.callAgainAt === null ? null : `gọi lại lúc ${formatInstant(booking.callAgainAt)}`,
  };
}

/** By when the sender was told to expect a call, as long as nobody has called. */
function promiseWords(booking: Booking, now: Date): string {
  const promised = callPromisedBy(booking);
  if (promised === null || booking.callAgainAt !== null) return '';
  const by = formatDeadline(promised);
  return isCallLate(booking, now) ? `, QUÁ HẸN GỌI ${by}` : `, hẹn gọi trước ${by}`;
}

/** A line of a mail about a quarantined record, with the link to its staff page. */
export async function quarantinedLine(
  mailing: StaffMailing,
  held: HeldRecord,
  now: Date,
): Promise<MailLine> {
  return { text: describeQuarantined(held, now), url: await staffUrl(mailing, held) };
}

function describeQuarantined(held: HeldRecord, now: Date): string {
  const { code, what, when, why, since, drop } = quarantinedParts(held, now);
  return join([code, what, when, why, since, drop]);
}

/**
 * A quarantined record in words, each part by itself. `drop` says when it is dropped without anybody's doing, or by when the law
 * wants it answered.
 */
export function quarantinedParts(
  { code, kind, visit, holdReason, stateAt, createdAt, dueOn }: HeldRecord,
  now: Date,
): Record<'code' | 'what' | 'since' | 'drop', string> & Record<'why' | 'when', string | null> {
  const isLegal = kind !== null && isLegalKind(kind);
  return {
    code,
    what: kind !== null ? contactKinds[kind] : visit === null ? '' : nameServices(visit),
    when: visit === null ? null : slotWords(visit),
    why: reasonText(holdReason),
    since: `gửi ${formatInstant(createdAt)}`,
    drop: isLegal && dueOn !== null ? dueWords(dueOn, toVietnamDate(now)) : dropWords(stateAt, now),
  };
}

/** "Thứ Năm, 26/11/2026, 9:30–11:00". */
export function slotWords({ date, window }: { date: string; window: string }): string {
  const found = findWindow(bookingRules, window);
  return `${formatDate(date)}, ${found === undefined ? window : formatSpan(found)}`;
}

/** A line of a mail about a message whose deadline runs, with the deadline and whether it is overdue. */
export async function messageLine(
  mailing: StaffMailing,
  message: Message,
  today: string,
): Promise<MailLine> {
  const { code, state } = message;
  const { day, isExtended } = await findDueDay(mailing.env.DB, message);
  const progress = isExtended ? 'đã trả lời và gia hạn' : 'đã trả lời';
  const by = dueWords(day, today);
  const open = state === 'held' ? `để riêng, ${by}` : by;
  const due = state === 'answered' ? `${progress}, làm xong rồi kết thúc: ${by}` : open;
  return { text: join([code, staffKindName(message), due]), url: await staffUrl(mailing, message) };
}

/** "hạn 24/11/2026", or "QUÁ HẠN 2 ngày, hạn 24/11/2026". */
export function dueWords(dueOn: string, today: string): string {
  const late = daysBetween(dueOn, today);
  const due = `hạn ${formatShortDate(dueOn)}`;
  return late > 0 ? `QUÁ HẠN ${late} ngày, ${due}` : due;
}

function dropWords(heldAt: Date, now: Date): string {
  const dropsAt = later(heldAt, { days: retention.held.period.days });
  const lastDay = dropsAt <= later(now, { days: 1 });
  const day = formatShortDate(toVietnamDate(dropsAt));
  if (!lastDay) return `tự bỏ ngày ${day}`;
  const tomorrow = toVietnamDate(dropsAt) === addDays(toVietnamDate(now), 1);
  return `NGÀY CUỐI: tự bỏ ${tomorrow ? 'ngày mai' : 'hôm nay'}, ${formatInstant(dropsAt)}`;
}

function join(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join(SEPARATOR);
}
