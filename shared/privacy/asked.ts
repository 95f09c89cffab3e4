import * as v from 'valibot';
import type { FormName, PersonalField, personalFields } from './register.ts';
import { isAsked, isRequired } from './register-fields.ts';
import { tidyText } from '../text.ts';

type Text = v.GenericSchema<string | undefined, unknown>;

type Required<Form extends FormName, Field extends PersonalField> =
  (typeof personalFields)[Field]['required'] extends Record<Form, true> ? true : false;

/** A field as a form takes it: what the register requires is never null. */
type Asked<
  Form extends FormName,
  Field extends PersonalField,
  Schema extends Text,
> = v.GenericSchema<
  string | undefined,
  Required<Form, Field> extends true ? v.InferOutput<Schema> : v.InferOutput<Schema> | null
>;

/** The check of a field as the register has a form ask for it: required, null where left empty, or not taken at all. */
export function asked<Form extends FormName, Field extends PersonalField, Schema extends Text>(
  form: Form,
  field: Field,
  schema: Schema,
): Asked<Form, Field, Schema> {
  const text = v.optional(v.string(), '');
  const isTaken = isAsked(form, field);
  const check: Text =
    isTaken && isRequired(form, field)
      ? schema
      : v.pipe(
          text,
          v.transform((typed) => (!isTaken || tidyText(typed) === '' ? null : typed)),
          v.nullable(schema as v.GenericSchema<string, unknown>),
        );
  return check;
}
