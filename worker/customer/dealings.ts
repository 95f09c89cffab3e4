import { balanceOf, isSettled, owedIn } from '../../shared/jobs/balance.ts';
import { RATING_CHANGE_DAYS, ratingNames, ratingPeriod } from '../../shared/jobs/ratings.ts';
import { addPeriod } from '../../shared/privacy/retention.ts';
import { canTransition } from '../../shared/states.ts';
import { formatInstant, later } from '../../shared/time.ts';
import type { PersonView } from '../personal-data/read-person.ts';
import type { Booking } from '../store/bookings.ts';
import { type Dealings, readDealings } from '../store/dealings.ts';
import type { AppContext } from '../web/context.ts';
import {
  balanceLine,
  describePriceVersion,
  earlierLine,
  formerPrice,
  paymentWords,
} from '../wording/dealings.ts';
import { bookingStateName } from '../wording/customer.ts';
import { dueTransfer } from '../wording/payment-qr.ts';
import { canShowDetails, type OpenedLink } from './access.ts';

const none: Dealings = { prices: [], payments: [], rating: null, earlier: [] };

/** What was agreed, paid and said, for links that may show more than state and window. */
export function readShownDealings(
  c: AppContext,
  { id }: Booking,
  link: OpenedLink,
): Dealings | Promise<Dealings> {
  return canShowDetails(link) ? readDealings(c.env.DB, id) : none;
}

/** Price, payment, rating and earlier visits as the customer's page shows them. */
export async function dealingsData(c: AppContext, { booking, dealings, view, link }: PageSubject) {
  const { now } = c.var;
  const balance = owedIn(booking.state, balanceOf(dealings.prices, dealings.payments));
  const person = link.isShown && view.state === 'open' ? view.person : null;
  const former = formerPrice(dealings.prices, balance);
  const { newest, agreed } = balance;
  const isPaid = isSettled(booking.state, balance);
  const waits = newest?.agreed === null && !isPaid && canTransition(booking.state, 'agree');
  const canAgree = waits && link.scope === 'own';
  const paid = dealings.payments.filter(({ undoneAt }) => undoneAt === null);
  return {
    agreedPrice:
      newest === null
        ? null
        : {
            ...describePriceVersion(newest, 'customer', isPaid),
            covers: person?.covers ?? null,
            former:
              former === null
                ? null
                : {
                    ...describePriceVersion(former, 'customer'),
                    covers: former === agreed ? (person?.agreedCovers ?? null) : null,
                  },
          },
    canAgree,
    agreeElsewhere: waits && !canAgree,
    coversHidden: canAgree && !link.isShown && view.state === 'open' && view.person.covers !== null,
    transfer: mayTransfer(booking, now) ? await dueTransfer(c.env, booking.id, balance) : null,
    paid: paid.map((payment) => `${paymentWords(payment)}, ghi lúc ${formatInstant(payment.at)}`),
    balance: balanceLine(balance),
    receiptHref: paid.length === 0 ? null : receiptPath(link),
    ...ratingData({ booking, dealings, view, link }, now),
    earlier: (link.scope === 'own' ? dealings.earlier : []).map((visit) =>
      earlierLine(visit, bookingStateName(visit.booking, undefined)),
    ),
  };
}

interface PageSubject {
  booking: Booking;
  dealings: Dealings;
  view: PersonView;
  link: OpenedLink;
}

/** The customer pays from the start of the visit on. */
function mayTransfer({ state, visitStartsAt }: Booking, now: Date): boolean {
  return (state === 'confirmed' && now >= visitStartsAt) || state === 'completed';
}

function ratingData({ booking, dealings: { rating }, view, link }: PageSubject, now: Date) {
  const canRate = canShowDetails(link) && isRatable(booking, { rating, now }) === null;
  const words = link.isShown && view.state === 'open' ? view.person.ratingWords : null;
  return {
    canRate,
    rated:
      rating === null
        ? null
        : {
            name: ratingNames[rating.rating],
            at: formatInstant(rating.at),
            words,
            until: canRate ? formatInstant(ratingChangeEnd(rating.at)) : null,
          },
    ratingValues: rating === null ? {} : { rating: rating.rating, words: words ?? '' },
  };
}

/** Why a visit cannot be rated now; null where it can. */
export function isRatable(
  { state, visit, visitEndsAt }: Booking,
  { rating, now }: Pick<Dealings, 'rating'> & { now: Date },
): string | null {
  if (visit === 'survey') return 'Lần này đội chỉ đến xem nên không có gì để đánh giá.';
  if (!canTransition(state, 'rate')) return 'Buổi làm chưa xong nên chưa đánh giá được.';
  if (now > addPeriod(visitEndsAt, ratingPeriod)) return 'Đã quá hạn đánh giá lần làm này.';
  return rating !== null && now > ratingChangeEnd(rating.at)
    ? 'Đánh giá chỉ đổi được trong một ngày. Cần nói thêm, anh/chị báo ở trang này.'
    : null;
}

function ratingChangeEnd(at: Date): Date {
  return later(at, { days: RATING_CHANGE_DAYS });
}

function receiptPath({ self }: OpenedLink): string {
  return self.replace('/?', '/bien-nhan/?');
}
