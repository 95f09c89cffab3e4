import type { RawFields } from '../../shared/forms/fields.ts';
import { balanceOf } from '../../shared/jobs/balance.ts';
import { hotline } from '../../shared/content/catalogue.ts';
import { runBookingAction } from '../records/booking-action.ts';
import { findBooking } from '../store/bookings.ts';
import { readDealings } from '../store/dealings.ts';
import type { AppContext } from '../web/context.ts';
import { answerAction, type FormNotice, outcomeNotices } from '../wording/outcomes.ts';
import type { OpenedBooking } from './access.ts';
import { changedPath } from './last-change.ts';
import { answerBookingStatus } from './page.ts';

const NOT_OWN = `Muốn đồng ý giá, anh/chị mở trang bằng đường dẫn nhận lúc gửi yêu cầu, hoặc gọi ${hotline}.`;
const NO_PRICE = 'Chưa có giá nào chờ anh/chị đồng ý. Xem lại phần giá dưới đây.';

/** Notes that the customer agrees to the price that their page shows: only by their own link, by a choice or press. */
export async function answerAgreement(
  c: AppContext,
  record: OpenedBooking,
  fields: RawFields,
): Promise<Response> {
  const { booking, link } = record;
  const refuse = (notice: FormNotice) =>
    answerBookingStatus(c, record, { ...notice, open: 'agree' });
  if (link.scope !== 'own') return refuse({ status: 403, notice: NOT_OWN });
  if (fields['sure'] !== 'yes') {
    return refuse({
      status: 422,
      notice: 'Anh/chị chưa đánh dấu “Tôi đồng ý giá này”. Đánh dấu rồi bấm lại.',
    });
  }
  const { prices, payments } = await readDealings(c.env.DB, booking.id);
  const { newest } = balanceOf(prices, payments);
  if (newest === null) return refuse({ status: 409, notice: NO_PRICE });
  if (newest.agreed !== null) return answerBookingStatus(c, record, outcomeNotices.repeated);
  // The token has the version of the record that the page showed, and so of its price.
  const outcome = await runBookingAction(c, {
    ...{ booking, transition: 'agree', actor: 'customer', token: fields['token'] ?? '' },
    amendment: { kind: 'agreement', by: 'customer', version: newest.version },
    isSame: async () => {
      const after = await readDealings(c.env.DB, booking.id);
      return after.prices.at(-1)?.agreed?.version === newest.version;
    },
  });
  return answerAction(c, outcome, {
    path: () => changedPath(link.self, 'agree'),
    show: async (notice) => {
      const newestBooking = (await findBooking(c.env.DB, booking.id)) ?? booking;
      return answerBookingStatus(c, { ...record, booking: newestBooking }, notice);
    },
  });
}
