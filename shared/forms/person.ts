import { listFields } from '../privacy/register-fields.ts';
import type { PersonalField } from '../privacy/register.ts';

/** The personal details of one record, sealed as one blob; fields that a form does not ask for are null. */
export interface Person {
  name: string;
  /** E.164, or null where a message left only an e-mail address. */
  phone: string | null;
  /** The retired 11-digit number that was typed, shown beside its new form. */
  retiredPhone: string | null;
  email: string | null;
  address: string | null;
  note: string | null;
  message: string | null;
}

/** The fields of a person that hold something, as the ledger names them. */
export function filledFields(person: Person): PersonalField[] {
  return listFields().filter((field) => person[field] !== null);
}
