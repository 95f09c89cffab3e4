import { bookingRules, hotline } from '../../shared/content/catalogue.ts';
import type { PlanState } from '../../shared/states.ts';
import { formatDate } from '../../shared/time.ts';
import type { OpenDate } from '../store/plan-dates.ts';
import type { Plan } from '../store/plans.ts';
import { describeBooking } from './booking.ts';
import type { Booking } from '../store/bookings.ts';
import { outcomeNotices } from './outcomes.ts';

/** The state of a plan as its sender reads it; that it is held reads like a new one. */
export const planStateNames: Readonly<Record<PlanState, string>> = {
  held: 'Đã nhận, chờ xác nhận',
  requested: 'Đã nhận, chờ xác nhận',
  active: 'Đang thực hiện',
  paused: 'Đang tạm nghỉ',
  ended: 'Đã dừng',
};

/** Why a day of the rhythm has no visit, as its customer reads it. */
export const openReasonWords: Readonly<Record<OpenDate['reason'], string>> = {
  full: 'khung giờ đã hết chỗ',
  locked: 'khung giờ không nhận thêm đơn',
  closed: 'chúng tôi nghỉ',
  late: 'đã sát giờ',
  erased: 'buổi đã xóa',
};

/** What comes next with a plan, one sentence a line. */
export function planLines({ state, pausedUntil }: Pick<Plan, 'state' | 'pausedUntil'>): string[] {
  switch (state) {
    case 'held':
    case 'requested':
      return [
        'Nhân viên gọi anh/chị để chốt buổi đầu và báo giá.',
        'Buổi đầu được xác nhận thì lịch bắt đầu: các buổi sau được xếp sẵn và hiện ở trang này.',
        'Khi buổi đầu chưa được xác nhận, anh/chị đổi ngày, giờ hay sửa thông tin của buổi ấy thì cả lịch đổi theo.',
      ];
    case 'active':
      return [
        `Các buổi trong ${bookingRules.horizonDays} ngày tới được xếp sẵn, các buổi sau đó được xếp thêm dần.`,
        'Đổi giờ hoặc bỏ một buổi thì các buổi khác giữ nguyên.',
      ];
    case 'paused':
      return [
        `Lịch đang nghỉ. Từ ${formatDate(pausedUntil ?? '')} lịch tự tiếp tục, buổi đầu vào ngày gần nhất theo lịch; anh/chị không cần báo.`,
      ];
    case 'ended':
      return [
        'Lịch đã dừng, không còn buổi nào được xếp nữa.',
        'Nếu cần làm lại, mời anh/chị đặt lịch mới.',
      ];
  }
}

/** What was done, by the name that the page's address has for it. */
export const planDoneWords = {
  pause: 'Đã tạm nghỉ.',
  resume: 'Lịch đã tiếp tục.',
  rhythm: 'Đã đổi lịch từ buổi sau.',
  services: 'Đã đổi dịch vụ từ buổi sau.',
  contact: 'Đã đổi thông tin cho các buổi sau.',
  stop: 'Đã dừng lịch định kỳ.',
  choose: 'Đã xếp buổi này.',
  letGo: 'Đã bỏ ngày này, các buổi khác giữ nguyên.',
} as const;

/** The notices of `outcomeNotices` in the words of a plan. */
export const planNotices = {
  ...outcomeNotices,
  outdated: {
    status: 409,
    notice:
      'Lịch vừa có thay đổi khác nên thao tác vừa rồi chưa được thực hiện. Anh/chị xem lại lịch dưới đây.',
  },
  ended: {
    status: 410,
    notice: 'Thông tin của lịch này đã hết hạn lưu nên không đổi được nữa.',
  },
  notOpen: {
    status: 409,
    notice: 'Ngày này không còn chờ chọn giờ. Anh/chị xem lại lịch dưới đây.',
  },
} as const;

/** Why all further visits cannot be changed just now: the next one is too near to be changed without a call. */
export function tooNearWords(next: Booking): string {
  const { when } = describeBooking(next);
  return `Buổi ${when} còn dưới ${bookingRules.noticeHours} tiếng nữa, nên chưa đổi cả lịch ở đây được. Anh/chị đổi sau buổi ấy, hoặc gọi ${hotline} và đọc mã.`;
}
