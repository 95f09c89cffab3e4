import * as v from 'valibot';
import { asked } from './asked.ts';
import {
  AddressSchema,
  type FieldError,
  NameSchema,
  PhoneSchema,
  QuantitySchema,
  type RawFields,
  toFieldErrors,
} from './fields.ts';

/** What a customer can put right by themselves, by the rules of the booking form. */
const CorrectionSchema = v.object({
  name: asked('booking', 'name', NameSchema),
  phone: asked('booking', 'phone', PhoneSchema),
  address: asked('booking', 'address', AddressSchema),
  quantity: QuantitySchema,
});

/** Names of the fields that a customer can put right, in the order of the page. */
export const correctionFieldNames = ['name', 'phone', 'address', 'quantity'] as const;

/** Details put right. */
export type Correction = v.InferOutput<typeof CorrectionSchema>;

/** Details put right, or what is wrong with them field by field. */
export function parseCorrection(
  raw: RawFields,
): { ok: true; correction: Correction } | { ok: false; errors: FieldError[] } {
  const result = v.safeParse(CorrectionSchema, raw);
  return result.success
    ? { ok: true, correction: result.output }
    : { ok: false, errors: toFieldErrors(result.issues) };
}
