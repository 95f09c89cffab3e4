import * as v from 'valibot';
import { paymentMethods } from '../jobs/balance.ts';
import { formatCount } from '../money.ts';
import { bareCode, foldText } from '../text.ts';
import { atMost, type FieldError, type RawFields, toFieldErrors, typedText } from './fields.ts';

/** The least and the most that a price or a payment can be, in đồng. */
export const AMOUNT_MIN_VND = 1_000;
export const AMOUNT_MAX_VND = 1_000_000_000;
export const COVERS_MAX_LENGTH = 300;

const WRONG_AMOUNT = `Ghi số tiền từ ${formatCount(AMOUNT_MIN_VND)} đến ${formatCount(AMOUNT_MAX_VND)} đồng, ví dụ 1.200.000, 850k hoặc 1,2 triệu.`;

/**
 * The whole đồng that a person meant ("1.200.000đ", "850k", "1,2 triệu", "1tr2", "1 triệu 200"); null where it can be read in two
 * ways, such as "1,5" or "1tr20", or is none that is allowed.
 */
export function parseAmount(typed: string): number | null {
  const bare = bareCode(typed);
  // "1²000" is not 12000.
  if (/\p{No}/u.test(bare)) return null;
  const text = foldText(bare)
    .replace(/\s+/g, ' ')
    .replace(/ ?(?:vnd|dong|d|₫)$/, '');
  const amount = readPlain(text) ?? readThousands(text) ?? readMillions(text);
  return amount !== null && amount >= AMOUNT_MIN_VND && amount <= AMOUNT_MAX_VND ? amount : null;
}

/** "1200000", or in groups of three with one mark throughout: "1.200.000", "1 200 000", "1,200,000". */
function readPlain(text: string): number | null {
  const match = /^[1-9](?:\d*|\d{0,2}(?:([. ,])\d{3})(?:\1\d{3})*)$/.exec(text);
  return match === null ? null : Number(text.replace(/\D/g, ''));
}

/** "850k", "1.200 nghìn". */
function readThousands(text: string): number | null {
  const [, count] = /^([1-9]\d{0,2}(?:\.\d{3}|\d{0,3})) ?(?:k|nghin|ngan)$/.exec(text) ?? [];
  return count === undefined ? null : Number(count.replace('.', '')) * 1_000;
}

/** "2 triệu", "1,25 triệu", "1tr2" and "1 triệu 200". */
function readMillions(text: string): number | null {
  const match = /^([1-9]\d{0,3})(?:[.,](\d{1,2}))? ?(?:tr|trieu)(?: ?(\d|\d{3}))?$/.exec(text);
  if (match === null) return null;
  const [, whole = '', decimals = '', rest = ''] = match;
  if (decimals !== '' && rest !== '') return null;
  return Number(whole) * 1_000_000 + Number((decimals + rest).padEnd(6, '0'));
}

const AmountSchema = v.pipe(
  v.optional(v.string(), ''),
  v.transform(parseAmount),
  v.number(WRONG_AMOUNT),
);

const PriceSchema = v.object({
  amount: AmountSchema,
  covers: v.pipe(
    typedText,
    atMost(COVERS_MAX_LENGTH, 'Phần ghi giá gồm những gì'),
    v.transform((text) => (text === '' ? null : text)),
  ),
});

/** The price that staff wrote down, and what it covers. */
export interface TypedPrice {
  amountVnd: number;
  covers: string | null;
}

type Parsed<Name extends string, Value> =
  ({ ok: true } & Readonly<Record<Name, Value>>) | { ok: false; errors: FieldError[] };

/** A price (`amount`, `covers`), or what is wrong with it field by field. */
export function parsePrice(raw: RawFields): Parsed<'price', TypedPrice> {
  const result = v.safeParse(PriceSchema, raw);
  if (!result.success) return { ok: false, errors: toFieldErrors(result.issues) };
  const { amount: amountVnd, covers } = result.output;
  return { ok: true, price: { amountVnd, covers } };
}

const PaymentSchema = v.object({
  paid: AmountSchema,
  method: v.pipe(
    v.optional(v.string(), ''),
    v.picklist(paymentMethods, 'Chọn khách trả tiền mặt hay chuyển khoản.'),
  ),
});

/** Money that staff noted (`paid`, `method`), or what is wrong with it field by field. */
export function parsePayment(
  raw: RawFields,
): Parsed<'payment', { amountVnd: number; method: (typeof paymentMethods)[number] }> {
  const result = v.safeParse(PaymentSchema, raw);
  if (!result.success) return { ok: false, errors: toFieldErrors(result.issues) };
  const { paid: amountVnd, method } = result.output;
  return { ok: true, payment: { amountVnd, method } };
}
