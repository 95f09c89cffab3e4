import * as v from 'valibot';
import {
  AddressSchema,
  EmailSchema,
  type FieldError,
  formField,
  NameSchema,
  NoteSchema,
  PhoneSchema,
  QuantitySchema,
  type RawFields,
  toFieldErrors,
} from './fields.ts';

/** What a customer can put right by themselves, by the rules of the booking form. */
const CorrectionSchema = v.object({
  name: formField('booking', 'name', NameSchema),
  phone: formField('booking', 'phone', PhoneSchema),
  address: formField('booking', 'address', AddressSchema),
  quantity: QuantitySchema,
  email: formField('booking', 'email', EmailSchema),
  note: formField('booking', 'note', NoteSchema),
});

/** Names of the fields that a customer can put right, in the order of the page. */
export const correctionFieldNames = [
  'name',
  'phone',
  'address',
  'quantity',
  'email',
  'note',
] as const;

export type CorrectionField = (typeof correctionFieldNames)[number];

/** Details put right; what was not sent stays as it is. */
export type Correction = Partial<v.InferOutput<typeof CorrectionSchema>>;

/** Details put right, or what is wrong with them field by field. A form may send any of the fields. */
export function parseCorrection(
  raw: RawFields,
): { ok: true; correction: Correction } | { ok: false; errors: FieldError[] } {
  const result = v.safeParse(v.partial(CorrectionSchema), raw);
  return result.success
    ? { ok: true, correction: result.output }
    : { ok: false, errors: toFieldErrors(result.issues) };
}
