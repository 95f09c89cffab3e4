import { bookingRules } from '../../../shared/content/catalogue.ts';
import { renderStaffMessage } from '../../emails/staff-message.ts';
import { preparePerson, describeMailed } from './person.ts';
import { type Prepared, type Preparing, recordAbsent, type StaffMail } from '../prepare.ts';
import type { DeliveryBy } from '../../store/deliveries.ts';
import { countPhotos } from './count-photos.ts';
import { staffKindName } from '../../wording/staff.ts';
import { staffUrl } from '../../wording/report-lines.ts';

/** Builds the staff e-mail of a contact message. */
export async function prepareStaffMessageMail(
  {
    env,
    delivery,
    records,
  }: Preparing<Extract<DeliveryBy<'staff-email'>, { subjectKind: 'message' }>>,
  setting: typeof bookingRules.staffEmail = bookingRules.staffEmail,
): Promise<Prepared<StaffMail>> {
  const message = records.findMessage(delivery.subjectId);
  if (message === null) return recordAbsent;
  const opened = await preparePerson(records, message);
  if (!opened.ready) return opened;
  const shown = describeMailed(opened.value, 'contact', setting);
  const mail = await renderStaffMessage(delivery.kind, {
    code: message.code,
    kind: staffKindName(message),
    dueOn: message.dueOn,
    photos: delivery.kind === 'message.photos' ? await countPhotos(env, message.id) : 0,
    url: await staffUrl(records.mailing(), message),
    person: shown.rows,
  });
  return { ready: true, value: { mail, address: 'first', fields: shown.fields } };
}
