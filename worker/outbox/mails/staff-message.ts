import { bookingRules } from '../../../shared/content/catalogue.ts';
import { contactKinds } from '../../../shared/forms/contact.ts';
import type { Mail } from '../../emails/mail.ts';
import { renderStaffMessage } from '../../emails/staff-message.ts';
import { findMessage } from '../../store/messages.ts';
import { type Disclosing, writeDisclosure } from '../disclosure.ts';
import { preparePerson, describeMailed } from './person.ts';
import { type Prepared, recordAbsent } from '../result.ts';
import { prepareStaffMailing, staffUrl } from '../../wording/report-lines.ts';

/** Builds the staff e-mail of a contact message; the disclosure is written before anything is sent. */
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
    url: await staffUrl(await prepareStaffMailing(env, now), message),
    person: shown.rows,
  });
  await writeDisclosure(disclosing, 'office', shown.fields);
  return { ready: true, value: mail };
}
