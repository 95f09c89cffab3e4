import { bookingRules, listedServices } from '../../shared/content/catalogue.ts';
import { listServiceFields } from '../../shared/forms/answers.ts';
import type { RawFields } from '../../shared/forms/fields.ts';
import { parseServices } from '../../shared/forms/services.ts';
import { listJobSlots } from '../../shared/jobs/availability.ts';
import {
  isSameServices,
  measureVisit,
  type VisitService,
  visitKindOf,
} from '../../shared/jobs/visit.ts';
import { type ActionOutcome, runBookingAction } from '../records/booking-action.ts';
import { type Booking, findBooking } from '../store/bookings.ts';
import type { AppContext } from '../web/context.ts';
import { isOpenForStaff } from '../web/details-cookie.ts';
import { type FormNotice, outcomeNotices } from '../wording/outcomes.ts';

/** Fields of the form that puts a visit's services right. */
export const serviceFieldNames = ['service', ...listServiceFields(listedServices)];

const CLOSED =
  'Chưa lưu: thông tin của khách đã ẩn lại. Bấm “Xem thông tin liên hệ của khách”, rồi chọn và lưu lần nữa.';
const WRONG = 'Chưa lưu: có ô cần sửa, ở mục “Sửa dịch vụ, khối lượng”.';
const FULL =
  'Chưa lưu: khung giờ liền sau đã hết chỗ nên không đủ giờ cho những việc này. Đổi ngày giờ trước, hoặc bớt việc.';

/** Stores other services, sizes or answers of a visit at the time that it has. Only while its details are open. */
export async function runServicesAction(
  c: AppContext,
  booking: Booking,
  fields: RawFields,
): Promise<ActionOutcome | FormNotice | null> {
  if (fields['act'] !== 'services') return null;
  const again = { open: 'services', values: fields, status: 422 } as const;
  if (!(await isOpenForStaff(c, booking))) return { ...again, notice: CLOSED };
  // Work agreed on after a look stays work, though its service asks for a look.
  const agreed = visitKindOf(booking.services) === booking.visit ? undefined : booking.visit;
  const { visit, services, errors } = parseServices(fields, agreed);
  if (errors.length > 0) return { ...again, errors, notice: WRONG };
  const [before, after] = [measureVisit(booking), measureVisit({ visit, services })];
  const start = { date: booking.visitDate, window: booking.window };
  const changesLength = after?.windows !== before?.windows;
  if (changesLength && (after === undefined || listJobSlots(bookingRules, after, start) === null)) {
    return { ...again, notice: noRoom(after?.windows ?? 0) };
  }
  const isStored = (stored: Booking) => isSame(stored, { visit, services });
  if (isStored(booking)) return 'repeated';
  const outcome = await runBookingAction(c, {
    ...{ booking, transition: 'correct', actor: 'staff', token: fields['token'] ?? '' },
    ...{ visit, services, ...(changesLength ? { start } : {}) },
    isSame: async () => {
      const newest = await findBooking(c.env.DB, booking.id);
      return newest !== null && isStored(newest);
    },
  });
  if (outcome === 'full') return { ...again, status: 409, notice: FULL };
  const isDone = outcome === 'done' || outcome === 'repeated';
  return isDone ? outcome : { ...again, ...outcomeNotices[outcome] };
}

function noRoom(windows: number): string {
  return `Chưa lưu: những việc này cần ${windows} khung giờ liền nhau, từ giờ đã hẹn đến hết ngày không đủ. Đổi ngày giờ trước, hoặc bớt việc.`;
}

function isSame(
  one: Pick<Booking, 'visit' | 'services'>,
  other: { visit: Booking['visit']; services: readonly VisitService[] },
): boolean {
  return one.visit === other.visit && isSameServices(one.services, other.services);
}
