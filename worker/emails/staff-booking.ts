import { formatDate, formatSpan } from '../../shared/time.ts';
import { type JobHeadline, renderHeadline } from './headline.ts';
import { type MailContent, renderHtml, renderText } from './layout.ts';
import type { Mail } from './mail.ts';

type StaffBookingKind =
  'booking.requested' | 'booking.changed' | 'booking.cancelled' | 'booking.photos';

/** A booking as its staff e-mail shows it; texts are ready to be read. */
export interface StaffBooking extends JobHeadline {
  /** "45 m²", or null. */
  size: string | null;
  /** What was answered about the service, a row a question. */
  answers: readonly { label: string; value: string }[];
  /** The price estimate, or null where none is known. */
  estimate: string | null;
  /** What is shown of the person, a row a field. */
  person: readonly (readonly [label: string, value: string])[];
  stateName: string;
  /** That the phone number was changed by a correction, and when; null where it was not. */
  phoneChange: string | null;
  /** How many pictures the customer has added. */
  photos: number;
  /** Whether staff entered it for someone who called. */
  byPhone: boolean;
  isConfirmed: boolean;
  /** Whether it still waits for an answer of staff. */
  isWaiting: boolean;
  /** The job's page; the only link. */
  url: string;
}

const kinds: Readonly<Record<StaffBookingKind, { subject: string; lead: string }>> = {
  'booking.requested': {
    subject: 'Yêu cầu mới',
    lead: 'Khách vừa gửi yêu cầu này và đang chờ trả lời.',
  },
  'booking.changed': {
    subject: 'Đã đổi',
    lead: 'Yêu cầu này vừa được đổi. Dưới đây là thông tin mới.',
  },
  'booking.cancelled': {
    subject: 'Đã hủy',
    lead: 'Yêu cầu này vừa được hủy. Khung giờ đã trống trở lại, không cần đến.',
  },
  'booking.photos': {
    subject: 'Có ảnh mới',
    lead: 'Khách vừa gửi thêm ảnh. Ảnh xem ở trang của việc, sau khi mở liên hệ của khách.',
  },
};

const CALLED = 'Nhân viên vừa ghi yêu cầu này cho khách gọi điện; nhớ bấm xác nhận.';
const AGREED = 'Nhân viên đã chốt giờ với khách qua điện thoại, không cần bấm gì thêm.';

const ANSWERED = 'Thư này đến sau khi yêu cầu đã được xử lý. Tình trạng hiện nay ở dưới đây.';

const CALL_FIRST_NUMBER = 'Gọi số lúc gửi để hỏi lại trước khi đến.';
const CALL_TO_CHECK = 'Gọi số lúc gửi để hỏi lại có đúng khách hủy không.';

export async function renderStaffBooking(
  kind: StaffBookingKind,
  booking: StaffBooking,
): Promise<Mail> {
  const headline = renderHeadline(booking);
  const content: MailContent = {
    headline,
    lead: [
      kind === 'booking.requested' ? leadOf(booking) : kinds[kind].lead,
      ...(booking.phoneChange === null ? [] : [`${booking.phoneChange} ${callOf(kind)}`]),
    ],
    facts: listFacts(booking),
    link: { label: 'Mở việc này', url: booking.url },
    closing: ['Các mục khác của khách xem ở trang của việc.'],
  };
  return {
    subject: `${kinds[kind].subject}: ${headline}`,
    text: renderText(content),
    html: await renderHtml(content),
    attachments: [],
  };
}

/** What staff do where the number was changed: it may have been by somebody else. */
function callOf(kind: StaffBookingKind): string {
  return kind === 'booking.cancelled' ? CALL_TO_CHECK : CALL_FIRST_NUMBER;
}

function leadOf({ byPhone, isConfirmed, isWaiting }: StaffBooking): string {
  if (byPhone && isConfirmed) return AGREED;
  if (!isWaiting) return ANSWERED;
  return byPhone ? CALLED : kinds['booking.requested'].lead;
}

function listFacts(booking: StaffBooking): (readonly [string, string])[] {
  const { size, answers, estimate, person, photos } = booking;
  return [
    ['Mã đơn', booking.code],
    ['Tình trạng', booking.stateName],
    ['Dịch vụ', booking.service],
    ...(size === null ? [] : [['Khối lượng', size] as const]),
    ...answers.map(({ label, value }) => [label, value] as const),
    ...(estimate === null ? [] : [['Giá ước tính', estimate] as const]),
    ['Phường, xã', booking.ward],
    ['Ngày', formatDate(booking.date)],
    ['Khung giờ', formatSpan(booking.arrival)],
    ...(photos === 0 ? [] : [['Ảnh', `${photos} ảnh`] as const]),
    ...person,
  ];
}
