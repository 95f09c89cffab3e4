import { refuseStart } from '../../shared/jobs/availability.ts';
import { bookingRules, findService, hotline } from '../../shared/content/catalogue.ts';
import type { RawFields } from '../../shared/forms/fields.ts';
import { type ActionOutcome, runBookingAction, isAt } from '../records/booking-action.ts';
import { isLive } from '../../shared/states.ts';
import { answerAction } from '../wording/outcomes.ts';
import type { AppContext } from '../web/context.ts';
import { answerBookingStatus, changeDeadline, tooLateWords } from './page.ts';
import { type Booking, findBooking } from '../store/bookings.ts';
import type { OpenedBooking } from './access.ts';
import { readSlot } from '../time-windows/window-choice.ts';

/** Fields of the forms on the customer's page. */
export const customerActionFields = ['act', 'token', 'slot', 'sure'] as const;

/** Answers a form on the customer's page: reschedule or cancel. Nothing changes unless a radio or box was ticked. */
export function answerCustomerAction(
  c: AppContext,
  record: OpenedBooking,
  fields: RawFields,
): Promise<Response> {
  const { act } = fields;
  if (act === 'reschedule') return reschedule(c, record, fields);
  if (act === 'cancel') return cancel(c, record, fields);
  return answerBookingStatus(c, record, {
    status: 422,
    notice: 'Anh/chị chọn một mục rồi bấm lại.',
  });
}

async function reschedule(
  c: AppContext,
  record: OpenedBooking,
  fields: RawFields,
): Promise<Response> {
  const { booking } = record;
  const start = readSlot(fields['slot']);
  if (start === null) return refuse(c, record, 'Chọn một khung giờ mới rồi bấm lại.');
  const token = fields['token'] ?? '';
  const action = { booking, transition: 'reschedule', actor: 'customer', token, start } as const;
  const refusal = isAt(booking, start) ? null : refuseChange(c, { booking, start });
  return refusal === null
    ? finish(c, record, {
        act: 'reschedule',
        outcome: await runBookingAction(c, action),
      })
    : refuse(c, record, refusal);
}

/** Cancels a booking. A quarantined request has no seat and cannot be cancelled, so it is dropped. */
async function cancel(c: AppContext, record: OpenedBooking, fields: RawFields): Promise<Response> {
  const { booking } = record;
  const token = fields['token'] ?? '';
  if (fields['sure'] !== 'yes') {
    const notice = 'Đánh dấu "Tôi muốn hủy yêu cầu này" rồi bấm lại.';
    return answerBookingStatus(c, record, { status: 422, notice, open: 'cancel' });
  }
  const open = isLive(booking.state);
  if (open && c.var.now > changeDeadline(booking)) return refuse(c, record, tooLateWords());
  const held = booking.state === 'held' || booking.state === 'dropped';
  const transition = held ? 'drop' : 'cancel';
  const outcome = await runBookingAction(c, { booking, transition, actor: 'customer', token });
  return finish(c, record, { act: 'cancel', outcome });
}

function refuseChange(
  c: AppContext,
  { booking, start }: { booking: Booking; start: { date: string; window: string } },
): string | null {
  if (c.var.now > changeDeadline(booking)) return tooLateWords();
  const service = findService(booking.service);
  if (service === undefined) return `Dịch vụ này không đổi giờ trên trang được. Gọi ${hotline}.`;
  return refuseStart({ rules: bookingRules, service, now: c.var.now }, start)?.message ?? null;
}

function refuse(c: AppContext, record: OpenedBooking, notice: string): Promise<Response> {
  return answerBookingStatus(c, record, { status: 422, notice, open: 'reschedule' });
}

function finish(
  c: AppContext,
  record: OpenedBooking,
  { act, outcome }: { act: string; outcome: ActionOutcome },
): Promise<Response> {
  const again = outcome === 'full' || outcome === 'expired' ? act : undefined;
  return answerAction(c, outcome, {
    path: () => record.link.self,
    show: async (notice) => {
      const booking = (await findBooking(c.env.DB, record.booking.id)) ?? record.booking;
      return answerBookingStatus(c, { ...record, booking }, { ...notice, open: again });
    },
  });
}
