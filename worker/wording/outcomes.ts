import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ActionOutcome } from '../records/booking-action.ts';
import type { FieldError, RawFields } from '../../shared/forms/fields.ts';
import { hotline } from '../../shared/content/catalogue.ts';
import type { AppContext } from '../web/context.ts';
import { answerProblem, type Problem, problems } from '../web/problems.ts';

/** The message at the top of a page that answers a form. */
export interface PageNotice {
  notice?: string;
  status?: ContentfulStatusCode;
  /** The part to unfold: the form that was sent. */
  open?: string;
  /** What failed, where the status is 503. */
  problem?: Problem;
}

/** A notice with what was wrong and what was typed. */
export interface FormNotice extends PageNotice {
  errors?: readonly FieldError[];
  values?: RawFields;
}

/** What a staff page says where a button was pressed and nothing was chosen. */
export const nothingChosen = {
  status: 422,
  notice: 'Chưa chọn mục nào. Chọn một mục rồi bấm lại.',
} as const satisfies PageNotice;

/** The message and status of a page for each outcome other than `done`. */
export const outcomeNotices: Readonly<
  Record<Exclude<ActionOutcome, 'done'>, { notice: string; status: ContentfulStatusCode }>
> = {
  repeated: {
    status: 200,
    notice: 'Thao tác này đã được ghi trước đó, không cần bấm lại. Tình trạng hiện nay ở dưới đây.',
  },
  outdated: {
    status: 409,
    notice:
      'Đơn vừa có thay đổi khác nên thao tác vừa rồi chưa được thực hiện. Anh/chị xem lại tình trạng dưới đây.',
  },
  late: {
    status: 409,
    notice:
      'Đã quá giờ rút lại, hoặc khách đã rút đồng ý hay xin xóa, nên không rút lại được nữa. Đơn vẫn như dưới đây.',
  },
  expired: {
    status: 403,
    notice: `Trang mở đã quá 30 phút nên nút không còn tác dụng; chưa có gì thay đổi. Anh/chị chọn và bấm lại, hoặc gọi ${hotline}.`,
  },
  full: { status: 409, notice: 'Khung giờ này vừa hết chỗ. Anh/chị chọn khung giờ khác.' },
  ended: { status: 410, notice: 'Thông tin của đơn này đã hết hạn lưu nên không đổi được nữa.' },
};

/** Answers an action: redirects to its page where it was done, else shows the page as it is now with the reason. */
export async function answerAction<Notice extends PageNotice>(
  c: AppContext,
  outcome: ActionOutcome | Notice,
  page: {
    path: () => Promise<string> | string;
    show: (notice: Notice | PageNotice) => Promise<Response>;
  },
): Promise<Response> {
  if (outcome === 'done') return c.redirect(await page.path(), 303);
  const notice: Notice | PageNotice =
    typeof outcome === 'string' ? outcomeNotices[outcome] : outcome;
  // Without the person's details the form is not there to hold what was typed.
  return notice.status === 503
    ? answerProblem(c, notice.problem ?? problems.unavailable)
    : page.show(notice);
}
