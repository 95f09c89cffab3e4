import type { SystemMailContent } from '../../emails/mail.ts';
import type { DeliveryBy } from '../../store/deliveries.ts';
import { nameMail, sendMail } from '../send-mail.ts';
import type { Prepared, Preparing, Sending, StaffMail } from '../prepare.ts';
import type { SendResult } from '../result.ts';
import { prepareStaffBookingMail } from './staff-booking.ts';
import { prepareStaffMessageMail } from './staff-message.ts';
import { systemMails } from './system.ts';

type StaffDelivery = DeliveryBy<'staff-email'>;
type SystemDelivery = Extract<StaffDelivery, { subjectKind: 'system' }>;

/** The attempt from which on the second address is tried too. */
const SECOND_ADDRESS_FROM = 3;

/** Builds one e-mail to staff. */
export async function prepareStaffEmail(
  preparing: Preparing<StaffDelivery>,
): Promise<Prepared<Sending>> {
  const prepared = await buildMail(preparing);
  if (!prepared.ready) return prepared;
  const { fields, address } = prepared.value;
  const mail = nameMail(prepared.value.mail, preparing.delivery);
  return {
    ready: true,
    value: {
      disclosed: fields === null ? null : { recipient: 'office', fields },
      subject: mail.subject,
      send: () => sendStaffEmail(preparing, { mail, address }),
    },
  };
}

/** Sends to the first address, and to the second where the first is refused or keeps failing. */
async function sendStaffEmail(
  { env, delivery }: Preparing<StaffDelivery>,
  { mail, address }: SystemMailContent,
): Promise<SendResult> {
  const post = (to: string) =>
    sendMail({
      binding: env.STAFF_EMAIL,
      senderAddress: env.SENDER_ADDRESS,
      to,
      deliveryId: delivery.id,
      mail,
    });
  if (address === 'owner') return post(env.OWNER_ADDRESS);
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

async function buildMail(preparing: Preparing<StaffDelivery>): Promise<Prepared<StaffMail>> {
  const { delivery } = preparing;
  switch (delivery.subjectKind) {
    case 'booking':
      return prepareStaffBookingMail({ ...preparing, delivery });
    case 'message':
      return prepareStaffMessageMail({ ...preparing, delivery });
    case 'system':
      return prepareSystemMail({ ...preparing, delivery });
  }
}

async function prepareSystemMail({
  env,
  delivery,
  now,
}: Preparing<SystemDelivery>): Promise<Prepared<StaffMail>> {
  const mail = await systemMails[delivery.kind](env, delivery, now);
  return mail === null
    ? { ready: false, result: { outcome: 'superseded', result: 'nothing-to-say' } }
    : { ready: true, value: { ...mail, fields: null } };
}
