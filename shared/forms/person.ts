import * as v from 'valibot';
import { formatPhone } from '../phone.ts';
import { listFields } from '../privacy/register-fields.ts';
import type { PersonalField } from '../privacy/register.ts';

/** Null where the form does not ask for it, it was left empty, or the record was sealed before the field existed. */
const optionalText = v.optional(v.nullable(v.string()), null);

/** The personal details of one record, sealed as one JSON text. Keys that are no longer known are dropped on opening. */
export const PersonSchema = v.object({
  name: v.string(),
  /** E.164. */
  phone: optionalText,
  /** The retired 11-digit number that was typed, shown beside its new form. */
  retiredPhone: optionalText,
  /** The number that the request was sent with, E.164, where a correction changed it: staff can still call whoever sent it. */
  formerPhone: optionalText,
  email: optionalText,
  /** House number and street, without the ward. */
  address: optionalText,
  note: optionalText,
  /** What staff wrote down about the job; its customer sees it with their data. */
  staffNote: optionalText,
  message: optionalText,
  /** What the newest price covers, and what the newest agreed one does where that is an older one. */
  covers: optionalText,
  agreedCovers: optionalText,
  ratingWords: optionalText,
});

export type Person = v.InferOutput<typeof PersonSchema>;

/** A person as the fields of the booking form hold it, empty where it is not known. */
export function personToFields({ name, phone, address, email, note }: Person) {
  return {
    name,
    phone: phone === null ? '' : formatPhone(phone),
    address: address ?? '',
    email: email ?? '',
    note: note ?? '',
  };
}

/** The fields of a person that hold something. */
export function filledFields(person: Person): PersonalField[] {
  return listFields().filter((field) => person[field] !== null);
}
