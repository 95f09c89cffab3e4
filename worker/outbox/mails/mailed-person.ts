import type { bookingRules } from '../../../shared/content/catalogue.ts';
import type { Person } from '../../../shared/forms/person.ts';
import { formatPhone, maskPhone } from '../../../shared/phone.ts';
import {
  type FormName,
  mailedFields,
  type PersonalField,
  personalFields,
} from '../../../shared/privacy/register.ts';
import { mayReceive } from '../../../shared/privacy/register-fields.ts';
import type { DisclosedField } from '../../store/disclosures.ts';

/** What a staff e-mail shows of its person, and the same as the ledger names it. */
export interface MailedPerson {
  rows: readonly (readonly [label: string, value: string])[];
  fields: readonly DisclosedField[];
}

/** What the settings and the register let a staff e-mail show of a person: a masked number, or the mailed fields in full. */
export function describeMailed(
  person: Person,
  form: FormName,
  setting: typeof bookingRules.staffEmail,
): MailedPerson {
  const wanted: readonly PersonalField[] = setting === 'full' ? mailedFields[form] : ['phone'];
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
