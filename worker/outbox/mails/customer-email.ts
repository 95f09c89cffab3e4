import { bookingRules } from '../../../shared/content/catalogue.ts';
import { reasonText } from '../../../shared/jobs/reasons.ts';
import { bookingStateNames } from '../../../shared/states.ts';
import { later } from '../../../shared/time.ts';
import {
  type CustomerBookingKind,
  isEnd,
  renderCustomerBooking,
} from '../../emails/customer-booking.ts';
import type { Mail } from '../../emails/mail.ts';
import { customerPath } from '../../signing/links.ts';
import type { Booking } from '../../store/bookings.ts';
import { readLinkKeys } from '../../signing/tokens.ts';
import { isOff, renderBookingCalendar } from '../../wording/calendar-file.ts';
import type { SealedRecord } from '../../personal-data/read-person.ts';
import { preparePerson } from './person.ts';
import { type Prepared, type Preparing, recordAbsent, type Sending } from '../prepare.ts';
import type { SendResult } from '../result.ts';
import { giveUp, nameMail, sendMail } from '../send-mail.ts';
import { describeVisit } from '../../wording/visit.ts';
import type { DeliveryBy } from '../../store/deliveries.ts';

type CustomerDelivery = Extract<DeliveryBy<'customer-email'>, { subjectKind: 'booking' }>;
type CustomerPreparing = Preparing<CustomerDelivery>;

/** Builds one e-mail about a booking to the customer who left an address. */
export async function prepareCustomerEmail(
  preparing: CustomerPreparing,
): Promise<Prepared<Sending>> {
  const { delivery, now, records } = preparing;
  const booking = records.findBooking(delivery.subjectId);
  if (booking === null) return recordAbsent;
  if (delivery.kind === 'booking.reminder' && now >= booking.visitStartsAt) return begun;
  if (announcing.includes(delivery.kind) && isOff(booking.state)) return off;
  return prepareForCustomer(preparing, booking, () => buildMail(preparing, booking));
}

/** A reminder that an outage held up says nothing true any more. */
const begun = {
  ready: false,
  result: { outcome: 'superseded', result: 'visit-begun' },
} as const;

/** What says that the company comes. */
const announcing: readonly CustomerBookingKind[] = [
  'booking.confirmed',
  'booking.changed',
  'booking.reminder',
];

/** A plan that changes lets a visit go without a mail of its own. */
const off = {
  ready: false,
  result: { outcome: 'superseded', result: 'visit-off' },
} as const;

/** A mail to the address that a record's customer left, if any. Where the address refuses it, it is dead at once and staff call. */
export async function prepareForCustomer(
  preparing: Preparing<DeliveryBy<'customer-email'>>,
  record: SealedRecord,
  build: () => Promise<Mail>,
): Promise<Prepared<Sending>> {
  const person = await preparePerson(preparing.records, record);
  if (!person.ready) return person;
  const to = person.value.email;
  if (to === null) {
    return { ready: false, result: { outcome: 'superseded', result: 'no-address' } };
  }
  const mail = nameMail(await build(), preparing.delivery);
  return {
    ready: true,
    value: {
      disclosed: { recipient: 'customer', fields: ['email'] },
      subject: mail.subject,
      send: () => sendToCustomer(preparing, mail, to),
    },
  };
}

async function sendToCustomer(
  { env, delivery }: Preparing<DeliveryBy<'customer-email'>>,
  mail: Mail,
  to: string,
): Promise<SendResult> {
  const result = await sendMail({
    binding: env.CUSTOMER_EMAIL,
    senderAddress: env.SENDER_ADDRESS,
    to,
    deliveryId: delivery.id,
    mail,
  });
  return result.fault === 'address' ? giveUp(result.result) : result;
}

/** A decline is stored as `booking.cancelled`; the customer reads that the company declined, or that the request was not needed. */
function kindOf(
  { kind }: CustomerDelivery,
  { state }: Booking,
  reason: string | null,
): CustomerBookingKind {
  if (kind !== 'booking.cancelled' || state !== 'declined') return kind;
  return reason === 'duplicate' || reason === 'wish' ? 'booking.unneeded' : 'booking.declined';
}

async function buildMail(
  { env, delivery, now, records }: CustomerPreparing,
  booking: Booking,
): Promise<Mail> {
  const visit = describeVisit(booking);
  const reason = records.findReason(booking.id);
  const kind = kindOf(delivery, booking, reason);
  return renderCustomerBooking(kind, {
    code: booking.code,
    service: visit.service,
    size: visit.size,
    stateName: bookingStateNames[booking.state],
    reason: isEnd(kind) ? reasonText(reason) : null,
    ward: visit.ward,
    date: visit.date,
    arrival: visit.arrival,
    url: `${env.PUBLIC_ORIGIN}${await customerPath(readLinkKeys(env.LINK_KEYS), booking)}`,
    canChange: now <= later(booking.visitStartsAt, { hours: -bookingRules.noticeHours }),
    calendar:
      kind === 'booking.received' ? null : renderBookingCalendar(env, booking, delivery.createdAt),
  });
}
