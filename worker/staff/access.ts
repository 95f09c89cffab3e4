import { company } from '../../shared/content/catalogue.ts';
import { parseCode } from '../../shared/jobs/code.ts';
import { later } from '../../shared/time.ts';
import type { AppContext } from '../web/context.ts';
import { type LinkedRecord } from '../signing/links.ts';
import { readStaffLink, splitStaffToken, weekPath } from '../signing/staff-links.ts';
import { answerProblem } from '../web/problems.ts';
import { findSubjectAndEpoch, type FoundSubject, idOf } from '../records/find-record.ts';

/** How long a staff link from a mail works after the end of the visit, or after a message was closed, in hours. */
const LINK_HOURS = 24;

const FRESH_LINK = 'Nhận đường dẫn mới ở trang /viec/, thư về hộp thư của văn phòng.';

const wrongLink = {
  status: 403,
  title: 'Đường dẫn không đúng',
  detail: `Đường dẫn này không mở được việc nào: có thể bị thiếu chữ khi sao chép, hoặc mọi đường dẫn cũ đã được đóng. ${FRESH_LINK}`,
  staff: true,
} as const;

const endedLink = {
  status: 410,
  title: 'Đường dẫn đã hết hạn',
  detail: `Đường dẫn trong thư chỉ mở được trong ${LINK_HOURS} giờ sau khung giờ làm, hoặc sau khi tin nhắn kết thúc; đường dẫn từ lịch tuần mở trong 24 giờ. Việc cũ mở lại được từ lịch tuần. ${FRESH_LINK}`,
  staff: true,
} as const;

/** The record that a link opens, or the answer to give where it opens none. */
export type StaffAccess = FoundSubject | { kind: 'refused'; answer: Response };

/** Opens `/viec/<token>/` for staff. A link that is not genuine is answered the same whether or not its code exists. */
export async function openStaffRecord(c: AppContext): Promise<StaffAccess> {
  const { code: typed, proof } = splitStaffToken(c.req.param('token') ?? '');
  const code = parseCode(company.codePrefix, typed);
  if (code === null) return refuse(c, wrongLink);
  const { record, epoch } = await findSubjectAndEpoch(c.env.DB, code, 'staff');
  const { staffKeys: keys, now } = c.var;
  const signing = { keys, now, epoch };
  const link = record === null ? null : await readStaffLink(signing, idOf(record), proof);
  if (record === null || link === null) return refuse(c, wrongLink);
  const hasEnded = link.from === 'mail' ? hasMailedLinkEnded(record, now) : now > link.endsAt;
  if (hasEnded) return refuse(c, endedLink);
  c.set('staffSigning', link.from === 'page' ? { ...signing, until: link.endsAt } : signing);
  return record;
}

async function refuse(
  c: AppContext,
  problem: typeof wrongLink | typeof endedLink,
): Promise<StaffAccess> {
  return { kind: 'refused', answer: await answerProblem(c, problem) };
}

/** The address of a record's staff page by the link that opened it. */
export function selfPath(c: AppContext, { code }: Pick<LinkedRecord, 'code'>): string {
  return `/viec/${code}.${splitStaffToken(c.req.param('token') ?? '').proof}/`;
}

/** Whether a record's links in mails have ended. Those that pages of staff draw end by themselves, however old the record is. */
export function hasMailedLinkEnded(record: FoundSubject, now: Date): boolean {
  // Mails lead to a plan by its visits.
  if (record.kind === 'plan') return true;
  if (record.kind === 'booking')
    return now > later(record.booking.visitEndsAt, { hours: LINK_HOURS });
  const { state, stateAt } = record.message;
  const isOver = state === 'closed' || state === 'dropped';
  return isOver && now > later(stateAt, { hours: LINK_HOURS });
}

/**
 * The way to the start page: where a page of staff led here, or once the details were opened by hand. The link ends with the
 * one that led here.
 */
export async function startHref(c: AppContext, isOpen: boolean): Promise<string | null> {
  const { staffSigning: signing, now } = c.var;
  if (signing.until === undefined && !isOpen) return null;
  return weekPath(signing, signing.until ?? later(now, { hours: LINK_HOURS }));
}
