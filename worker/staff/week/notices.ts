import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { company } from '../../../shared/content/catalogue.ts';
import { parseCode } from '../../../shared/jobs/code.ts';
import { type BookingState, liveStates } from '../../../shared/states.ts';
import { freshStaffPath } from '../../signing/staff-links.ts';
import { findBookingByCode } from '../../store/bookings.ts';
import { findNewest, listEvents } from '../../store/events.ts';
import { findPlan } from '../../store/plans.ts';
import type { AppContext } from '../../web/context.ts';
import { customerText } from '../../wording/customer-text.ts';
import { describePlan } from '../../wording/plan.ts';

/**
 * `done` is a key of `doneNotices`, `part` the id of the part of the page to show, `path` the page to go on with where it is
 * another. Otherwise the notice says why nothing was done.
 */
export type ActionResult =
  | { done: string; part: string; code?: string }
  | { done: string; path: string }
  | { notice: string; status: ContentfulStatusCode };

export const NOT_CHOSEN = 'Chưa làm gì vì chưa chọn đủ. Chọn từng dòng rồi bấm lại.';

/** The notice after a form was answered, by the key in the address of the page that follows. */
const doneNotices: Readonly<Record<string, string>> = {
  khoa: 'Đã khóa khung giờ: không ai đặt thêm vào đó nữa. Việc đã có vẫn giữ nguyên.',
  mo: 'Đã mở lại khung giờ.',
  'khoa-roi': 'Khung giờ này đã khóa rồi.',
  'mo-roi': 'Khung giờ này đang mở rồi.',
  huy: 'Đã hủy và trả lại chỗ. Nhớ gọi báo khách. Đội không đến được thì khóa khung giờ ấy, kẻo có người đặt vào.',
  'huy-roi': 'Yêu cầu này đã hủy rồi.',
  them: 'Đã ghi vào lịch. Đọc mã cho khách.',
  'them-roi': 'Khách này đã được ghi rồi, không ghi thêm lần nữa.',
  dong: 'Đã đóng mọi đường dẫn cũ của nhân viên. Trang này mở bằng đường dẫn mới; một đường dẫn mới nữa đang đến hộp thư của văn phòng.',
  'de-rieng': 'Đã để riêng và trả lại chỗ. Hoàn tác được trong 24 giờ, ở dưới.',
  'de-rieng-khong': 'Không có đơn web chưa xác nhận nào gửi trong khoảng này.',
  'de-rieng-con': 'Đã để riêng một phần vì có nhiều đơn. Bấm lần nữa để làm tiếp.',
  'hoan-tac': 'Đã hoàn tác: đơn còn chỗ đã về lại lịch.',
  'hoan-tac-con':
    'Đã hoàn tác: đơn còn chỗ đã về lại lịch. Đơn hết chỗ còn ở mục “Để riêng”, ghi “cần chọn giờ khác”.',
  'go-may': 'Đã gỡ điện thoại: máy ấy không được báo nữa.',
  'go-may-roi': 'Điện thoại này đã gỡ rồi.',
  bo: 'Đã bỏ.',
  nhan: 'Đã nhận lại, đang chờ trả lời.',
  'nhan-het': 'Đã nhận lại tất cả.',
  'nhan-con':
    'Đã nhận lại những đơn còn chỗ. Đơn hết chỗ còn ở mục “Để riêng”, ghi “cần chọn giờ khác”.',
};

/** The states of the named booking in which a notice is true. */
const statesOfNotice: Readonly<Record<string, readonly BookingState[]>> = {
  huy: ['cancelled'],
  'huy-roi': ['cancelled'],
  them: liveStates,
  'them-roi': liveStates,
};

/** What the page says was done, with the job it was done to and the text for its customer. */
export interface DoneNotice {
  notice: string | null;
  noticeHref?: string;
  noticeText?: string | null;
}

/** The notice of a key. One about a booking is shown only while that booking is in a state that makes it true. */
export async function describeDone(
  c: AppContext,
  key: string,
  typedCode: string,
): Promise<DoneNotice> {
  const notice = Object.hasOwn(doneNotices, key) ? (doneNotices[key] ?? null) : null;
  const states = Object.hasOwn(statesOfNotice, key) ? statesOfNotice[key] : undefined;
  if (notice === null || states === undefined) return { notice };
  const code = parseCode(company.codePrefix, typedCode);
  const booking = code === null ? null : await findBookingByCode(c.env.DB, code);
  if (booking === null || !states.includes(booking.state)) return { notice: null };
  const [last, plan] = await Promise.all([
    listEvents(c.env.DB, booking.id).then(findNewest),
    booking.planId === null ? null : findPlan(c.env.DB, booking.planId),
  ]);
  return {
    notice: `${booking.code}: ${notice}${planNotice(plan)}`,
    noticeHref: await freshStaffPath(c.var.staffSigning, booking),
    noticeText: customerText(c.env.PUBLIC_ORIGIN, booking, {
      last,
      plan: plan === null ? null : describePlan(plan),
    }),
  };
}

function planNotice(plan: { code: string } | null): string {
  return plan === null ? '' : ` Mã của cả lịch định kỳ: ${plan.code}.`;
}
