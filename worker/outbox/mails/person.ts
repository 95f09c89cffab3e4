import type { Person } from '../../../shared/forms/person.ts';
import { isKeySpreading, openPerson, openKeyStore } from '../../personal-data/key-store.ts';
import { type Prepared, tryAgain } from '../result.ts';
import type { bookingRules } from '../../../shared/content/catalogue.ts';
import { formatPhone, maskPhone } from '../../../shared/phone.ts';
import {
  type FormName,
  type PersonalField,
  personalFields,
} from '../../../shared/privacy/register.ts';
import { fieldsInStaffEmail, mayReceive } from '../../../shared/privacy/register-fields.ts';
import type { DisclosedField } from '../../store/disclosures.ts';

/** A record whose details are wanted. */
export interface SealedRecord {
  id: string;
  sealed: Uint8Array;
  createdAt: Date;
  erasedAt: Date | null;
}

/**
 * Opens a record's details for a delivery. An absent key on a young record is tried again; on an erased record the delivery
 * has nothing left to say; otherwise it is a dead letter that a person must see.
 */
export async function preparePerson(
  env: Env,
  record: SealedRecord,
  now: Date,
): Promise<Prepared<Person>> {
  if (record.erasedAt !== null) return { ready: false, result: erased };
  const opened = await openPerson(openKeyStore(env), record.id, record.sealed);
  if (opened.state === 'open') return { ready: true, value: opened.person };
  const young = isKeySpreading(record.createdAt, now);
  return {
    ready: false,
    result: young ? tryAgain('again', 'key-not-seen') : { outcome: 'dead', result: 'key-absent' },
  };
}

const erased = { outcome: 'superseded', result: 'erased' } as const;

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
