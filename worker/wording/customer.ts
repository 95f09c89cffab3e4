import { company, hotline } from '../../shared/content/catalogue.ts';
import type { ContactKind } from '../../shared/forms/contact.ts';
import { formatPhone, toE164 } from '../../shared/phone.ts';
import { reasonText } from '../../shared/jobs/reasons.ts';
import { legalDeadlines } from '../../shared/privacy/register.ts';
import { bookingStateNames } from '../../shared/states.ts';
import { keepTogether } from '../../shared/text.ts';
import {
  addDays,
  formatDate,
  formatInstant,
  formatShortDate,
  fromVietnam,
  toVietnamDate,
} from '../../shared/time.ts';
import type { Booking } from '../store/bookings.ts';
import type { RecordEvent } from '../store/events.ts';
import type { Message } from '../store/messages.ts';
import type { Extension } from '../store/message-transitions.ts';
import { describeVisit } from './visit.ts';

/** The numbers a call can come from: the hotline, then the support lines by name. */
export const callers: readonly string[] = [
  keepTogether(hotline),
  ...company.support.map(
    ({ name, phone }) => `${keepTogether(formatPhone(toE164(phone)))} (${keepTogether(name)})`,
  ),
];

/** The state in words for the customer. A quarantined request that its sender cancelled is `dropped` but reads as cancelled. */
export function bookingStateName(booking: Booking, last: RecordEvent | undefined): string {
  const isCancelled = booking.state === 'dropped' && last?.actor === 'customer';
  if (booking.state === 'completed' && booking.visit === 'survey') return 'Đã đến xem';
  return bookingStateNames[isCancelled ? 'cancelled' : booking.state];
}

/** Whether cron closed a confirmed visit after its days: nobody said that the crew was there. */
export function isClosedByClock(last: RecordEvent | undefined): boolean {
  return last?.type === 'complete' && last.actor === 'system';
}

/** Whether the crew is at work or has just left: nobody has said yet that the job is done. */
export function isUnderWay({ state, visitStartsAt }: Booking, now: Date): boolean {
  return state === 'confirmed' && now >= visitStartsAt;
}

/** Whether there can be something to complain about: the visit has begun, or it is over. */
export function isComplainable(booking: Booking, now: Date): boolean {
  const { state } = booking;
  return state === 'completed' || state === 'no-show' || isUnderWay(booking, now);
}

/** The state in words as the customer's page shows it at an instant. */
export function standingName(booking: Booking, last: RecordEvent | undefined, now: Date): string {
  // A report holds on its day: crews forget to say that the job is done.
  const isReported = booking.state === 'confirmed' && toVietnamDate(now) === booking.visitDate;
  const reported = isReported ? reports[last?.type ?? ''] : undefined;
  if (reported !== undefined) return reported;
  if (!isUnderWay(booking, now)) return bookingStateName(booking, last);
  return now < arrivalEnd(booking) ? 'Đang trong khung giờ đội đến' : 'Đã qua khung giờ đội đến';
}

/** When the window ends in which the crew arrives. */
function arrivalEnd(booking: Booking): Date {
  return fromVietnam(booking.visitDate, describeVisit(booking).arrival.to);
}

/** What the crew said of a confirmed visit, by the type of the event. */
const reports: Readonly<Record<string, string>> = {
  onTheWay: 'Đội đang trên đường đến',
  atWork: 'Đội đang làm việc',
};

/** What happens next and who calls whom, one sentence a line. `phone` is the customer's number, null where it cannot be read. */
export function nextLines(
  booking: Booking,
  last: RecordEvent | undefined,
  { phone, now }: { phone: string | null; now: Date },
): string[] {
  if (isUnderWay(booking, now)) {
    return [
      'Nếu hết khung giờ mà đội chưa đến, hoặc có gì chưa ổn, anh/chị báo ngay, không cần chờ làm xong.',
    ];
  }
  const number = phone === null ? '' : ` theo số ${keepTogether(phone)}`;
  switch (booking.state) {
    case 'held':
    case 'requested':
      return [
        booking.visit === 'survey'
          ? `Nhân viên gọi anh/chị${number} để chốt giờ đến xem. Xem rồi chúng tôi báo giá.`
          : `Nhân viên gọi anh/chị${number} để chốt giờ và báo giá.`,
        callLine(),
        'Giờ hẹn được chốt khi trang này ghi “Đã xác nhận”.',
      ];
    case 'confirmed':
      return [
        `Đội đến trong khung giờ trên. Người phụ trách gọi anh/chị${number} trước khi đến; nếu là số lạ, anh/chị gọi lại ${keepTogether(hotline)} và đọc mã đơn để hỏi.`,
      ];
    case 'completed':
      if (isClosedByClock(last)) {
        return [
          'Đã qua nhiều ngày kể từ buổi hẹn nên hệ thống ghi là đã xong. Nếu đội chưa đến hoặc có chỗ nào chưa đạt, mời anh/chị báo cho chúng tôi.',
        ];
      }
      if (booking.visit === 'survey') {
        return ['Đội đã đến xem. Anh/chị đồng ý với báo giá thì chúng tôi hẹn ngày làm.'];
      }
      return ['Đội đã làm xong. Nếu có chỗ nào chưa đạt, mời anh/chị báo cho chúng tôi.'];
    case 'no-show':
      return [
        'Đội đã đến trong khung giờ trên mà không gặp anh/chị.',
        `Nếu vẫn cần làm, mời anh/chị đặt ngày khác, hoặc gọi ${keepTogether(hotline)} và đọc mã đơn.`,
      ];
    case 'declined':
      return [...reasonLine(last), 'Nếu cần ngày khác hoặc dịch vụ khác, mời anh/chị đặt lại.'];
    case 'lapsed':
      return [
        'Ngày hẹn đã qua mà chúng tôi chưa xác nhận được với anh/chị. Chúng tôi xin lỗi.',
        'Nếu vẫn cần làm, mời anh/chị đặt ngày khác.',
      ];
    case 'cancelled':
    case 'dropped':
      return endedLines(booking, last);
  }
}

