import { hotline } from '../../shared/content/catalogue.ts';
import { keepTogether } from '../../shared/text.ts';
import { formatDeadline, formatInstant } from '../../shared/time.ts';
import { callPromisedBy, isCallLate } from '../records/overdue.ts';
import type { Booking } from '../store/bookings.ts';

/** Before when staff call the sender of a request that waits, or that they should have; null in other states. */
export function callbackLine(
  booking: Pick<Booking, 'state' | 'createdAt' | 'code' | 'callAgainAt'>,
  now: Date,
): string | null {
  const { state, code, callAgainAt } = booking;
  if (state !== 'requested' && state !== 'held') return null;
  const number = `${keepTogether(hotline)} và đọc mã ${code}`;
  const missed = (promise: string) =>
    `${promise} Nếu chưa có ai gọi, chúng tôi xin lỗi: anh/chị gọi ${number}.`;
  if (callAgainAt !== null) {
    const again = formatInstant(callAgainAt);
    return callAgainAt < now
      ? missed(`Chúng tôi gọi anh/chị chưa được và đã hẹn gọi lại lúc ${again}.`)
      : `Chúng tôi gọi anh/chị chưa được, sẽ gọi lại lúc ${again}. Anh/chị cũng gọi được ${number}.`;
  }
  const deadline = callPromisedBy(booking);
  if (deadline === null) return null;
  const by = formatDeadline(deadline);
  return isCallLate(booking, now)
    ? missed(`Chúng tôi đã hẹn gọi trước ${by}.`)
    : `Chúng tôi gọi trước ${by}.`;
}
