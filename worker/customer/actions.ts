import { refuseStart } from '../../shared/jobs/availability.ts';
import { bookingRules, hotline } from '../../shared/content/catalogue.ts';
import { measureVisit } from '../../shared/jobs/visit.ts';
import type { RawFields } from '../../shared/forms/fields.ts';
import { type ActionOutcome, runBookingAction, isAt } from '../records/booking-action.ts';
import { isLive } from '../../shared/states.ts';
import { answerAction, type FormNotice } from '../wording/outcomes.ts';
import type { AppContext } from '../web/context.ts';
import { answerAgreement } from './agree.ts';
import { answerBookingStatus } from './page.ts';
import { changeDeadline, tooLateWords } from './change-window.ts';
import { answerCorrection } from './correct.ts';
import { dailyLimit, runWithinDay } from './daily-limit.ts';
import { type ChangeName, changedPath, fieldOf } from './last-change.ts';
import { correctableValues } from './person-rows.ts';
import { answerRating } from './rate.ts';
import { answerReport } from './report.ts';
import { correctionFieldNames } from '../../shared/forms/correction.ts';
import { keepFormerValue } from '../web/former-value.ts';
import { describeBooking } from '../wording/booking.ts';
import { type Booking, findBooking } from '../store/bookings.ts';
import { canShowDetails, type OpenedBooking } from './access.ts';
import { readSlot } from '../time-windows/window-choice.ts';

/** Fields of the forms on the customer's page. */
export const customerActionFields = [
  'act',
  'token',
  'slot',
  'sure',
  'trouble',
  'more',
  'rating',
  'words',
  ...correctionFieldNames,
] as const;

const NO_WINDOW = 'Anh/chị chưa chọn khung giờ mới. Chọn một khung giờ rồi bấm lại.';

/** Answers a form on the customer's page. Nothing changes by a form as it stands before the press that opens the details. */
export function answerCustomerAction(
  c: AppContext,
  record: OpenedBooking,
  fields: RawFields,
): Promise<Response> {
  const { act } = fields;
  if (act === 'reschedule') return reschedule(c, record, fields);
  if (act === 'cancel') return cancel(c, record, fields);
  if (act === 'correct' && canShowDetails(record.link)) return correct(c, record, fields);
  if (act === 'report') return answerReport(c, record, fields);
  if (act === 'agree') return answerAgreement(c, record, fields);
  if (act === 'rate') return answerRating(c, record, fields);
  return answerBookingStatus(c, record, {
    status: 422,
    notice: 'Anh/chị chọn một mục rồi bấm lại.',
  });
}

function correct(c: AppContext, record: OpenedBooking, fields: RawFields): Promise<Response> {
  const field = fieldOf(fields);
  if (field === undefined || fields['sure'] !== 'yes') {
    const notice = 'Anh/chị bấm “Đổi” ở mục cần đổi, ghi lại cho đúng rồi bấm “Lưu”.';
    return answerBookingStatus(c, record, { status: 422, notice, open: field, values: fields });
  }
  return answerCorrection(c, record, {
    fields,
    page: {
      role: 'customer',
      answerDone: (person) => {
        const was = correctableValues(person, record.booking)[field];
        return c.redirect(pathAfter(c, record, { change: field, was }), 303);
      },
      show: (notice) => answerBookingStatus(c, record, { ...notice, open: field }),
    },
  });
}

/** The page that says what was changed. What it was before goes along in a cookie of a minute. */
function pathAfter(
  c: AppContext,
  { link: { self } }: OpenedBooking,
  { change, was }: { change: ChangeName; was: string },
): string {
  keepFormerValue(c, self.slice(0, self.indexOf('?')), was);
  return changedPath(self, change);
}

async function reschedule(
  c: AppContext,
  record: OpenedBooking,
  fields: RawFields,
): Promise<Response> {
  const { booking } = record;
  const start = readSlot(fields['slot']);
  if (start === null) return refuse(c, record, { notice: NO_WINDOW, values: fields });
  const token = fields['token'] ?? '';
  const action = { booking, transition: 'reschedule', actor: 'customer', token, start } as const;
  const refusal = isAt(booking, start) ? null : refuseChange(c, { booking, start });
  return refusal === null
    ? finish(c, record, {
        act: 'reschedule',
        fields,
        outcome: await runWithinDay(c, dailyLimit('reschedule', booking.code), () =>
          runBookingAction(c, action),
        ),
      })
    : refuse(c, record, { notice: refusal, values: fields });
}

/** Cancels a booking. A quarantined request has no seat and cannot be cancelled, so it is dropped. */
async function cancel(c: AppContext, record: OpenedBooking, fields: RawFields): Promise<Response> {
  const { booking } = record;
  const token = fields['token'] ?? '';
  if (fields['sure'] !== 'yes') {
    const notice =
      'Chưa hủy gì. Nếu muốn hủy, anh/chị đánh dấu “Tôi muốn hủy đơn này” rồi bấm lại.';
    return answerBookingStatus(c, record, { status: 422, notice, open: 'cancel' });
  }
  const open = isLive(booking.state);
  if (open && c.var.now > changeDeadline(booking))
    return refuse(c, record, { notice: tooLateWords(), values: fields });
  const held = booking.state === 'held' || booking.state === 'dropped';
  const transition = held ? 'drop' : 'cancel';
  const outcome = await runBookingAction(c, { booking, transition, actor: 'customer', token });
  return finish(c, record, { act: 'cancel', fields, outcome });
}

function refuseChange(
  c: AppContext,
  { booking, start }: { booking: Booking; start: { date: string; window: string } },
): string | null {
  if (c.var.now > changeDeadline(booking)) return tooLateWords();
  const visit = measureVisit(booking);
  if (visit === undefined)
    return `Dịch vụ này không đổi giờ trên trang được. Anh/chị gọi ${hotline} và đọc mã.`;
  return refuseStart({ rules: bookingRules, visit, now: c.var.now }, start)?.message ?? null;
}

function refuse(
  c: AppContext,
  record: OpenedBooking,
  shown: { notice: string; values: RawFields },
): Promise<Response> {
  return answerBookingStatus(c, record, { status: 422, open: 'reschedule', ...shown });
}

function finish(
  c: AppContext,
  record: OpenedBooking,
  {
    act,
    fields,
    outcome,
  }: { act: 'reschedule' | 'cancel'; fields: RawFields; outcome: ActionOutcome | FormNotice },
): Promise<Response> {
  const again = outcome === 'full' || outcome === 'expired' ? act : undefined;
  return answerAction(c, outcome, {
    path: () =>
      act === 'cancel'
        ? changedPath(record.link.self, 'cancel')
        : pathAfter(c, record, { change: 'slot', was: describeBooking(record.booking).when }),
    show: async (notice) => {
      const booking = (await findBooking(c.env.DB, record.booking.id)) ?? record.booking;
      const shown = { ...notice, open: again, values: fields };
      return answerBookingStatus(c, { ...record, booking }, shown);
    },
  });
}
