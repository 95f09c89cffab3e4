import { correctionFieldNames, type CorrectionField } from '../../shared/forms/correction.ts';
import type { RecordEvent } from '../store/events.ts';
import { readFormerValue } from '../web/former-value.ts';
import type { AppContext } from '../web/context.ts';

/** What a form of the customer's page changes, as the page says it once it is done. */
const changeNames = {
  name: 'Đã đổi tên.',
  phone: 'Đã đổi số điện thoại.',
  address: 'Đã đổi địa chỉ.',
  quantity: 'Đã đổi khối lượng.',
  email: 'Đã đổi email.',
  note: 'Đã đổi ghi chú.',
  slot: 'Đã đổi ngày giờ.',
  cancel: 'Đã hủy.',
  agree: 'Đã đồng ý giá.',
  rate: 'Đã ghi đánh giá. Cảm ơn anh/chị.',
} as const satisfies Record<CorrectionField | 'slot' | 'cancel' | 'agree' | 'rate', string>;

export type ChangeName = keyof typeof changeNames;

/** The address of the customer's page that says what was changed. */
export function changedPath(self: string, change: ChangeName): string {
  return `${self}&xong=${change}`;
}

/**
 * The change that the page's address names, where it is the newest of the record and its customer's own: what was changed, from
 * what, to what. Else null. `values`
 * has what each part is now, as far as the page shows it.
 */
export function describeChange(
  c: AppContext,
  last: RecordEvent | undefined,
  values: Partial<Record<ChangeName, string | null>>,
): { what: string; was: string | null; now: string | null } | null {
  const change = c.req.query('xong');
  if (!isChangeName(change) || last?.actor !== 'customer' || last.type !== typeOf(change)) {
    return null;
  }
  const now = values[change] ?? null;
  return { what: changeNames[change], was: now === null ? null : readFormerValue(c), now };
}

function isChangeName(name: string | undefined): name is ChangeName {
  return name !== undefined && Object.hasOwn(changeNames, name);
}

function typeOf(change: ChangeName): string {
  if (change === 'slot') return 'reschedule';
  return change === 'cancel' || change === 'agree' || change === 'rate' ? change : 'correct';
}

/** The one field that a correction sent; the first of them where it sent several. */
export function fieldOf(raw: Readonly<Record<string, unknown>>): CorrectionField | undefined {
  return correctionFieldNames.find((field) => raw[field] !== undefined);
}
