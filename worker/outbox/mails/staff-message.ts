import { bookingRules } from '../../../shared/content/catalogue.ts';
import { contactKinds } from '../../../shared/forms/contact.ts';
import type { Mail } from '../../emails/mail.ts';
import { renderStaffMessage } from '../../emails/staff-message.ts';
import { staffPath } from '../../signing/links.ts';
import { findMessage } from '../../store/messages.ts';
import { readLinkKeys } from '../../signing/tokens.ts';
import { type Disclosing, writeLedger } from '../disclosure.ts';
import { preparePerson, describeMailed } from './person.ts';
import { type Prepared, recordAbsent } from '../result.ts';

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
  const shown = describeMailed(opened.value, 'contact', setting);
  const mail = await renderStaffMessage({
    code: message.code,
    kind: contactKinds[message.kind],
    dueOn: message.dueOn,
    url: `${env.PUBLIC_ORIGIN}${await staffPath(readLinkKeys(env.LINK_KEYS), message)}`,
    person: shown.rows,
  });
  await writeLedger(disclosing, 'office', shown.fields);
  return { ready: true, value: mail };
}
