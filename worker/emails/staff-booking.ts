import { formatDate, formatSpan } from '../../shared/time.ts';
import { type JobHeadline, renderHeadline } from './headline.ts';
import { type MailContent, renderHtml, renderText } from './layout.ts';
import type { Mail, MailAttachment } from './mail.ts';

/** What happened to a booking that staff hear of. */
export type StaffBookingKind = 'booking.requested' | 'booking.changed' | 'booking.cancelled';

/** A booking as its staff e-mail shows it; texts are ready to be read. */
export interface StaffBooking extends JobHeadline {
  /** "45 m²", or null. */
  size: string | null;
  /** The price estimate, or null where none is known. */
  estimate: string | null;
  /** Masked, or in full where the settings say so. */
  phone: string;
  /** Name and address where the settings send them, else null. */
  person: { name: string; address: string } | null;
  stateName: string;
  /** The job's page; the only link. */
  url: string;
  calendar: MailAttachment;
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
};

/** The e-mail that tells staff of a booking. */
export async function renderStaffBooking(
  kind: StaffBookingKind,
  booking: StaffBooking,
): Promise<Mail> {
  const headline = renderHeadline(booking);
  const content: MailContent = {
    headline,
    lead: [kinds[kind].lead],
    facts: listFacts(booking),
    link: { label: 'Mở việc này', url: booking.url },
    closing: ['Tên, địa chỉ và ghi chú xem ở trang của việc. Tệp lịch gửi kèm thư này.'],
  };
  return {
    subject: `${kinds[kind].subject}: ${headline}`,
    text: renderText(content),
    html: await renderHtml(content),
    attachments: [booking.calendar],
  };
}

function listFacts(booking: StaffBooking): [string, string][] {
  const { size, estimate, person } = booking;
  return [
    ['Mã đơn', booking.code],
    ['Tình trạng', booking.stateName],
    ['Dịch vụ', booking.service],
    ...(size === null ? [] : [['Khối lượng', size] as [string, string]]),
    ...(estimate === null ? [] : [['Giá tạm tính', estimate] as [string, string]]),
    ['Phường, xã', booking.ward],
    ['Ngày', formatDate(booking.date)],
    ['Khung giờ', formatSpan(booking.arrival)],
    ['Điện thoại', booking.phone],
    ...(person === null
      ? []
      : ([
          ['Họ và tên', person.name],
          ['Địa chỉ', person.address],
        ] as [string, string][])),
  ];
}
