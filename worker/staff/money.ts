import type { RawFields } from '../../shared/forms/fields.ts';
import { parsePayment, parsePrice } from '../../shared/forms/money.ts';
import { balanceOf, type Payment, PAYMENT_UNDO_DAYS } from '../../shared/jobs/balance.ts';
import { later } from '../../shared/time.ts';
import { readPerson } from '../personal-data/read-person.ts';
import {
  type ActionOutcome,
  type BookingAction,
  runBookingAction,
} from '../records/booking-action.ts';
import type { Booking } from '../store/bookings.ts';
import { type Dealings, readDealings } from '../store/dealings.ts';
import type { AppContext } from '../web/context.ts';
import { isOpenForStaff } from '../web/details-cookie.ts';
import { type FormNotice, nothingChosen } from '../wording/outcomes.ts';

/** Fields of the forms about price and payment on the job's page. */
export const moneyFieldNames = ['amount', 'covers', 'paid', 'method'] as const;

/** What staff may note about price and payment; `confirmPrice` confirms the job with its price. */
const moneyActs = ['confirmPrice', 'price', 'agreePhone', 'pay', 'undoPay'] as const;

type MoneyAct = (typeof moneyActs)[number];

/** Payments that a record can have, undone ones counted. */
const PAYMENTS_MAX = 20;
/** Prices that a record can have. */
const PRICES_MAX = 20;

const HIDDEN =
  'Chưa lưu: thông tin của khách đã ẩn lại. Bấm “Xem thông tin liên hệ của khách”, rồi ghi và lưu lần nữa.';
const WRONG = 'Chưa lưu: có ô cần sửa.';
const NO_PRICE = 'Chưa có giá nào chờ khách đồng ý. Ghi giá trước.';
const TOO_MANY = 'Đơn này đã có quá nhiều lần ghi. Gọi người trông coi trang.';
const NOT_UNDOABLE = `Lần ghi này đã bỏ rồi, hoặc đã quá ${PAYMENT_UNDO_DAYS} ngày nên không bỏ được nữa: chỉnh trong sổ sách của công ty.`;

/** Carries out a form about price or payment. Null where another form was sent. */
export async function runMoneyAction(
  c: AppContext,
  booking: Booking,
  fields: RawFields,
): Promise<ActionOutcome | FormNotice | null> {
  const act = moneyActs.find((known) => known === fields['act']);
  if (act === undefined) return null;
  const dealings = await readDealings(c.env.DB, booking.id);
  const isOpen = await isOpenForStaff(c, booking);
  const asked = { act, dealings, fields, isOpen, now: c.var.now };
  const drafted =
    act === 'price' || act === 'confirmPrice'
      ? await draftPrice(c, booking, asked)
      : draftNote(asked);
  if (!('amendment' in drafted)) return { open: act, values: fields, ...drafted };
  const action = { booking, actor: 'staff', token: fields['token'] ?? '', ...drafted } as const;
  return runBookingAction(c, {
    ...action,
    isSame: async () => isWritten(await readDealings(c.env.DB, booking.id), action.amendment),
  });
}

interface Asked {
  act: MoneyAct;
  dealings: Dealings;
  fields: RawFields;
  /** Whether the details are open, so that a choice was made by hand before. */
  isOpen: boolean;
  now: Date;
}

type Draft = Required<Pick<BookingAction, 'transition' | 'amendment'>> &
  Pick<BookingAction, 'person'>;

/** A price with what it covers, which is sealed with the details: only while they are open, so that nothing is typed blind. */
async function draftPrice(
  c: AppContext,
  booking: Booking,
  { act, dealings: { prices, payments }, fields, isOpen, now }: Asked,
): Promise<Draft | FormNotice> {
  if (!isOpen) return { status: 422, notice: HIDDEN };
  const parsed = parsePrice(fields);
  if (!parsed.ok) return { status: 422, notice: WRONG, errors: parsed.errors };
  if (prices.length >= PRICES_MAX) return { status: 409, notice: TOO_MANY };
  const view = await readPerson(c.env, booking, now);
  if (view.state !== 'open') return { status: view.state === 'later' ? 503 : 410, notice: HIDDEN };
  const { person } = view;
  const { newest, agreed } = balanceOf(prices, payments);
  const agreedCovers = agreed !== null && newest === agreed ? person.covers : person.agreedCovers;
  const { amountVnd, covers } = parsed.price;
  return {
    transition: act === 'confirmPrice' ? 'confirm' : 'price',
    person: { ...person, covers, agreedCovers },
    amendment: { kind: 'price', amountVnd },
  };
}

function draftNote({ act, dealings, fields, isOpen, now }: Asked): Draft | FormNotice {
  const { prices, payments } = dealings;
  if (act === 'pay') {
    const parsed = parsePayment(fields);
    if (!parsed.ok) return { status: 422, notice: WRONG, errors: parsed.errors };
    if (payments.length >= PAYMENTS_MAX) return { status: 409, notice: TOO_MANY };
    return { transition: 'pay', amendment: { kind: 'payment', ...parsed.payment } };
  }
  if (act === 'undoPay') {
    const payment = payments.find(({ n }) => String(n) === fields['reason']);
    if (payment === undefined) return nothingChosen;
    if (!isUndoable(payment, now)) return { status: 409, notice: NOT_UNDOABLE };
    return { transition: 'undoPay', amendment: { kind: 'undone-payment', n: payment.n } };
  }
  if (!isOpen && fields['sure'] !== 'yes') return nothingChosen;
  const { newest } = balanceOf(prices, payments);
  if (newest === null || newest.agreed !== null) return { status: 409, notice: NO_PRICE };
  const amendment = { kind: 'agreement', by: 'phone', version: newest.version } as const;
  return { transition: 'agree', amendment };
}

/** Whether a payment counts and can still be undone. */
export function isUndoable({ at, undoneAt }: Payment, now: Date): boolean {
  return undoneAt === null && now <= later(at, { days: PAYMENT_UNDO_DAYS });
}

/** Whether what was noted last is what is asked for now. */
function isWritten({ prices, payments }: Dealings, asked: Draft['amendment']): boolean {
  const payment = payments.at(-1);
  switch (asked.kind) {
    case 'price':
      return prices.at(-1)?.amountVnd === asked.amountVnd;
    case 'payment':
      return payment?.amountVnd === asked.amountVnd && payment.method === asked.method;
    case 'agreement':
      return prices.at(-1)?.agreed?.version === asked.version;
    case 'undone-payment':
      return payments.some(({ n, undoneAt }) => n === asked.n && undoneAt !== null);
    case 'rating':
      return true;
  }
}
