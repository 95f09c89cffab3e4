import { company, hotline } from '../../shared/content/catalogue.ts';
import { reasonText } from '../../shared/jobs/reasons.ts';
import type { Booking } from '../store/bookings.ts';
import type { RecordEvent } from '../store/events.ts';
import { describeBooking } from './booking.ts';

/**
 * What staff send to a customer by Zalo or SMS after they changed a booking, as one text to copy; null where there is nothing to
 * tell. It names code, service and time, nothing of the person, and an address that asks for the last digits of the number.
 */
export function customerText(
  origin: string,
  booking: Booking,
  last: RecordEvent | undefined,
): string | null {
  const lines = linesOf(booking, last);
  if (lines === null) return null;
  return [
    `${company.shortName}: ${lines[0] ?? ''}`,
    ...lines.slice(1),
    closing(origin, booking),
  ].join('\n');
}

/** What staff send to a customer whose visit has no seat any more: nothing is cancelled, both look for another time. */
export function surplusText(origin: string, booking: Booking): string {
  const { service, when } = describeBooking(booking);
  return [
    `${company.shortName}: chúng tôi thiếu đội làm ${service}, ${when} và xin lỗi anh/chị.`,
    'Lịch chưa hủy. Anh/chị trả lời tin này hoặc gọi để chọn giờ khác.',
    closing(origin, booking),
  ].join('\n');
}

function closing(origin: string, { code }: Booking): string {
  return `Mã đơn ${code}. Xem tại ${origin}/don/${code}/ (nhập 4 số cuối điện thoại), hoặc gọi ${hotline}.`;
}

function linesOf(booking: Booking, last: RecordEvent | undefined): string[] | null {
  const { service, when } = describeBooking(booking);
  const visit = `${service}, ${when}`;
  const reason = reasonText(last?.reason ?? null);
  const why = reason === null ? [] : [`Lý do: ${reason}.`];
  switch (booking.state) {
    case 'requested':
      if (last?.type === 'submit') return null;
      return last?.type === 'unreachable'
        ? [`chúng tôi đã gọi để hẹn ${visit} mà chưa gặp được anh/chị. Anh/chị gọi lại giúp.`]
        : [`đã ghi yêu cầu ${visit}, chờ xác nhận.`];
    case 'confirmed':
      return [`đã xác nhận lịch ${visit}.`];
    case 'completed':
      return [`đã làm xong ${visit}.`, 'Có chỗ nào chưa đạt, anh/chị báo cho chúng tôi.'];
    case 'no-show':
      return [`đội đã đến làm ${visit} mà không gặp anh/chị. Nếu cần hẹn lại, anh/chị gọi giúp.`];
    case 'declined':
      return [`rất tiếc chúng tôi chưa nhận làm được ${visit}. Xin lỗi anh/chị.`, ...why];
    case 'cancelled':
      return last?.actor === 'company'
        ? [`chúng tôi phải hủy ${visit} và xin lỗi anh/chị.`, ...why]
        : [`đã hủy ${visit} theo yêu cầu của anh/chị.`];
    case 'lapsed':
      return [`đã qua ngày hẹn ${visit} mà chúng tôi chưa gọi được. Xin lỗi anh/chị.`];
    case 'held':
    case 'dropped':
      return null;
  }
}
