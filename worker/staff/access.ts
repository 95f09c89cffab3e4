import { company } from '../../shared/content/catalogue.ts';
import { parseCode } from '../../shared/jobs/code.ts';
import { later } from '../../shared/time.ts';
import type { AppContext } from '../web/context.ts';
import { codeOfStaffToken, isStaffToken } from '../signing/links.ts';
import { answerProblem } from '../web/problems.ts';
import { findRecord, type FoundRecord, idOf } from '../records/find-record.ts';

/** How long a staff link works after the end of the visit, or after a message was closed, in hours. */
const LINK_HOURS = 24;

const FRESH_LINK = 'Nhận liên kết mới ở trang /viec/, thư về hộp thư của văn phòng.';

const wrongLink = {
  status: 403,
  title: 'Liên kết không đúng',
  detail: `Liên kết này không mở được việc nào: có thể bị thiếu chữ khi sao chép. ${FRESH_LINK}`,
  staff: true,
} as const;

const endedLink = {
  status: 410,
  title: 'Liên kết đã hết hạn',
  detail: `Liên kết chỉ mở đến ${LINK_HOURS} giờ sau khung giờ làm, hoặc sau khi tin nhắn khép lại. ${FRESH_LINK}`,
  staff: true,
} as const;

/** The record that a link opens, or the answer to give where it opens none. */
export type StaffAccess = FoundRecord | { kind: 'refused'; answer: Response };

/** Opens `/viec/<token>/` for staff. A link that is not genuine is answered the same whether or not its code exists. */
export async function openStaffRecord(c: AppContext): Promise<StaffAccess> {
  const token = c.req.param('token') ?? '';
  const code = parseCode(company.codePrefix, codeOfStaffToken(token));
  const record = code === null ? null : await findRecord(c.env.DB, code);
  if (record === null || !(await isStaffToken(c.var.linkKeys, idOf(record), token))) {
    return { kind: 'refused', answer: await answerProblem(c, wrongLink) };
  }
  return hasStaffLinkEnded(record, c.var.now)
    ? { kind: 'refused', answer: await answerProblem(c, endedLink) }
    : record;
}

export function hasStaffLinkEnded(record: FoundRecord, now: Date): boolean {
  if (record.kind === 'booking')
    return now > later(record.booking.visitEndsAt, { hours: LINK_HOURS });
  const { state, stateAt } = record.message;
  const isOver = state === 'closed' || state === 'dropped';
  return isOver && now > later(stateAt, { hours: LINK_HOURS });
}
