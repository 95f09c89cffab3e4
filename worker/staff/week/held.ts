import { company } from '../../../shared/content/catalogue.ts';
import type { RawFields } from '../../../shared/forms/fields.ts';
import { parseCode } from '../../../shared/jobs/code.ts';
import { fromVietnam, isCalendarDate, later } from '../../../shared/time.ts';
import { transitionBooking, transitionMany } from '../../records/booking-transition.ts';
import { findRecord } from '../../records/find-record.ts';
import { transitionMessage } from '../../records/message-transition.ts';
import { wakeDeliveries } from '../../records/wake-delivery.ts';
import type { Booking } from '../../store/bookings.ts';
import {
  listHeld,
  listHeldBookings,
  listUnconfirmed,
  UNDO_SET_ASIDE_HOURS,
} from '../../store/held.ts';
import { findMessage } from '../../store/messages.ts';
import type { AppContext } from '../../web/context.ts';
import { isOffered } from '../job-actions.ts';
import { type ActionResult, NOT_CHOSEN } from './notices.ts';

/** Bookings that one press sets aside or releases; a further press goes on. */
const BOOKINGS_MAX = 500;
/** Messages that one press releases. */
const MESSAGES_MAX = 50;
/** The value of the radio that stands for all held records. */
export const ALL = 'all';

const CHANGED = 'Chưa làm gì: đơn hoặc tin nhắn này vừa thay đổi. Xem lại rồi chọn lần nữa.';
const FULL =
  'khung giờ đã hết chỗ hoặc đã qua, cần chọn giờ khác. Mở đơn rồi bấm “Nhận, xếp vào ngày giờ khác”.';
const NO_SPAN = 'Chưa để riêng đơn nào: ghi đủ hai mốc giờ, mốc trước không sau mốc sau.';
const ONE_BY_ONE = 'Chưa bỏ gì: đơn rác bỏ từng đơn một, chọn một dòng rồi bấm lại.';
const BINNED = { done: 'bo', part: 'rieng' } as const;
const TOO_LATE = `Đã quá ${UNDO_SET_ASIDE_HOURS} giờ nên không hoàn tác cả loạt được nữa. Nhận lại từng đơn ở dưới.`;

/** Sets aside all unconfirmed web bookings of a span, so that their seats are free again. */
export async function setAside(c: AppContext, fields: RawFields): Promise<ActionResult> {
  if (fields['sure'] !== 'yes') return { notice: NOT_CHOSEN, status: 422 };
  const from = readMinute(fields['sentFrom'] ?? '');
  const to = readMinute(fields['sentTo'] ?? '');
  if (from === null || to === null || from > to) return { notice: NO_SPAN, status: 422 };
  const { now } = c.var;
  const span = { from, before: later(to, { minutes: 1 }), limit: BOOKINGS_MAX };
  const bookings = await listUnconfirmed(c.env.DB, span);
  if (bookings.length === 0) return { done: 'de-rieng-khong', part: 'rieng' };
  const { deliveryIds } = await transitionMany(
    c.env,
    bookings.map((booking) => ({ booking, transition: 'setAside', actor: 'staff', now })),
  );
  wakeDeliveries(c, deliveryIds);
  const isAll = bookings.length < BOOKINGS_MAX;
  return { done: isAll ? 'de-rieng' : 'de-rieng-con', part: 'rieng' };
}

/** Undoes a set-aside: what still has a seat goes back, the rest stays held. */
export async function undoSetAside(c: AppContext, fields: RawFields): Promise<ActionResult> {
  const { now } = c.var;
  const at = new Date(fields['setAside'] ?? '');
  if (Number.isNaN(at.getTime())) return { notice: NOT_CHOSEN, status: 422 };
  if (now > later(at, { hours: UNDO_SET_ASIDE_HOURS })) return { notice: TOO_LATE, status: 409 };
  const bookings = await listHeldBookings(c.env.DB, { setAsideAt: at, limit: BOOKINGS_MAX });
  const isAll = await releaseBookings(c, bookings);
  return { done: isAll ? 'hoan-tac' : 'hoan-tac-con', part: 'rieng' };
}

/** Releases one held record or all of them, or drops one. */
export async function releaseHeld(c: AppContext, fields: RawFields): Promise<ActionResult> {
  const chosen = fields['held'] ?? '';
  if (fields['how'] === 'drop') {
    return chosen === ALL ? { notice: ONE_BY_ONE, status: 422 } : changeOne(c, chosen, 'drop');
  }
  return chosen === ALL ? releaseAll(c) : changeOne(c, chosen, 'release');
}

async function releaseAll(c: AppContext): Promise<ActionResult> {
  const bookings = await listHeldBookings(c.env.DB, { limit: BOOKINGS_MAX });
  const isAll = await releaseBookings(c, bookings);
  const { rows } = await listHeld(c.env.DB, { limit: BOOKINGS_MAX, offset: 0 });
  const messages = rows.filter(({ kind }) => kind !== null);
  for (const { id } of messages.slice(0, MESSAGES_MAX)) {
    const message = await findMessage(c.env.DB, id);
    if (message === null) continue;
    const release = { message, transition: 'release', actor: 'staff', now: c.var.now } as const;
    await transitionMessage(c.env, release);
  }
  const isDone = isAll && messages.length <= MESSAGES_MAX;
  return { done: isDone ? 'nhan-het' : 'nhan-con', part: 'rieng' };
}

async function changeOne(
  c: AppContext,
  chosen: string,
  transition: 'release' | 'drop',
): Promise<ActionResult> {
  const [typed = '', version = ''] = chosen.split('/');
  const code = parseCode(company.codePrefix, typed);
  const record = code === null ? null : await findRecord(c.env.DB, code);
  if (record === null) return { notice: NOT_CHOSEN, status: 422 };
  const { now } = c.var;
  const asked = { transition, actor: 'staff', now } as const;
  const changed = { notice: CHANGED, status: 409 } as const;
  const done = transition === 'drop' ? BINNED : ({ done: 'nhan', part: 'cho' } as const);
  if (record.kind === 'message') {
    const { message } = record;
    if (String(message.version) !== version) return changed;
    const outcome = await transitionMessage(c.env, { message, ...asked });
    return outcome === 'done' ? done : changed;
  }
  const { booking } = record;
  if (String(booking.version) !== version) return changed;
  const full = { notice: `${booking.code}: ${FULL}`, status: 409 } as const;
  if (transition === 'release' && !isOffered(booking, undefined, now)) return full;
  const result = await transitionBooking(c.env, { booking, ...asked });
  if (result.outcome === 'full') return full;
  if (result.outcome !== 'done') return changed;
  wakeDeliveries(c, result.deliveryIds);
  return done;
}

/** Releases what has a seat in its window; true where that was all. */
async function releaseBookings(c: AppContext, bookings: readonly Booking[]): Promise<boolean> {
  const { now } = c.var;
  const offered = bookings.filter((booking) => isOffered(booking, undefined, now));
  const { done, deliveryIds } = await transitionMany(
    c.env,
    offered.map((booking) => ({ booking, transition: 'release', actor: 'staff', now })),
  );
  wakeDeliveries(c, deliveryIds);
  return done === bookings.length;
}

/** The instant that a control for day and time sent, "2026-11-23T09:05" in Vietnam, or null. */
function readMinute(text: string): Date | null {
  const [date = '', time = ''] = text.split('T');
  const isTime = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/.test(time);
  return isTime && isCalendarDate(date) ? fromVietnam(date, time.slice(0, 5)) : null;
}
