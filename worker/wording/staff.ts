import { contactKinds } from '../../shared/forms/contact.ts';
import type { RightKind } from '../../shared/privacy/rights.ts';
import {
  type BookingState,
  type BookingTransition,
  canTransition,
  limitOf,
  type MessageState,
} from '../../shared/states.ts';
import { formatInstant, formatTime, later, toVietnamTime } from '../../shared/time.ts';
import type { Booking } from '../store/bookings.ts';
import { crewName, crewOf } from '../records/crews.ts';
import { describeBooking } from './booking.ts';
import type { Message } from '../store/messages.ts';
import type { RecordEvent } from '../store/events.ts';

/** The state of a booking as staff read it. */
export const staffStateNames: Readonly<Record<BookingState, string>> = {
  held: 'Để riêng, chờ xem lại',
  requested: 'Chờ xác nhận',
  confirmed: 'Đã xác nhận',
  completed: 'Đã làm xong',
  'no-show': 'Khách vắng',
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

/** What a message is about, as staff read it, and that it is not to be answered in Vietnamese. */
export function staffKindName({ kind, lang }: Pick<Message, 'kind' | 'lang'>): string {
  const name = contactKinds[kind];
  return lang === 'en' ? `${name}, khách viết tiếng Anh` : name;
}

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
  noShow: 'Khách vắng',
  undoResult: 'Rút lại kết quả',
  undoCancel: 'Rút lại hủy',
  unreachable: 'Gọi không được',
  assign: 'Giao đội',
  onTheWay: 'Đội đang đến',
  atWork: 'Đội đang làm',
  cancel: 'Hủy',
  lapse: 'Quá ngày',
  resync: 'Gửi lại cho điều phối',
  plan: 'Xếp theo lịch định kỳ',
  pause: 'Tạm nghỉ',
  resume: 'Tiếp tục lịch',
  rhythm: 'Đổi lịch',
  services: 'Đổi dịch vụ',
  contact: 'Sửa thông tin',
  stop: 'Dừng hẳn',
  withdraw: 'Rút đồng ý',
  setAside: 'Để riêng cùng loạt đơn',
  release: 'Nhận lại sau khi xem',
  drop: 'Bỏ',
  answer: 'Trả lời',
  extend: 'Gia hạn',
  close: 'Kết thúc',
  price: 'Báo giá',
  agree: 'Đồng ý giá',
  pay: 'Ghi tiền đã nhận',
  undoPay: 'Bỏ một lần ghi tiền',
  rate: 'Đánh giá',
};

const actorNames: Readonly<Record<RecordEvent['actor'], string>> = {
  customer: 'khách',
  staff: 'nhân viên',
  company: 'công ty',
  crew: 'đội',
  system: 'tự động',
};

/** The newest event, "Đổi giờ (khách)", and its time; null where its type has no name. */
export function newestLine(last: RecordEvent | undefined): { what: string; at: string } | null {
  const name = eventNames[last?.type ?? ''];
  if (last === undefined || name === undefined) return null;
  return { what: `${name} (${actorNames[last.actor]})`, at: formatInstant(last.at) };
}

/** Until when a move that undoes another can be made, "10:32" or with the day; null where it cannot be made. */
export function undoUntil(
  move: BookingTransition,
  { state, stateAt, erasedAt }: Pick<Booking, 'state' | 'stateAt' | 'erasedAt'>,
  now: Date,
): string | null {
  const limit = limitOf(move);
  if (limit === undefined || erasedAt !== null || !canTransition(state, move)) return null;
  const end = later(stateAt, limit);
  if (now >= end) return null;
  return 'minutes' in limit ? formatTime(toVietnamTime(end)) : formatInstant(end);
}

const doneLines: Readonly<Record<string, string>> = {
  confirm: 'Đã xác nhận.',
  undoConfirm: 'Đã rút lại xác nhận, đơn trở lại chờ xác nhận.',
  decline: 'Đã từ chối.',
  undoDecline: 'Đã rút lại từ chối, đơn trở lại chờ xác nhận.',
  reschedule: 'Đã đổi ngày giờ.',
  correct: 'Đã lưu thông tin mới.',
  complete: 'Đã ghi làm xong.',
  noShow: 'Đã ghi khách vắng.',
  undoResult: 'Đã rút lại kết quả, đơn trở lại đã xác nhận.',
  cancel: 'Đã hủy và trả lại chỗ.',
  undoCancel: 'Đã rút lại việc hủy, đơn có chỗ như trước.',
  unreachable: 'Đã ghi gọi không được.',
  assign: 'Đã ghi đội làm việc này.',
  release: 'Đã nhận lại, đang chờ trả lời.',
  drop: 'Đã bỏ.',
  price: 'Đã ghi giá.',
  agree: 'Đã ghi khách đồng ý giá.',
  pay: 'Đã ghi tiền đã nhận.',
  undoPay: 'Đã bỏ một lần ghi tiền.',
  answer: 'Đã ghi đã trả lời.',
  extend: 'Đã gia hạn.',
  close: 'Đã kết thúc.',
};

/** What was just done, as the notice on top says it; null where the newest event is none of staff. */
export function doneLine(last: RecordEvent | undefined): string | null {
  const isOurs = last?.actor === 'staff' || last?.actor === 'company';
  return isOurs ? (doneLines[last.type] ?? null) : null;
}

const reportNames: Readonly<Record<string, string>> = {
  onTheWay: 'Đang đến',
  atWork: 'Đang làm',
};

/** The state of a job on the sheet of its day: what its crew reported last of a visit that is not over, and when. */
export function dayStateName({ state }: Booking, last: RecordEvent | undefined): string {
  const report = state === 'confirmed' ? reportNames[last?.type ?? ''] : undefined;
  if (last === undefined || report === undefined) return staffStateNames[state];
  return `${report}, đội báo lúc ${formatTime(toVietnamTime(last.at))}`;
}

/** Says that the crew of a job has another one at the same time; null where it has not. */
export function clashLine(
  job: Booking,
  off: ReadonlySet<string>,
  busy: ReadonlyMap<string, Booking>,
): string | null {
  const crew = crewOf(job, off);
  const other = crew === null ? undefined : busy.get(crew);
  if (other === undefined) return null;
  const { code, hours, until } = describeBooking(other);
  const when = [hours, until].filter((part) => part !== null).join(', ');
  return `Trùng giờ: ${crewName(crew)} còn việc ${code}, ${when}. Giao cho đội khác hoặc đổi giờ.`;
}

/** When a booking's phone number was last changed by a correction; null where it is the one of the request. */
export function phoneChangeLine(events: readonly RecordEvent[]): string | null {
  const change = events.findLast(({ type, reason }) => type === 'correct' && reason === 'phone');
  return change === undefined
    ? null
    : `Số điện thoại của đơn này đã được đổi lúc ${formatInstant(change.at)}.`;
}
