import {
  eitherOf,
  type FormName,
  type PersonalField,
  personalFields,
  type RecipientName,
} from './register.ts';

/** Every field of personal data, in the order of the register. */
export function listFields(): PersonalField[] {
  return Object.keys(personalFields) as PersonalField[];
}

/** The fields that a form asks for. */
export function fieldsOf(form: FormName): PersonalField[] {
  return listFields().filter((field) => isAsked(form, field));
}

/** Whether a form asks for a field. */
export function isAsked(form: FormName, field: PersonalField): boolean {
  const forms: readonly FormName[] = personalFields[field].forms;
  return forms.includes(form);
}

/** Whether a form cannot be sent without a field. */
export function isRequired(form: FormName, field: PersonalField): boolean {
  const required: Partial<Record<FormName, boolean>> = personalFields[field].required;
  return required[form] === true;
}

/** Whether a field is one of those of which a form needs at least one. */
export function isEither(form: FormName, field: PersonalField): boolean {
  const either: readonly PersonalField[] = eitherOf[form];
  return either.includes(field);
}

/** How a form asks for a field; what may be left empty says so. */
export function askFor(form: FormName, field: PersonalField): string {
  const { label, asks = {} }: { label: string; asks?: Partial<Record<FormName, string>> } =
    personalFields[field];
  const isNeeded = isRequired(form, field) || isEither(form, field);
  return `${asks[form] ?? label}${isNeeded ? '' : ' (nếu có)'}`;
}

/** The fields that may reach a recipient. */
export function fieldsFor(recipient: RecipientName): PersonalField[] {
  return listFields().filter((field) => mayReceive(recipient, field));
}

/** Whether a field may reach a recipient. */
export function mayReceive(recipient: RecipientName, field: PersonalField): boolean {
  const recipients: readonly RecipientName[] = personalFields[field].recipients;
  return recipients.includes(recipient);
}

/** What a recipient may receive out of values or checks named by their field; everything else is left out. */
export function pickFieldsFor<T extends Partial<Record<PersonalField, unknown>>>(
  recipient: RecipientName,
  values: T,
): T {
  const kept = Object.entries(values).filter(([field]) =>
    mayReceive(recipient, field as PersonalField),
  );
  return Object.fromEntries(kept) as T;
}
