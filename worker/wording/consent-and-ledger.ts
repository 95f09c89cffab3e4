import { wordingText } from '../../shared/forms/consent.ts';
import { photoData } from '../../shared/privacy/register-photos.ts';
import { type PersonalField, personalFields } from '../../shared/privacy/register.ts';
import { formatInstant } from '../../shared/time.ts';
import { CREW_OPENED, type Disclosure } from '../store/disclosures.ts';
import type { StoredReceipt } from '../store/receipts.ts';

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

function fieldLabel(field: string): string {
  if (field === 'photos') return photoData.label.toLowerCase();
  return field in personalFields
    ? personalFields[field as PersonalField].label.toLowerCase()
    : field;
}
