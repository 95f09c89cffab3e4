import {
  type FieldEntry,
  type FormName,
  type Need,
  type PersonalField,
  personalFields,
  type RecipientName,
} from './register.ts';

/** Names of all personal fields, in the order of the register. */
export function listFields(): PersonalField[] {
  return Object.keys(personalFields) as PersonalField[];
}

export function fieldsOf(form: FormName): PersonalField[] {
  return listFields().filter((field) => isAsked(form, field));
}

export function isAsked(form: FormName, field: PersonalField): boolean {
  return registerEntry(field).forms.includes(form);
}

/** Whether a form needs a field; "never" for one that it does not ask for. */
export function needOf(form: FormName, field: PersonalField): Need {
  return registerEntry(field).needed[form] ?? 'never';
}

/** Whether a form cannot be sent without a field. */
export function isRequired(form: FormName, field: PersonalField): boolean {
  return needOf(form, field) === 'always';
}

/** The fields of which a form needs at least one, though it can be sent without any single one. */
export function alternativesOf(form: FormName): PersonalField[] {
  return listFields().filter((field) => needOf(form, field) === 'oneOf');
}

/** How a form asks for a field; a label that may be left empty ends in "(nếu có)". */
export function askFor(form: FormName, field: PersonalField): string {
  const { label, asks } = registerEntry(field);
  return `${asks?.[form] ?? label}${needOf(form, field) === 'never' ? ' (nếu có)' : ''}`;
}

/** The fields that the staff e-mail about a form's record holds where `staffEmail` is "full". */
export function fieldsInStaffEmail(form: FormName): PersonalField[] {
  return listFields().filter((field) => registerEntry(field).staffEmail.includes(form));
}

/** The keys of a sealed person that are no field by themselves, each with the field it is stored and erased with. */
export function listCompanions(): { name: string; field: PersonalField }[] {
  return listFields().flatMap((field) =>
    (registerEntry(field).companions ?? []).map((name) => ({ name, field })),
  );
}

export function fieldsFor(recipient: RecipientName): PersonalField[] {
  return listFields().filter((field) => mayReceive(recipient, field));
}

export function mayReceive(recipient: RecipientName, field: PersonalField): boolean {
  return registerEntry(field).recipients.includes(recipient);
}

/** The entries of `values` that the register lets a recipient have. Any key may be missing from the result. */
export function pickFieldsFor<T extends Partial<Record<PersonalField, unknown>>>(
  recipient: RecipientName,
  values: T,
): Partial<T> {
  const kept = Object.entries(values).filter(([field]) =>
    mayReceive(recipient, field as PersonalField),
  );
  return Object.fromEntries(kept) as Partial<T>;
}

/** A field's entry by its declared type: `personalFields` alone has a type of its own for each field. */
export function registerEntry(field: PersonalField): FieldEntry {
  return personalFields[field];
}
