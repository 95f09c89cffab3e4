import { bookingRules } from '../../../shared/content/catalogue.ts';
import { personalFields } from '../../../shared/privacy/register.ts';
import type { Mail } from '../../emails/mail.ts';
import {
  renderStaffBooking,
  type StaffBooking,
  type StaffBookingKind,
} from '../../emails/staff-booking.ts';
import { describePrice } from '../../wording/booking.ts';
import { staffPath } from '../../signing/links.ts';
import { staffStateNames } from '../../wording/staff.ts';
import { type Booking, findBooking } from '../../store/bookings.ts';
import { readLinkKeys } from '../../signing/tokens.ts';
import { renderBookingCalendar } from '../../wording/calendar-file.ts';
import { type Disclosing, writeLedger } from '../disclosure.ts';
import { preparePerson, describeMailed } from './person.ts';
import { type Prepared, recordAbsent } from '../result.ts';
import { describeVisit } from '../../wording/visit.ts';

/** Stands for a customer who took the request back by erasing it. */
const ERASED = [[personalFields.phone.label, 'khách đã xóa thông tin']] as const;

/** Builds the staff e-mail of a booking as it is now, the ledger written before anything leaves. */
export async function prepareStaffBookingMail(
  disclosing: Disclosing,
  setting: typeof bookingRules.staffEmail = bookingRules.staffEmail,
): Promise<Prepared<Mail>> {
  const { env, delivery, now } = disclosing;
  const booking = await findBooking(env.DB, delivery.subjectId);
  if (booking === null) return recordAbsent;
  if (booking.erasedAt !== null && delivery.kind === 'booking.cancelled') {
    return { ready: true, value: await draw(disclosing, booking, ERASED) };
  }
  const person = await preparePerson(env, booking, now);
  if (!person.ready) return person;
  const shown = describeMailed(person.value, 'booking', setting);
  const mail = await draw(disclosing, booking, shown.rows);
  await writeLedger(disclosing, 'office', shown.fields);
  return { ready: true, value: mail };
}

async function draw(
  disclosing: Disclosing,
  booking: Booking,
  person: StaffBooking['person'],
): Promise<Mail> {
  return renderStaffBooking(disclosing.delivery.kind as StaffBookingKind, {
    ...(await describe(disclosing, booking)),
    person,
  });
}

async function describe(
  { env, delivery, now }: Disclosing,
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
    url: `${env.PUBLIC_ORIGIN}${await staffPath(readLinkKeys(env.LINK_KEYS), booking)}`,
    calendar: renderBookingCalendar(env, booking, delivery.createdAt),
  };
}
