import type { RightKind } from '../../shared/privacy/rights.ts';
import { type BookingState, type MessageState, UNDO_MINUTES } from '../../shared/states.ts';
import { formatInstant, formatTime, later, toVietnamTime } from '../../shared/time.ts';
import type { RecordEvent } from '../store/events.ts';

/** The state of a booking as staff read it. */
export const staffStateNames: Readonly<Record<BookingState, string>> = {
  held: 'Để riêng, chờ xem lại',
  requested: 'Chờ xác nhận',
  confirmed: 'Đã xác nhận',
  completed: 'Đã làm xong',
  declined: 'Đã từ chối',
  lapsed: 'Quá ngày, chưa xác nhận',
  cancelled: 'Đã hủy',
  dropped: 'Đã bỏ',
};

/** The state of a message as staff read it. */
export const staffMessageStateNames: Readonly<Record<MessageState, string>> = {
  held: 'Để riêng, chờ xem lại',
  open: 'Chờ trả lời',
  answered: 'Đã trả lời',
  closed: 'Đã kết thúc',
  dropped: 'Đã bỏ',
};

/** What a person asks for, as staff read it; `rightNames` of shared/privacy/rights.ts has the words of the person's own page. */
export const staffRightNames: Readonly<Record<RightKind, string>> = {
  see: 'xin xem dữ liệu',
  correct: 'xin sửa dữ liệu',
  withdraw: 'rút lại đồng ý',
  erase: 'xin xóa dữ liệu',
};

const eventNames: Readonly<Record<string, string>> = {
  submit: 'Gửi đến',
  confirm: 'Xác nhận',
  undoConfirm: 'Rút lại xác nhận',
  decline: 'Từ chối',
  undoDecline: 'Rút lại từ chối',
  reschedule: 'Đổi giờ',
  correct: 'Sửa thông tin',
  complete: 'Làm xong',
  cancel: 'Hủy',
  lapse: 'Quá ngày',
  setAside: 'Để riêng cùng loạt đơn',
  release: 'Nhận lại sau khi xem',
  drop: 'Bỏ',
  answer: 'Trả lời',
  extend: 'Gia hạn',
  close: 'Kết thúc',
};

const actorNames: Readonly<Record<RecordEvent['actor'], string>> = {
  customer: 'khách',
  staff: 'nhân viên',
  company: 'công ty',
  system: 'tự động',
};

/** The newest event, "Đổi giờ (khách)", and its time; null where its type has no name. */
export function newestLine(last: RecordEvent | undefined): { what: string; at: string } | null {
  const name = eventNames[last?.type ?? ''];
  if (last === undefined || name === undefined) return null;
  return { what: `${name} (${actorNames[last.actor]})`, at: formatInstant(last.at) };
}

/** Until when a confirm or decline can be undone, "10:32"; null where it cannot be. */
export function undoUntil(
  booking: { state: BookingState; stateAt: Date },
  now: Date,
): string | null {
  const end = later(booking.stateAt, { minutes: UNDO_MINUTES });
  const undoable = booking.state === 'confirmed' || booking.state === 'declined';
  return undoable && now < end ? formatTime(toVietnamTime(end)) : null;
}

/** When a booking's phone number was last changed by a correction; null where it is the one of the request. */
export function phoneChangeLine(events: readonly RecordEvent[]): string | null {
  const change = events.findLast(({ type, reason }) => type === 'correct' && reason === 'phone');
  return change === undefined
    ? null
    : `Số điện thoại của đơn này đã được đổi lúc ${formatInstant(change.at)}.`;
}
