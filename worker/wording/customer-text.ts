import { company, hotline } from '../../shared/content/catalogue.ts';
import { reasonText } from '../../shared/jobs/reasons.ts';
import { lowerFirst } from '../../shared/text.ts';
import { formatInstant } from '../../shared/time.ts';
import type { Booking } from '../store/bookings.ts';
import type { RecordEvent } from '../store/events.ts';
import { describeBooking } from './booking.ts';
import { isClosedByClock } from './customer.ts';

/**
 * What staff send to a customer by Zalo or SMS after they changed a booking, as one text to copy; null where there is nothing to
 * tell. It names code, service and time, nothing of the person, and an address that asks for the last digits of the number.
 */
export function customerText(
  origin: string,
  booking: Booking,
  { last, plan = null, price = null }: Told,
): string | null {
  const lines = linesOf(booking, last);
  if (lines === null) return null;
  const isComing = booking.state === 'confirmed';
  return [
    `${company.shortName}: ${lines[0] ?? ''}`,
    ...lines.slice(1),
    ...(plan === null || !isComing ? [] : [`Lịch định kỳ ${plan.code}: ${plan.rhythm}.`]),
    ...(price === null || !(isComing || booking.state === 'completed') ? [] : [priceLine(price)]),
    closing(origin, booking),
  ].join('\n');
}

/** What the text tells besides the booking itself. */
interface Told {
  /** The newest event that says how the request stands. */
  last: RecordEvent | undefined;
  /** The plan of the visit, in words. */
  plan?: { code: string; rhythm: string } | null;
  /** The newest price in words; `agreed` is null where it waits for the customer. */
  price?: { amount: string; agreed: string | null } | null;
}

function priceLine({ amount, agreed }: { amount: string; agreed: string | null }): string {
  return agreed === null
    ? `Giá ${amount}. Nếu đồng ý, anh/chị trả lời tin này hoặc gọi cho chúng tôi.`
    : `Giá đã chốt ${amount}.`;
}

/** What staff send to a customer whose visit has no seat any more: nothing is cancelled, both look for another time. */
export function surplusText(origin: string, booking: Booking): string {
  return [
    `${company.shortName}: chúng tôi thiếu đội cho lịch ${visitWords(booking)} và xin lỗi anh/chị.`,
    'Lịch chưa hủy. Anh/chị trả lời tin này hoặc gọi để chọn giờ khác.',
    closing(origin, booking),
  ].join('\n');
}

function closing(origin: string, { code }: Booking): string {
  return `Mã đơn ${code}. Xem tại ${origin}/don/${code}/ (nhập 4 số cuối điện thoại), hoặc gọi ${hotline}.`;
}

/** What is to be done and when, as it stands after "lịch". */
function visitWords(booking: Booking): string {
  const { when } = describeBooking(booking);
  return `${workWords(booking)}, ${when}`;
}

function workWords(booking: Booking): string {
  const { service } = describeBooking(booking);
  return booking.visit === 'survey' ? lowerFirst(service) : service;
}

function linesOf(booking: Booking, last: RecordEvent | undefined): string[] | null {
  const { when } = describeBooking(booking);
  const visit = visitWords(booking);
  const isMoved = last?.type === 'reschedule';
  const reason = reasonText(last?.reason ?? null);
  const why = reason === null ? [] : [`Lý do: ${reason}.`];
  switch (booking.state) {
    case 'requested':
      if (last?.type === 'submit') return null;
      return last?.type === 'unreachable'
        ? [
            `chúng tôi đã gọi để hẹn ${visit} mà chưa gặp được anh/chị.`,
            booking.callAgainAt === null
              ? 'Anh/chị gọi lại giúp.'
              : `Chúng tôi hẹn gọi lại lúc ${formatInstant(booking.callAgainAt)}, hoặc anh/chị gọi lại giúp.`,
          ]
        : [`đã ghi yêu cầu ${visit}, chờ xác nhận.`];
    case 'confirmed':
      return [
        isMoved ? `đã đổi lịch ${workWords(booking)} sang ${when}.` : `đã xác nhận lịch ${visit}.`,
      ];
    case 'completed':
      if (isClosedByClock(last))
        return [
          `đã qua ngày hẹn ${visit}.`,
          'Nếu đội chưa đến hoặc có chỗ nào chưa đạt, anh/chị báo cho chúng tôi.',
        ];
      return booking.visit === 'survey'
        ? [`đã xong buổi ${visit}.`]
        : [`đã xong buổi ${visit}.`, 'Nếu có chỗ nào chưa đạt, anh/chị báo cho chúng tôi.'];
    case 'no-show':
      return [
        `đội đã đến theo lịch ${visit} mà không gặp anh/chị. Nếu cần hẹn lại, anh/chị gọi giúp.`,
      ];
    case 'declined':
      if (last?.reason === 'duplicate')
        return [
          `yêu cầu ${visit} trùng với một yêu cầu khác của anh/chị.`,
          'Chúng tôi giữ yêu cầu kia và bỏ yêu cầu này.',
        ];
      if (last?.reason === 'wish')
        return [`đã bỏ yêu cầu ${visit} theo lời anh/chị qua điện thoại.`];
      return [`rất tiếc chúng tôi chưa nhận làm được buổi ${visit}. Xin lỗi anh/chị.`, ...why];
    case 'cancelled':
      // The details were lost: there is nobody to tell.
      if (last?.type === 'end') return null;
      if (last?.actor === 'system') return [`đã bỏ buổi ${visit} vì lịch định kỳ có thay đổi.`];
      return last?.actor === 'company'
        ? [`chúng tôi phải hủy lịch ${visit} và xin lỗi anh/chị.`, ...why]
        : [`đã hủy lịch ${visit} theo yêu cầu của anh/chị.`];
    case 'lapsed':
      return [
        `đã qua ngày hẹn ${visit} mà chúng tôi chưa xác nhận được với anh/chị. Chúng tôi xin lỗi.`,
      ];
    case 'held':
    case 'dropped':
      return null;
  }
}
