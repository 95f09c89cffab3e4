import { balanceOf, owedIn, paymentMethodNames } from '../../shared/jobs/balance.ts';
import { formatVnd } from '../../shared/money.ts';
import { formatInstant } from '../../shared/time.ts';
import { readPerson, statusOf } from '../personal-data/read-person.ts';
import { readDealings } from '../store/dealings.ts';
import type { AppContext } from '../web/context.ts';
import { answerPage } from '../web/pages.ts';
import { describeBooking } from '../wording/booking.ts';
import { canShowDetails, type OpenedBooking } from './access.ts';

/** The receipt of what was paid of a booking, to print or save. It leads back to the record where there is nothing to show. */
export async function answerReceipt(c: AppContext, record: OpenedBooking): Promise<Response> {
  const { booking, link } = record;
  const [{ prices, payments }, view] = await Promise.all([
    readDealings(c.env.DB, booking.id),
    readPerson(c.env, booking, c.var.now),
  ]);
  const rows = payments.filter(({ undoneAt }) => undoneAt === null);
  if (!canShowDetails(link) || rows.length === 0) return c.redirect(link.self, 303);
  const balance = owedIn(booking.state, balanceOf(prices, payments));
  const { agreed, paidVnd, openVnd } = balance;
  const person = link.isShown && view.state === 'open' ? view.person : null;
  const { code, service, date, ward } = describeBooking(booking);
  return answerPage(c, {
    path: '/khung/bien-nhan/',
    status: statusOf(view),
    keeping: 'personal',
    data: {
      ...{ code, service, date, ward },
      title: `Biên nhận ${code}`,
      back: link.self,
      name: person?.name ?? null,
      covers: agreed === null ? null : (person?.[coversOf(prices.at(-1) === agreed)] ?? null),
      payments: rows.map(({ amountVnd, method, at }) => ({
        at: formatInstant(at),
        method: paymentMethodNames[method],
        amount: formatVnd(amountVnd),
      })),
      agreed: agreed === null ? null : formatVnd(agreed.amountVnd),
      paid: formatVnd(paidVnd),
      open: openVnd === null || openVnd === 0 ? null : formatVnd(openVnd),
      made: formatInstant(c.var.now),
    },
  });
}

function coversOf(isNewest: boolean): 'covers' | 'agreedCovers' {
  return isNewest ? 'covers' : 'agreedCovers';
}
