import { bookingRules, hotline } from '../../shared/content/catalogue.ts';
import { canTransition } from '../../shared/states.ts';
import { formatInstant, later } from '../../shared/time.ts';
import { issueToken } from '../records/action.ts';
import type { Booking } from '../store/bookings.ts';
import { listDayChoices, noDays, readSlot } from '../time-windows/window-choice.ts';
import type { AppContext } from '../web/context.ts';

/** The instant until which a customer may change or cancel without calling. */
export function changeDeadline(booking: Pick<Booking, 'visitStartsAt'>): Date {
  return later(booking.visitStartsAt, { hours: -bookingRules.noticeHours });
}

export function tooLateWords(): string {
  return `Đã quá hạn tự đổi hoặc hủy trên trang (${bookingRules.noticeHours} tiếng trước giờ hẹn). Anh/chị gọi ${hotline} và đọc mã.`;
}

const noChange = {
  canChange: false,
  changeHref: null,
  cancelHref: null,
  changeUntil: null,
  ...noDays,
};

/** What the forms to change the window and to cancel are filled with, and until when they can be sent. */
export async function changeData(
  c: AppContext,
  booking: Booking,
  { self, slot }: { self: string; slot: string | undefined },
) {
  const { now } = c.var;
  if (!canTransition(booking.state, 'reschedule') || now >= booking.visitStartsAt) {
    return { ...noChange, tooLate: null };
  }
  const deadline = changeDeadline(booking);
  if (now > deadline) return { ...noChange, tooLate: tooLateWords() };
  return {
    canChange: true,
    tooLate: null,
    changeHref: `${self}&doi=reschedule#doi-gio`,
    cancelHref: `${self}&doi=cancel#huy`,
    changeUntil: formatInstant(deadline),
    ...(await listDayChoices(c.env.DB, {
      booking,
      rules: bookingRules,
      from: c.req.query('from'),
      chosen: readSlot(slot)?.date,
      now,
      hrefOf: (day) => `${self}&from=${day}#doi-gio`,
    })),
  };
}

/** The token of the forms on the customer's page; null where the state allows none. */
export async function tokenOf(c: AppContext, booking: Booking): Promise<string | null> {
  const isActive =
    canTransition(booking.state, 'correct') || ['confirmed', 'completed'].includes(booking.state);
  return isActive ? issueToken(c, 'customer', booking) : null;
}
