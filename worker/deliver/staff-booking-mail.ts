import { bookingRules } from '../../shared/catalogue.ts';
import type { Person } from '../../shared/person.ts';
import { formatPhone, maskPhone } from '../../shared/phone.ts';
import { bookingStateNames } from '../../shared/states.ts';
import type { Mail } from '../emails/mail.ts';
import {
  renderStaffBooking,
  type StaffBooking,
  type StaffBookingKind,
} from '../emails/staff-booking.ts';
import { describePrice } from '../booking-facts.ts';
import { staffPath } from '../links.ts';
import { type Booking, findBooking } from '../store/bookings.ts';
import { readLinkKeys } from '../tokens.ts';
import { renderBookingCalendar } from './booking-calendar.ts';
import { type Disclosing, writeLedger } from './ledger.ts';
import { preparePerson } from './person.ts';
import { type Prepared, recordAbsent } from './result.ts';
import { describeVisit } from './visit-words.ts';

/** Stands for the phone of a customer who took the request back by erasing it. */
const ERASED = 'khách đã xóa thông tin';

/** Builds the staff e-mail of a booking as it is now, the ledger written before anything leaves. */
export async function prepareStaffBookingMail(
  disclosing: Disclosing,
  setting: typeof bookingRules.staffEmail = bookingRules.staffEmail,
): Promise<Prepared<Mail>> {
  const { env, delivery, now } = disclosing;
  const booking = await findBooking(env.DB, delivery.subjectId);
  if (booking === null) return recordAbsent;
  if (booking.erasedAt !== null && delivery.kind === 'booking.cancelled') {
    const mail = await draw(disclosing, booking, { phone: ERASED, person: null });
    return { ready: true, value: mail };
  }
  const person = await preparePerson(env, booking, now);
  if (!person.ready) return person;
  const full = setting === 'full';
  const shown = full ? showPerson(person.value) : maskPerson(person.value);
  const mail = await draw(disclosing, booking, shown);
  await writeLedger(disclosing, 'office', full ? ['name', 'phone', 'address'] : ['maskedPhone']);
  return { ready: true, value: mail };
}

type ShownPerson = Pick<StaffBooking, 'phone' | 'person'>;

async function draw(disclosing: Disclosing, booking: Booking, shown: ShownPerson): Promise<Mail> {
  return renderStaffBooking(disclosing.delivery.kind as StaffBookingKind, {
    ...(await describe(disclosing, booking)),
    ...shown,
  });
}

function showPerson({ name, phone, address }: Person): ShownPerson {
  return { phone: formatPhone(phone ?? ''), person: { name, address: address ?? '' } };
}

function maskPerson({ phone }: Person): ShownPerson {
  return { phone: maskPhone(phone ?? ''), person: null };
}

async function describe(
  { env, delivery, now }: Disclosing,
  booking: Booking,
): Promise<Omit<StaffBooking, keyof ShownPerson>> {
  const visit = describeVisit(booking);
  return {
    code: booking.code,
    service: visit.service,
    size: visit.size,
    estimate: describePrice(booking, now).estimate,
    ward: visit.ward,
    date: visit.date,
    arrival: visit.arrival,
    stateName: bookingStateNames[booking.state],
    url: `${env.PUBLIC_ORIGIN}${await staffPath(readLinkKeys(env.LINK_KEYS), booking)}`,
    calendar: renderBookingCalendar(env, booking, delivery.createdAt),
  };
}
