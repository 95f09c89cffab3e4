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

type Corrected = v.InferOutput<typeof CorrectionSchema>;

/** Details put right; what need not be filled in is there only where it was sent. */
export type Correction = Omit<Corrected, 'email' | 'note'> &
  Partial<Pick<Corrected, 'email' | 'note'>>;

/** Details put right, or what is wrong with them field by field. */
export function parseCorrection(
  raw: RawFields,
): { ok: true; correction: Correction } | { ok: false; errors: FieldError[] } {
  const result = v.safeParse(CorrectionSchema, raw);
  if (!result.success) return { ok: false, errors: toFieldErrors(result.issues) };
  const { email, note, ...needed } = result.output;
  const correction: Correction = {
    ...needed,
    ...(raw['email'] === undefined ? {} : { email }),
    ...(raw['note'] === undefined ? {} : { note }),
  };
  return { ok: true, correction };
}
