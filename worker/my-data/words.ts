import { photoData } from '../../shared/privacy/register-photos.ts';
import { wordingText } from '../../shared/forms/consent.ts';
import { type PersonalField, personalFields, retention } from '../../shared/privacy/register.ts';
import { formatPeriod } from '../../shared/privacy/retention.ts';
import { rightNames } from '../../shared/privacy/rights.ts';
import { formatInstant, formatShortDate } from '../../shared/time.ts';
import { CREW_OPENED, type Disclosure } from '../store/disclosures.ts';
import type { StoredReceipt } from '../store/receipts.ts';
import type { RightsRequest } from '../store/rights-requests.ts';
import { hotline } from '../../shared/content/catalogue.ts';

const recipientNames: Readonly<Record<Disclosure['recipient'], string>> = {
  dispatch: 'Bộ phận điều phối',
  office: 'Văn phòng công ty',
  customer: 'Hộp thư của anh/chị',
  staff: 'Nhân viên',
};

const resultWords: Readonly<Record<Disclosure['result'], string>> = {
  attempted: 'bắt đầu gửi, chưa có hồi âm',
  refused: 'bên nhận không nhận',
  delivered: 'bên nhận đã nhận',
  opened: 'nhân viên đã mở xem',
};

export function ledgerLine(disclosure: Disclosure) {
  const { at, recipient, kind, fields } = disclosure;
  const names = fields.map((field) =>
    field === 'maskedPhone' ? 'số điện thoại đã che bớt' : fieldLabel(field),
  );
  const what = kind === 'job.erased' ? 'lệnh xóa, không kèm thông tin cá nhân' : names.join(', ');
  return {
    at: formatInstant(at),
    recipient: recipientNames[recipient],
    what: what === '' ? 'không có thông tin cá nhân' : what,
    result: resultOf(disclosure) + againWords(disclosure),
  };
}

function resultOf({ kind, result }: Disclosure): string {
  if (kind === 'job.erased' && result === 'delivered') return 'đã xác nhận xóa';
  return kind === CREW_OPENED ? 'đội đến làm đã mở xem' : resultWords[result];
}

function againWords({ kind, sends, firstAt }: Disclosure): string {
  if (kind === 'photos') return ` (${sends} lượt mở ảnh)`;
  return sends > 1 ? ` (đã gửi ${sends} lần, lần đầu ${formatInstant(firstAt)})` : '';
}

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
        ? `Yêu cầu "${rightNames[kind]}" đã nhận. Nhân viên gọi số điện thoại đã để lại để hỏi lại rồi mới làm, chậm nhất ngày ${formatShortDate(dueOn)}.`
        : 'Yêu cầu xóa đã nhận. Đang có khiếu nại về đơn này chưa kết thúc, nên thông tin được giữ đến khi giải quyết xong rồi tự xóa.',
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

/** The consent in words, with the text that the person agreed to. */
export function consentData(receipt: StoredReceipt | null) {
  if (receipt === null) return null;
  const published = receipt.policyVersion > 0;
  return {
    given: formatInstant(receipt.givenAt),
    withdrawn: receipt.withdrawnAt === null ? null : formatInstant(receipt.withdrawnAt),
    text: wordingText(receipt.wording),
    policy: published ? `Chính sách bảo mật, bản ${receipt.policyVersion}` : null,
    policyHref: published ? `/chinh-sach/${receipt.policy}/${receipt.policyVersion}/` : null,
    sha256: published ? receipt.policySha256 : null,
  };
}

/** What stays stored of a record after its personal data is erased, and for how long. */
export function remainderWords(): string {
  return `${retention.emptied.what}: được giữ ${formatPeriod(retention.emptied.period)} rồi xóa. Cần hỏi thêm, anh/chị gọi ${hotline}.`;
}

function fieldLabel(field: string): string {
  if (field === 'photos') return photoData.label.toLowerCase();
  return field in personalFields
    ? personalFields[field as PersonalField].label.toLowerCase()
    : field;
}
