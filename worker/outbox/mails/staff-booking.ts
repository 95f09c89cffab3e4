import { bookingRules } from '../../../shared/content/catalogue.ts';
import { personalFields } from '../../../shared/privacy/register.ts';
import type { Mail } from '../../emails/mail.ts';
import { renderStaffBooking, type StaffBooking } from '../../emails/staff-booking.ts';
import { describePrice } from '../../wording/booking.ts';
import { phoneChangeLine, staffStateNames } from '../../wording/staff.ts';
import { listEvents } from '../../store/events.ts';
import type { Booking } from '../../store/bookings.ts';
import { preparePerson, describeMailed } from './person.ts';
import { type Prepared, type Preparing, recordAbsent, type StaffMail } from '../prepare.ts';
import { staffUrl } from '../../wording/report-lines.ts';
import type { DeliveryBy } from '../../store/deliveries.ts';
import { describeAnswers, describeVisit } from '../../wording/visit.ts';
import { countPhotos } from './count-photos.ts';

type BookingPreparing = Preparing<Extract<DeliveryBy<'staff-email'>, { subjectKind: 'booking' }>>;

/** What the mail about a cancelled visit shows instead of a customer who has erased the data. */
const ERASED = [[personalFields.phone.label, 'thông tin của khách đã xóa']] as const;

/** Builds the staff e-mail of a booking as it is now. */
export async function prepareStaffBookingMail(
  preparing: BookingPreparing,
  setting: typeof bookingRules.staffEmail = bookingRules.staffEmail,
): Promise<Prepared<StaffMail>> {
  const { delivery, records } = preparing;
  const booking = records.findBooking(delivery.subjectId);
  if (booking === null) return recordAbsent;
  if (booking.erasedAt !== null && delivery.kind === 'booking.cancelled') {
    const mail = await render(preparing, booking, ERASED);
    return { ready: true, value: { mail, address: 'first', fields: null } };
  }
  const person = await preparePerson(records, booking);
  if (!person.ready) return person;
  const shown = describeMailed(person.value, 'booking', setting);
  const mail = await render(preparing, booking, shown.rows);
  return { ready: true, value: { mail, address: 'first', fields: shown.fields } };
}

async function render(
  preparing: BookingPreparing,
  booking: Booking,
  person: StaffBooking['person'],
): Promise<Mail> {
  return renderStaffBooking(preparing.delivery.kind, {
    ...(await describe(preparing, booking)),
    person,
  });
}

async function describe(
  { env, delivery, now, records }: BookingPreparing,
  booking: Booking,
): Promise<Omit<StaffBooking, 'person'>> {
  const visit = describeVisit(booking);
  return {
    code: booking.code,
    service: visit.service,
    size: visit.size,
    answers: describeAnswers(booking),
    estimate: describePrice(booking, now).estimate,
    ward: visit.ward,
    date: visit.date,
    arrival: visit.arrival,
    stateName: staffStateNames[booking.state],
    // A request that was never changed needs no look at its events; of an erased one no number is left to call.
    phoneChange:
      booking.version === 1 || booking.erasedAt !== null
        ? null
        : phoneChangeLine(await listEvents(env.DB, booking.id)),
    // A request that has just come has none yet, so its mail asks nobody.
    photos: delivery.kind === 'booking.requested' ? 0 : await countPhotos(env, booking.id),
    byPhone: booking.origin === 'phone',
    isConfirmed: booking.state === 'confirmed',
    isWaiting: booking.state === 'requested' || booking.state === 'held',
    url: await staffUrl(records.mailing(), booking),
  };
}
