import * as v from 'valibot';
import { listedServices } from '../content/catalogue.ts';
import type { VisitService } from '../jobs/visit.ts';
import { quantityField } from './answers.ts';
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
export type Correction = Partial<v.InferOutput<typeof CorrectionSchema>> & {
  /** Sizes by the ids of their services, where a visit has several. */
  sizes?: Readonly<Record<string, number | null>>;
};

/** Names of the fields that put the sizes of a visit of several services right, one a service. */
export const sizeFieldNames = listedServices.map(quantityField);

/** Details put right, or what is wrong with them field by field. A form may send any of the fields. */
export function parseCorrection(
  raw: RawFields,
): { ok: true; correction: Correction } | { ok: false; errors: FieldError[] } {
  const result = v.safeParse(v.partial(CorrectionSchema), raw);
  const { sizes, errors } = parseSizes(raw);
  if (result.success && errors.length === 0) {
    return { ok: true, correction: { ...result.output, sizes } };
  }
  return {
    ok: false,
    errors: [...(result.success ? [] : toFieldErrors(result.issues)), ...errors],
  };
}

/** The sizes of services, by their ids, in the fields `quantity.<id>`. */
function parseSizes(raw: RawFields) {
  const errors: FieldError[] = [];
  const sizes: Record<string, number | null> = {};
  for (const { id } of listedServices) {
    const field = quantityField({ id });
    if (raw[field] === undefined) continue;
    const size = v.safeParse(QuantitySchema, raw[field]);
    if (size.success) sizes[id] = size.output;
    else errors.push({ field, message: size.issues[0].message });
  }
  return { sizes, errors };
}

/** The services of a visit with the sizes put right: `quantity` is that of the one service, `sizes` those of several. */
export function correctSizes(
  services: readonly VisitService[],
  { quantity, sizes }: Pick<Correction, 'quantity' | 'sizes'>,
): VisitService[] {
  const typed = (id: string) => (services.length === 1 ? quantity : sizes?.[id]);
  return services.map((service) => {
    const size = typed(service.id);
    return size === undefined ? service : { ...service, quantity: size };
  });
}
