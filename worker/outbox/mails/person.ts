import type { Person } from '../../../shared/forms/person.ts';
import type { OpenedRecord, SealedRecord } from '../../personal-data/read-person.ts';
import type { Prepared, Sources } from '../prepare.ts';
import { type SendResult, tryAgain } from '../result.ts';
import type { bookingRules } from '../../../shared/content/catalogue.ts';
import { formatPhone, maskPhone } from '../../../shared/phone.ts';
import {
  type FormName,
  type PersonalField,
  personalFields,
} from '../../../shared/privacy/register.ts';
import { fieldsInStaffEmail, mayReceive } from '../../../shared/privacy/register-fields.ts';
import type { DisclosedField } from '../../store/disclosures.ts';

/** Opens a record's details for a delivery, or says how the attempt ends without them. */
export async function preparePerson(
  records: Sources,
  record: SealedRecord,
): Promise<Prepared<Person>> {
  const opened = await records.open(record);
  return opened.state === 'open'
    ? { ready: true, value: opened.person }
    : { ready: false, result: closedResults[opened.state] };
}

/** A key that is new may be seen at the next attempt. A lost one needs a person. An erased record has nothing left to say. */
const closedResults: Readonly<Record<Exclude<OpenedRecord['state'], 'open'>, SendResult>> = {
  'key-spreading': tryAgain('again', 'key-not-seen'),
  ended: { outcome: 'dead', result: 'key-absent' },
  erased: { outcome: 'superseded', result: 'erased' },
};

/** What a staff e-mail shows of a person, and the same as the record of disclosures names it. */
interface MailedPerson {
  rows: readonly (readonly [label: string, value: string])[];
  fields: readonly DisclosedField[];
}

/** What a staff e-mail shows of a person by the settings and the register: the masked number, or the mailed fields in full. */
export function describeMailed(
  person: Person,
  form: FormName,
  setting: typeof bookingRules.staffEmail,
): MailedPerson {
  const wanted: readonly PersonalField[] =
    setting === 'full' ? fieldsInStaffEmail(form) : ['phone'];
  const shown = wanted.flatMap((field) => {
    const value = person[field];
    return value === null || !mayReceive('office', field) ? [] : [{ field, value }];
  });
  if (setting === 'masked') {
    return {
      rows: shown.map(({ field, value }) => [personalFields[field].label, maskPhone(value)]),
      fields: shown.map(() => 'maskedPhone'),
    };
  }
  return {
    rows: shown.map(({ field, value }) => [
      personalFields[field].label,
      field === 'phone' ? formatPhone(value) : value,
    ]),
    fields: shown.map(({ field }) => field),
  };
}
