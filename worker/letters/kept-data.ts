import { hotline } from '../../shared/content/catalogue.ts';
import { maskEmail } from '../../shared/email.ts';
import { retention } from '../../shared/privacy/register.ts';
import { letterData } from '../../shared/privacy/register-letters.ts';
import { formatPeriod } from '../../shared/privacy/retention.ts';
import { keepTogether } from '../../shared/text.ts';
import { formatInstant } from '../../shared/time.ts';
import type { PersonView } from '../personal-data/read-person.ts';
import { type Disclosure, listDisclosures } from '../store/disclosures.ts';
import { findReceipt, type StoredReceipt } from '../store/receipts.ts';
import { countLetters, type Subscriber } from '../store/subscribers.ts';
import { consentData, ledgerLine } from '../wording/consent-and-ledger.ts';

/** What is stored of a subscriber beside the row itself. */
export interface Kept {
  letters: number;
  consent: StoredReceipt | null;
  ledger: Disclosure[];
}

export async function readKept(db: D1Database, id: string): Promise<Kept> {
  const [letters, consent, ledger] = await Promise.all([
    countLetters(db, id),
    findReceipt(db, id),
    listDisclosures(db, id),
  ]);
  return { letters, consent, ledger };
}

export type KeptData = ReturnType<typeof describeKept>;

/** All of it in words, as the own page and the copy to read show it. The address is masked where `isShown` is not set. */
export function describeKept(
  subscriber: Subscriber,
  { letters, consent, ledger }: Kept,
  { view, isShown }: { view: PersonView; isShown: boolean },
) {
  const { createdAt, confirmedAt, keyEndsAt } = subscriber;
  const email = view.state === 'open' ? view.person.email : null;
  const { label, purpose } = letterData;
  const isHeld = isShown && email !== null;
  const masked =
    email === null ? 'lúc này chưa mở được, anh/chị thử lại sau ít phút' : maskEmail(email);
  return {
    gone: null,
    isPlan: false,
    held: isHeld ? [{ label, purpose, value: email, hint: null }] : [],
    facts: [
      ...(isHeld ? [] : [{ label, value: masked }]),
      { label: 'Đăng ký', value: formatInstant(createdAt) },
      { label: 'Xác nhận', value: confirmedAt === null ? 'chưa' : formatInstant(confirmedAt) },
      { label: 'Bản tin đã gửi', value: String(letters) },
      { label: 'Giữ đến', value: formatInstant(keyEndsAt) },
      { label: 'Kèm theo', value: 'dấu vết mã hóa một chiều của email' },
    ],
    until: formatInstant(keyEndsAt),
    consent: consentData(consent),
    requests: [],
    ledger: ledger.map(ledgerLine),
    remainder: `Rời danh sách thì email và nhật ký gửi bị xóa. Còn lại là xác nhận đồng ý, không có thông tin cá nhân, được giữ ${formatPeriod(retention.receipt.period)} rồi xóa. Cần hỏi thêm, anh/chị gọi ${keepTogether(hotline)}.`,
  };
}

/** The blanks of a page that shows nothing of it. */
export const NOTHING_KEPT = {
  ...{ gone: null, isPlan: false, held: [], facts: [], until: null, consent: null },
  ...{ requests: [], ledger: [], remainder: null },
} as const;
