import { bookingRules } from '../../../shared/content/catalogue.ts';
import { personalFields } from '../../../shared/privacy/register.ts';
import type { Mail } from '../../emails/mail.ts';
import { renderStaffBooking, type StaffBooking } from '../../emails/staff-booking.ts';
import { describePrice } from '../../wording/booking.ts';
import { staffStateNames } from '../../wording/staff.ts';
import { type Booking, findBooking } from '../../store/bookings.ts';
import { renderBookingCalendar } from '../../wording/calendar-file.ts';
import { type Disclosing, writeDisclosure } from '../disclosure.ts';
import { preparePerson, describeMailed } from './person.ts';
import { isCalendarKind, prepareCalendarMail } from './staff-calendar.ts';
import { type Prepared, recordAbsent } from '../result.ts';
import { prepareStaffMailing, staffUrl } from '../../wording/report-lines.ts';
import type { DeliveryBy } from '../../store/deliveries.ts';
import { describeVisit } from '../../wording/visit.ts';

type BookingDisclosing = Disclosing<Extract<DeliveryBy<'staff-email'>, { subjectKind: 'booking' }>>;

/** What the mail about a cancelled visit shows instead of a customer who has erased the data. */
const ERASED = [[personalFields.phone.label, 'khách đã xóa thông tin']] as const;

/** Builds the staff e-mail of a booking as it is now; the disclosure is written before anything is sent. */
export async function prepareStaffBookingMail(
  disclosing: BookingDisclosing,
  setting: typeof bookingRules.staffEmail = bookingRules.staffEmail,
): Promise<Prepared<Mail>> {
  const { env, delivery, now } = disclosing;
  const booking = await findBooking(env.DB, delivery.subjectId);
  if (booking === null) return recordAbsent;
  const calendarMail = isCalendarKind(delivery.kind)
    ? await prepareCalendarMail(disclosing, booking)
    : null;
  if (calendarMail !== null) return calendarMail;
  if (booking.erasedAt !== null && delivery.kind === 'booking.cancelled') {
    return { ready: true, value: await render(disclosing, booking, ERASED) };
  }
  const person = await preparePerson(env, booking, now);
  if (!person.ready) return person;
  const shown = describeMailed(person.value, 'booking', setting);
  const mail = await render(disclosing, booking, shown.rows);
  await writeDisclosure(disclosing, 'office', shown.fields);
  return { ready: true, value: mail };
}

async function render(
  disclosing: BookingDisclosing,
  booking: Booking,
  person: StaffBooking['person'],
): Promise<Mail> {
  const { kind } = disclosing.delivery;
  return renderStaffBooking(isCalendarKind(kind) ? 'booking.changed' : kind, {
    ...(await describe(disclosing, booking)),
    person,
  });
}

async function describe(
  { env, delivery, now }: BookingDisclosing,
  booking: Booking,
): Promise<Omit<StaffBooking, 'person'>> {
  const visit = describeVisit(booking);
  return {
    code: booking.code,
    service: visit.service,
    size: visit.size,
    estimate: describePrice(booking, now).estimate,
    ward: visit.ward,
    date: visit.date,
    arrival: visit.arrival,
    stateName: staffStateNames[booking.state],
    byPhone: booking.origin === 'phone',
    url: await staffUrl(await prepareStaffMailing(env, now), booking),
    calendar: renderBookingCalendar(env, booking, delivery.createdAt),
  };
}
