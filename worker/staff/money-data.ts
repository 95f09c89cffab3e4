import { balanceOf, isSettled, owedIn } from '../../shared/jobs/balance.ts';
import { makePaymentReference } from '../../shared/jobs/payment-reference.ts';
import { ratingNames } from '../../shared/jobs/ratings.ts';
import { formatCount } from '../../shared/money.ts';
import { canTransition } from '../../shared/states.ts';
import { formatInstant } from '../../shared/time.ts';
import type { Booking } from '../store/bookings.ts';
import { readDealings } from '../store/dealings.ts';
import type { AppContext } from '../web/context.ts';
import { describePrice, estimateVisit } from '../wording/booking.ts';
import {
  balanceLine,
  collectLine,
  describePriceVersion,
  formerPrice,
  paymentWords,
} from '../wording/dealings.ts';
import { isUndoable } from './money.ts';

/** Price, payments, rating and earlier visits as the job's page shows them; `amountStart` is what the form for the price begins with, `collect` what a crew is told. */
export async function moneyData(c: AppContext, booking: Booking, open: string | undefined) {
  const { now } = c.var;
  const { prices, payments, rating, earlier } = await readDealings(c.env.DB, booking.id);
  const balance = owedIn(booking.state, balanceOf(prices, payments));
  const { newest } = balance;
  const isPaid = isSettled(booking.state, balance);
  const former = formerPrice(prices, balance);
  const visits = earlier.filter(
    ({ booking: { state, visit } }) => state === 'completed' && visit === 'work',
  ).length;
  const undoable = payments.filter((payment) => isUndoable(payment, now));
  const start = newest?.amountVnd ?? estimateVisit(booking, now)?.fromVnd ?? null;
  const estimate = describePrice(booking, now).estimate;
  return {
    collect: collectLine(balance, estimate),
    amountStart: start === null ? '' : formatCount(start),
    shown: {
      regular: visits === 0 ? null : `Khách quen, lần thứ ${visits + 1}`,
      agreedPrice: newest === null ? null : describePriceVersion(newest, 'staff', isPaid),
      formerPrice: former === null ? null : describePriceVersion(former, 'staff'),
      payments: payments.map(
        (payment) =>
          `${paymentWords(payment)}, ${formatInstant(payment.at)}${payment.undoneAt === null ? '' : ' (đã bỏ)'}`,
      ),
      balance: balanceLine(balance),
      reference: newest === null ? null : await makePaymentReference(booking.id),
      ...priceForm(booking),
      canAgree: newest?.agreed === null && !isPaid && canTransition(booking.state, 'agree'),
      canPay: canTransition(booking.state, 'pay'),
      undoable: undoable.map((payment) => ({
        id: payment.n,
        label: `${paymentWords(payment)}, ${formatInstant(payment.at)}`,
      })),
      rated: rating === null ? null : `${ratingNames[rating.rating]}, ${formatInstant(rating.at)}`,
      openPrice: open === 'price' || open === 'confirmPrice',
      openPay: open === 'pay',
      openUndoPay: open === 'undoPay',
    },
  };
}

/** The form for the price: with the confirmation where the job waits for it. */
function priceForm({ state }: Booking) {
  if (canTransition(state, 'confirm'))
    return { priceAct: 'confirmPrice', priceName: 'Xác nhận với giá' };
  return canTransition(state, 'price')
    ? { priceAct: 'price', priceName: 'Ghi giá' }
    : { priceAct: null, priceName: null };
}
