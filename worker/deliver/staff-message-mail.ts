import { bookingRules } from '../../shared/catalogue.ts';
import { contactKinds } from '../../shared/contact.ts';
import type { Person } from '../../shared/person.ts';
import { formatPhone, maskPhone } from '../../shared/phone.ts';
import type { Mail } from '../emails/mail.ts';
import { renderStaffMessage, type StaffMessage } from '../emails/staff-message.ts';
import { staffPath } from '../links.ts';
import type { DisclosedField } from '../store/disclosures.ts';
import { findMessage } from '../store/messages.ts';
import { readLinkKeys } from '../tokens.ts';
import { type Disclosing, writeLedger } from './ledger.ts';
import { preparePerson } from './person.ts';
import { type Prepared, recordAbsent } from './result.ts';

/** Builds the staff e-mail of a contact message, the ledger written before anything leaves. */
export async function prepareStaffMessageMail(
  disclosing: Disclosing,
  setting: typeof bookingRules.staffEmail = bookingRules.staffEmail,
): Promise<Prepared<Mail>> {
  const { env, delivery, now } = disclosing;
  const message = await findMessage(env.DB, delivery.subjectId);
  if (message === null) return recordAbsent;
  const opened = await preparePerson(env, message, now);
  if (!opened.ready) return opened;
  const mail = await renderStaffMessage({
    code: message.code,
    kind: contactKinds[message.kind],
    dueOn: message.dueOn,
    url: `${env.PUBLIC_ORIGIN}${await staffPath(readLinkKeys(env.LINK_KEYS), message)}`,
    ...(setting === 'full' ? showPerson(opened.value) : maskPerson(opened.value)),
  });
  await writeLedger(disclosing, 'office', listFields(opened.value, setting));
  return { ready: true, value: mail };
}

type ShownPerson = Pick<StaffMessage, 'phone' | 'person'>;

function showPerson({ name, phone, email, message }: Person): ShownPerson {
  return {
    phone: phone === null ? null : formatPhone(phone),
    person: { name, email, message: message ?? '' },
  };
}

function maskPerson({ phone }: Person): ShownPerson {
  return { phone: phone === null ? null : maskPhone(phone), person: null };
}

function listFields(person: Person, setting: typeof bookingRules.staffEmail): DisclosedField[] {
  if (setting === 'masked') return person.phone === null ? [] : ['maskedPhone'];
  return (['name', 'phone', 'email', 'message'] as const).filter((field) => person[field] !== null);
}