/** The lines instead, where the personal data has expired before the record is closed, so that nobody can be called. */
export function unreachableLines(kind: 'booking' | 'message'): string[] {
  return [
    'Thông tin liên hệ của anh/chị không còn ở đây, nên chúng tôi không gọi hay gửi thư được.',
    kind === 'booking'
      ? `Nếu vẫn cần làm, xin anh/chị gọi ${keepTogether(hotline)} và đọc mã trên.`
      : `Nếu vẫn cần hỏi, xin anh/chị gửi tin mới hoặc gọi ${keepTogether(hotline)}.`,
  ];
}

function endedLines({ state }: Booking, last: RecordEvent | undefined): string[] {
  const again = 'Nếu cần hẹn lại, mời anh/chị đặt lịch mới.';
  if (last?.actor === 'customer') return ['Anh/chị đã hủy đơn này.', again];
  if (state === 'dropped')
    return ['Chúng tôi chưa liên lạc được với anh/chị nên chưa nhận đơn này.', again];
  if (last?.type !== 'cancel')
    return ['Đơn này đã hủy vì thông tin liên hệ không còn ở đây.', again];
  if (last.actor === 'staff') return ['Chúng tôi đã hủy đơn này theo yêu cầu của anh/chị.', again];
  if (last.actor === 'system')
    return ['Buổi này đã bỏ vì lịch định kỳ được đổi, tạm nghỉ hoặc dừng.'];
  return ['Chúng tôi phải hủy đơn này và xin lỗi anh/chị.', ...reasonLine(last), again];
}

function callLine(): string {
  return `Cuộc gọi đến từ một trong các số: ${callers.join(', ')}.`;
}

function reasonLine(event: RecordEvent | undefined): string[] {
  const reason = reasonText(event?.reason ?? null);
  return reason === null ? [] : [`Lý do: ${reason}.`];
}

/** The deadline of an answer in words, for the kinds of message that have one; null once the message is answered or closed. */
export function dueLine(message: Pick<Message, 'kind' | 'dueOn' | 'state'>): string | null {
  if (message.state !== 'open' && message.state !== 'held') return null;
  const day = `chậm nhất ${formatDate(message.dueOn)}`;
  const spans: Partial<Record<ContactKind, string>> = {
    complaint: `${day} (${legalDeadlines.complaint.workingDays} ngày làm việc kể từ lúc nhận)`,
    privacy: `lần đầu ${day} (${legalDeadlines.firstReply.workingDays} ngày làm việc kể từ lúc nhận)`,
  };
  return spans[message.kind] ?? null;
}

/** The deadlines of a request about personal data, one row for each right; null for other messages and once it is closed. */
export function doneLines(
  message: Pick<Message, 'kind' | 'createdAt' | 'state'>,
  isExtended: boolean,
): { what: string; by: string }[] | null {
  const isOver = message.state === 'closed' || message.state === 'dropped';
  if (message.kind !== 'privacy' || isOver) return null;
  const more = isExtended ? legalDeadlines.extension.days : 0;
  const by = ({ days }: { days: number }) =>
    formatShortDate(addDays(toVietnamDate(message.createdAt), days + more));
  return [
    { what: 'xem, sửa, nhận bản sao:', by: by(legalDeadlines.see) },
    { what: 'rút đồng ý, hạn chế, phản đối:', by: by(legalDeadlines.withdraw) },
    { what: 'xóa:', by: by(legalDeadlines.erase) },
  ];
}

/** The extension of a message's deadline and its reason in words; null where there is none. */
export function extensionLine(extension: Extension | null): string | null {
  if (extension === null) return null;
  const reason = reasonText(extension.reason) ?? '';
  return `thêm ${legalDeadlines.extension.days} ngày, ghi ${formatInstant(extension.at)}. Lý do: ${reason}.`;
}

/** What happens next with a message. */
export function messageLines(message: Pick<Message, 'kind' | 'state'>): string[] {
  switch (message.state) {
    case 'held':
    case 'open':
      return ['Nhân viên đọc và trả lời theo số điện thoại hoặc email anh/chị để lại.', callLine()];
    case 'answered':
      return [
        message.kind === 'privacy'
          ? 'Chúng tôi đã trả lời lần đầu và đang làm điều anh/chị yêu cầu.'
          : 'Chúng tôi đã trả lời.',
        `Nếu còn điều chưa rõ, anh/chị gọi ${keepTogether(hotline)} và đọc mã trên.`,
      ];
    case 'closed':
    case 'dropped':
      return [
        `Tin nhắn đã kết thúc. Nếu cần hỏi thêm, anh/chị gửi tin mới hoặc gọi ${keepTogether(hotline)}.`,
      ];
  }
}
