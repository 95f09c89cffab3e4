import type { SystemMailContent, Mail } from '../../emails/mail.ts';
import { withTimeout } from '../../base/timeout.ts';
import type { Disclosing } from '../disclosure.ts';
import { BUILD_TIMEOUT_MS, type Prepared, type SendResult } from '../result.ts';
import { sendMail } from '../send-mail.ts';
import { prepareStaffBookingMail } from './staff-booking.ts';
import { prepareStaffMessageMail } from './staff-message.ts';
import { systemMails } from './system.ts';
import { type DeliveryBy, withFirstSubject } from '../../store/deliveries.ts';

type StaffDelivery = DeliveryBy<'staff-email'>;
type SystemDelivery = Extract<StaffDelivery, { subjectKind: 'system' }>;

/** The attempt from which on the second address is tried too. */
const SECOND_ADDRESS_FROM = 3;

/** Sends one e-mail to staff: to the first address, and to the second where the first is refused or keeps failing. */
export async function sendStaffEmail(disclosing: Disclosing<StaffDelivery>): Promise<SendResult> {
  const prepared = await withTimeout(prepareMail(disclosing), BUILD_TIMEOUT_MS);
  if (!prepared.ready) return prepared.result;
  const { mail, address } = prepared.value;
  const { env, delivery } = disclosing;
  const post = (to: string) =>
    sendMail({
      binding: env.STAFF_EMAIL,
      senderAddress: env.SENDER_ADDRESS,
      to,
      deliveryId: delivery.id,
      mail,
    });
  if (address === 'second') return post(env.STAFF_SECOND_ADDRESS || env.STAFF_ADDRESS);
  const first = await post(env.STAFF_ADDRESS);
  if (first.outcome === 'delivered') return { ...first, firstAddress: 'working' };
  const failing = first.fault === 'address' || delivery.attempts >= SECOND_ADDRESS_FROM;
  if (!failing) return first;
  const firstAddress = 'failing';
  // Where the mail service itself fails, nothing is known of the address.
  const failed: SendResult = first.fault === 'address' ? { ...first, firstAddress } : first;
  if (env.STAFF_SECOND_ADDRESS === '') return failed;
  const second = await post(env.STAFF_SECOND_ADDRESS);
  return second.outcome === 'delivered'
    ? { outcome: 'delivered', result: 'second-address', firstAddress }
    : failed;
}

async function prepareMail(
  disclosing: Disclosing<StaffDelivery>,
): Promise<Prepared<SystemMailContent>> {
  const prepared = await buildMail(disclosing);
  if (!prepared.ready) return prepared;
  const { mail, address } = prepared.value;
  const { env, delivery } = disclosing;
  return { ready: true, value: { mail: await withFirstSubject(env.DB, delivery, mail), address } };
}

async function buildMail(
  disclosing: Disclosing<StaffDelivery>,
): Promise<Prepared<SystemMailContent>> {
  const { delivery } = disclosing;
  switch (delivery.subjectKind) {
    case 'booking':
      return toFirst(await prepareStaffBookingMail({ ...disclosing, delivery }));
    case 'message':
      return toFirst(await prepareStaffMessageMail({ ...disclosing, delivery }));
    case 'system':
      return prepareSystemMail({ ...disclosing, delivery });
  }
}

function toFirst(prepared: Prepared<Mail>): Prepared<SystemMailContent> {
  if (!prepared.ready) return prepared;
  return { ready: true, value: { mail: prepared.value, address: 'first' } };
}

async function prepareSystemMail({
  env,
  delivery,
  now,
}: Disclosing<SystemDelivery>): Promise<Prepared<SystemMailContent>> {
  const mail = await systemMails[delivery.kind](env, delivery, now);
  return mail === null
    ? { ready: false, result: { outcome: 'superseded', result: 'nothing-to-say' } }
    : { ready: true, value: mail };
}
