import { reasonText } from '../../../shared/jobs/reasons.ts';
import { type CustomerBookingKind, renderCustomerBooking } from '../../emails/customer-booking.ts';
import type { Mail } from '../../emails/mail.ts';
import { customerPath } from '../../signing/links.ts';
import { type Booking, findBooking } from '../../store/bookings.ts';
import { listEvents } from '../../store/events.ts';
import { readLinkKeys } from '../../signing/tokens.ts';
import { renderBookingCalendar } from '../../wording/calendar-file.ts';
import { withTimeout } from '../../base/timeout.ts';
import { type Disclosing, writeDisclosure } from '../disclosure.ts';
import { preparePerson } from './person.ts';
import { BUILD_TIMEOUT_MS, type Prepared, recordAbsent, type SendResult } from '../result.ts';
import { giveUp, sendMail } from '../send-mail.ts';
import { describeVisit } from '../../wording/visit.ts';
import { type DeliveryBy, withFirstSubject } from '../../store/deliveries.ts';

type CustomerDisclosing = Disclosing<DeliveryBy<'customer-email'>>;

/** Sends one e-mail to a customer who left an address. Where the address refuses it, it is dead at once and staff call. */
export async function sendCustomerEmail(disclosing: CustomerDisclosing): Promise<SendResult> {
  const prepared = await withTimeout(prepareCustomerMail(disclosing), BUILD_TIMEOUT_MS);
  if (!prepared.ready) return prepared.result;
  const { env, delivery } = disclosing;
  const result = await sendMail({
    binding: env.CUSTOMER_EMAIL,
    senderAddress: env.SENDER_ADDRESS,
    to: prepared.value.to,
    deliveryId: delivery.id,
    mail: prepared.value.mail,
  });
  return result.fault === 'address' ? giveUp(result.result) : result;
}

async function prepareCustomerMail(
  disclosing: CustomerDisclosing,
): Promise<Prepared<{ mail: Mail; to: string }>> {
  const { env, delivery, now } = disclosing;
  const booking = await findBooking(env.DB, delivery.subjectId);
  if (booking === null) return recordAbsent;
  const person = await preparePerson(env, booking, now);
  if (!person.ready) return person;
  const to = person.value.email;
  if (to === null) {
    return { ready: false, result: { outcome: 'superseded', result: 'no-address' } };
  }
  const mail = await withFirstSubject(env.DB, delivery, await buildMail(disclosing, booking));
  await writeDisclosure(disclosing, 'customer', ['email']);
  return { ready: true, value: { mail, to } };
}

/** A decline is stored as `booking.cancelled`; the customer reads that the company declined. */
function kindOf({ kind }: DeliveryBy<'customer-email'>, { state }: Booking): CustomerBookingKind {
  return kind === 'booking.cancelled' && state === 'declined' ? 'booking.declined' : kind;
}

async function findReason(env: Env, booking: Booking): Promise<string | null> {
  return reasonText((await listEvents(env.DB, booking.id)).at(-1)?.reason ?? null);
}

async function buildMail({ env, delivery }: CustomerDisclosing, booking: Booking): Promise<Mail> {
  const visit = describeVisit(booking);
  const kind = kindOf(delivery, booking);
  const isOff = kind === 'booking.cancelled' || kind === 'booking.declined';
  return renderCustomerBooking(kind, {
    code: booking.code,
    service: visit.service,
    size: visit.size,
    reason: isOff ? await findReason(env, booking) : null,
    ward: visit.ward,
    date: visit.date,
    arrival: visit.arrival,
    url: `${env.PUBLIC_ORIGIN}${await customerPath(readLinkKeys(env.LINK_KEYS), booking)}`,
    calendar:
      kind === 'booking.received' ? null : renderBookingCalendar(env, booking, delivery.createdAt),
  });
}
