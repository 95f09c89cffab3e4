import { company } from '../../shared/content/catalogue.ts';
import { formatPhone, toE164 } from '../../shared/phone.ts';
import { formatDate, formatSpan } from '../../shared/time.ts';
import { type JobHeadline, renderHeadline } from './headline.ts';
import { type MailContent, renderHtml, renderText } from './layout.ts';
import type { Mail, MailAttachment } from './mail.ts';

export type CustomerBookingKind =
  | 'booking.received'
  | 'booking.confirmed'
  | 'booking.changed'
  | 'booking.cancelled'
  | 'booking.declined'
  | 'booking.unneeded'
  | 'booking.reminder';

interface CustomerBooking extends JobHeadline {
  size: string | null;
  /** The state as the customer reads it: a change does not confirm. */
  stateName: string;
  /** Why the company declined or cancelled, or null. */
  reason: string | null;
  /** The customer's page; the only link. */
  url: string;
  /** Whether the visit can still be moved or called off there. */
  canChange: boolean;
  /** Null before the booking is confirmed. */
  calendar: MailAttachment | null;
}

const kinds: Readonly<Record<CustomerBookingKind, { subject: string; lead: string }>> = {
  'booking.received': {
    subject: 'Đã nhận yêu cầu',
    lead: 'Chúng tôi đã nhận yêu cầu của anh/chị và sẽ gọi lại để xác nhận.',
  },
  'booking.confirmed': {
    subject: 'Đã xác nhận',
    lead: 'Lịch của anh/chị đã được xác nhận. Chúng tôi đến trong khung giờ dưới đây.',
  },
  'booking.changed': {
    subject: 'Đã đổi lịch',
    lead: 'Đơn của anh/chị đã được đổi. Dưới đây là thông tin mới.',
  },
  'booking.cancelled': {
    subject: 'Đã hủy',
    lead: 'Đơn này đã hủy. Đội không đến theo giờ này.',
  },
  'booking.declined': {
    subject: 'Chưa nhận làm được',
    lead: 'Rất tiếc chúng tôi chưa nhận làm được lần này. Xin lỗi anh/chị.',
  },
  'booking.unneeded': {
    subject: 'Đã bỏ yêu cầu',
    // The other request that is kept may be for the same hour.
    lead: 'Chúng tôi đã bỏ yêu cầu này.',
  },
  'booking.reminder': {
    subject: 'Nhắc lịch',
    lead: 'Chúng tôi sắp đến theo lịch dưới đây.',
  },
};

const CANCELLED_BY_US =
  'Chúng tôi phải hủy đơn này và xin lỗi anh/chị. Đội không đến theo giờ này.';

export async function renderCustomerBooking(
  kind: CustomerBookingKind,
  booking: CustomerBooking,
): Promise<Mail> {
  const headline = renderHeadline(booking);
  const content: MailContent = {
    headline,
    lead: ['Chào anh/chị,', leadOf(kind, booking), ...reasonLine(booking.reason)],
    facts: listFacts(booking),
    link: {
      label: booking.canChange && !isEnd(kind) ? 'Xem, đổi hoặc hủy lịch' : 'Xem đơn này',
      url: booking.url,
    },
    closing: [`Nếu cần gấp, anh/chị gọi ${formatPhone(toE164(company.hotline))}.`, company.name],
  };
  return {
    subject: `${kinds[kind].subject}: ${headline}`,
    text: renderText(content),
    html: await renderHtml(content),
    attachments: booking.calendar === null ? [] : [booking.calendar],
  };
}

/** Whether there is nothing left to change or cancel. */
export function isEnd(kind: CustomerBookingKind): boolean {
  return ['booking.cancelled', 'booking.declined', 'booking.unneeded'].includes(kind);
}

/** A cancellation has a reason where the company made it. */
function leadOf(kind: CustomerBookingKind, { reason }: CustomerBooking): string {
  return kind === 'booking.cancelled' && reason !== null ? CANCELLED_BY_US : kinds[kind].lead;
}

function reasonLine(reason: string | null): string[] {
  return reason === null ? [] : [`Lý do: ${reason}.`];
}

function listFacts(booking: CustomerBooking) {
  const { code, stateName, service, size, ward, date, arrival } = booking;
  const facts: [string, string | null][] = [
    ['Mã đơn', code],
    ['Tình trạng', stateName],
    ['Dịch vụ', service],
    ['Khối lượng', size],
    ['Phường, xã', ward],
    ['Ngày', formatDate(date)],
    ['Khung giờ', formatSpan(arrival)],
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== null);
}
