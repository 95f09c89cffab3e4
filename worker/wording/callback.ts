import { hotline } from '../../shared/content/catalogue.ts';
import { formatDeadline, formatInstant } from '../../shared/time.ts';
import { callPromisedBy, isCallLate } from '../records/overdue.ts';
import type { Booking } from '../store/bookings.ts';

/** Before when staff call the sender of a request that waits, or that they should have; null in other states. */
export function callbackLine(
  booking: Pick<Booking, 'state' | 'createdAt' | 'code' | 'callAgainAt'>,
  now: Date,
): string | null {
  const deadline = callPromisedBy(booking);
  const waits = booking.state === 'requested' || booking.state === 'held';
  if (waits && booking.callAgainAt !== null) {
    return `Chúng tôi gọi anh/chị chưa được, sẽ gọi lại lúc ${formatInstant(booking.callAgainAt)}. Anh/chị cũng gọi được ${hotline.replaceAll(' ', '\u00a0')} và đọc mã ${booking.code}.`;
  }
  if (!waits || deadline === null) return null;
  if (!isCallLate(booking, now)) return `Chúng tôi gọi trước ${formatDeadline(deadline)}.`;
  return `Chúng tôi đã hẹn gọi trước ${formatDeadline(deadline)}. Nếu chưa có ai gọi, chúng tôi xin lỗi: anh/chị gọi ${hotline.replaceAll(' ', '\u00a0')} và đọc mã ${booking.code}.`;
}
