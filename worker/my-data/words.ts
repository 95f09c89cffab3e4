import { retention } from '../../shared/privacy/register.ts';
import { formatPeriod } from '../../shared/privacy/retention.ts';
import { rightNames } from '../../shared/privacy/rights.ts';
import { keepTogether } from '../../shared/text.ts';
import { formatInstant, formatShortDate } from '../../shared/time.ts';
import type { RightsRequest } from '../store/rights-requests.ts';
import { hotline } from '../../shared/content/catalogue.ts';

/** A request about personal data with its deadlines, in words. */
export function requestLine(request: RightsRequest) {
  const { kind, createdAt } = request;
  return {
    name: rightNames[kind],
    asked: `Gửi ${formatInstant(createdAt)}`,
    deadline: deadlineOf(request),
  };
}

function deadlineOf(request: RightsRequest): string {
  const { doneAt, refused } = request;
  if (doneAt === null) return openDeadline(request);
  return refused
    ? `không làm: nhân viên đã gọi số đã để lại và được trả lời là không yêu cầu, lúc ${formatInstant(doneAt)}`
    : `đã xong lúc ${formatInstant(doneAt)}`;
}

/** Why requests to withdraw or erase are still open, a sentence each. */
export function waitingLines(requests: readonly RightsRequest[]): string[] {
  return requests
    .filter(({ state, kind, needsCall }) => state === 'open' && (needsCall || kind === 'erase'))
    .map(({ kind, needsCall, dueOn }) =>
      needsCall
        ? `Yêu cầu “${rightNames[kind]}” đã nhận. Nhân viên gọi số điện thoại đã để lại để hỏi lại rồi mới làm, chậm nhất ngày ${formatShortDate(dueOn)}.`
        : 'Yêu cầu xóa đã nhận. Đang có khiếu nại chưa kết thúc, nên thông tin được giữ đến khi giải quyết xong rồi tự xóa.',
    );
}

function openDeadline({ repliedAt, firstReplyDue, dueOn }: RightsRequest): string {
  const reply =
    repliedAt === null
      ? `trả lời chậm nhất ngày ${formatShortDate(firstReplyDue)}`
      : `đã trả lời lúc ${formatInstant(repliedAt)}`;
  return `${reply}, xong chậm nhất ngày ${formatShortDate(dueOn)}`;
}

const doneWords: Readonly<Record<string, string>> = {
  correct: 'Đã lưu thông tin mới, như dưới đây.',
  withdraw: 'Đã rút đồng ý.',
  erase: 'Đã xóa thông tin cá nhân.',
};

/** The notice after a request was met. `kind` comes from the page's address; null where no request of that kind was met. */
export function doneNotice(kind: string, requests: readonly RightsRequest[]): string | null {
  const isMet = requests.some(
    (request) => request.kind === kind && request.doneAt !== null && !request.refused,
  );
  return isMet ? (doneWords[kind] ?? null) : null;
}

/** What stays stored of a record after its personal data is erased, and for how long. */
export function remainderWords(): string {
  return `${retention.emptied.what}: được giữ ${formatPeriod(retention.emptied.period)} rồi xóa. Cần hỏi thêm, anh/chị gọi ${keepTogether(hotline)}.`;
}
