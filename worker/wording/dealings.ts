import {
  type Balance,
  type Payment,
  paymentMethodNames,
  type Price,
} from '../../shared/jobs/balance.ts';
import { ratingNames } from '../../shared/jobs/ratings.ts';
import { formatVnd } from '../../shared/money.ts';
import { lowerFirst } from '../../shared/text.ts';
import { formatInstant, formatShortDate } from '../../shared/time.ts';
import type { Dealings, EarlierVisit } from '../store/dealings.ts';
import { describeBooking } from './booking.ts';

/** A price in words: the sum, when it was told, and what settled it, a yes or the money itself; `agreed` is null where it waits for the customer. */
export function describePriceVersion(
  { amountVnd, at, agreed }: Price,
  who: 'customer' | 'staff',
  isPaid = false,
) {
  const yes = who === 'customer' ? 'Anh/chị đã đồng ý' : 'Khách đã đồng ý';
  const how = agreed?.by === 'phone' ? ' qua điện thoại' : '';
  const withoutYes = isPaid ? 'Đã trả đủ' : null;
  return {
    amount: formatVnd(amountVnd),
    at: `Báo lúc ${formatInstant(at)}`,
    agreed: agreed === null ? withoutYes : `${yes}${how} lúc ${formatInstant(agreed.at)}`,
  };
}

/** The price that stands beside the newest one: the agreed one where the newest is not agreed, else the one before it. */
export function formerPrice(prices: readonly Price[], { newest, agreed }: Balance): Price | null {
  if (newest === null) return null;
  if (agreed !== null && agreed !== newest) return agreed;
  return prices.findLast(({ version }) => version < newest.version) ?? null;
}

/** "400.000 ₫, tiền mặt". */
export function paymentWords({ amountVnd, method }: Pick<Payment, 'amountVnd' | 'method'>): string {
  return `${formatVnd(amountVnd)}, ${paymentMethodNames[method].toLowerCase()}`;
}

/** What was paid and what is left, a sentence; null where nothing was paid. */
export function balanceLine({ agreed, paidVnd, openVnd }: Balance): string | null {
  if (paidVnd === 0) return null;
  const paid = `Đã trả ${formatVnd(paidVnd)}`;
  if (agreed === null || openVnd === null) return `${paid}.`;
  const of = `${paid} trong ${formatVnd(agreed.amountVnd)}`;
  if (openVnd > 0) return `${of}, còn ${formatVnd(openVnd)}.`;
  const more = paidVnd - agreed.amountVnd;
  return more > 0 ? `${of}, dư ${formatVnd(more)}.` : `${of}, đã đủ.`;
}

const ASK_FIRST = 'Hỏi văn phòng trước khi thu';

/** What whoever comes collects, a sentence; `estimate` stands in where no price was told. */
export function collectLine(balance: Balance, estimate: string | null): string {
  const { newest, agreed, paidVnd, dueVnd } = balance;
  if (newest === null) {
    const likely = estimate === null ? '' : `, ước tính ${lowerFirst(estimate)}`;
    return `Chưa chốt giá${likely}. ${ASK_FIRST}`;
  }
  if (dueVnd !== null) {
    return paidVnd === 0
      ? `Thu của khách ${formatVnd(dueVnd)}, giá đã chốt`
      : `Thu thêm ${formatVnd(dueVnd)}. ${balanceLine(balance) ?? ''}`;
  }
  return newest === agreed
    ? ['Không thu thêm.', balanceLine(balance)].filter((part) => part !== null).join(' ')
    : `Đã báo ${formatVnd(newest.amountVnd)}, khách chưa đồng ý. ${ASK_FIRST}`;
}

/** A visit before this one: date, services, state and price, and nothing else. */
export function earlierLine({ booking, amountVnd }: EarlierVisit, stateName: string) {
  return {
    date: formatShortDate(booking.visitDate),
    service: describeBooking(booking).service,
    state: stateName,
    price: amountVnd === null ? null : formatVnd(amountVnd),
  };
}

/** Price, payments, rating and earlier visits as the page about a record's data shows them. */
export function dealingFacts({ prices, payments, rating, earlier }: Dealings) {
  return [
    ...prices.map((price) => {
      const { amount, at, agreed } = describePriceVersion(price, 'customer');
      const value = [amount, at, agreed].filter((words) => words !== null).join('. ');
      return { label: 'Giá', value };
    }),
    ...payments.map((payment) => ({
      label: payment.undoneAt === null ? 'Đã trả' : 'Đã trả (ghi nhầm, đã bỏ)',
      value: `${paymentWords(payment)}, ${formatInstant(payment.at)}`,
    })),
    ...(rating === null
      ? []
      : [
          {
            label: 'Đánh giá',
            value: `${ratingNames[rating.rating]}, ${formatInstant(rating.at)}`,
          },
        ]),
    ...earlier
      .slice(0, 1)
      .map(({ booking: { code } }) => ({ label: 'Đặt lại từ đơn', value: code })),
  ];
}
