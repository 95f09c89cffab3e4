import * as v from 'valibot';
import { findBookableService, services } from '../content/catalogue.ts';
import { type Answers, listServiceFields, parseAnswers, quantityField } from './answers.ts';
import {
  AddressSchema,
  DateSchema,
  EmailSchema,
  type FieldError,
  formField,
  NameSchema,
  NoteSchema,
  PhoneSchema,
  PolicyVersionSchema,
  QuantitySchema,
  type RawFields,
  ServiceIdSchema,
  toFieldErrors,
  WardCodeSchema,
  WindowIdSchema,
} from './fields.ts';
import { isBlank, tidyCode } from '../text.ts';

/** Names of the booking form's fields, in the order of the page. */
export const bookingFieldNames = [
  'service',
  'quantity',
  'ward',
  'address',
  'date',
  'window',
  'slot',
  'day',
  'name',
  'phone',
  'email',
  'note',
  'consent',
  'policy',
  'intent',
  'website',
] as const;

/** Names of the fields that each service that can be booked has to itself. */
export const serviceFieldNames = listServiceFields(services);

/** A booking request as sent by the form, a JSON client or staff on the phone; its output is the stored form. */
export const BookingRequestSchema = v.object({
  service: ServiceIdSchema,
  quantity: QuantitySchema,
  ward: WardCodeSchema,
  address: formField('booking', 'address', AddressSchema),
  date: DateSchema,
  window: WindowIdSchema,
  name: formField('booking', 'name', NameSchema),
  phone: formField('booking', 'phone', PhoneSchema),
  email: formField('booking', 'email', EmailSchema),
  note: formField('booking', 'note', NoteSchema),
  consent: v.pipe(
    v.optional(v.string(), ''),
    v.literal(
      'yes',
      'Đánh dấu vào ô đồng ý để chúng tôi được dùng thông tin này cho việc đặt lịch.',
    ),
  ),
  policy: PolicyVersionSchema,
});

export type BookingRequest = v.InferOutput<typeof BookingRequestSchema> & {
  answers: Answers | null;
};

/** A booking request, or what is wrong with it field by field. */
export function parseBookingRequest(
  raw: RawFields,
): { ok: true; request: BookingRequest } | { ok: false; errors: FieldError[] } {
  const service = findBookableService(tidyCode(raw['service'] ?? ''));
  const ownQuantity = service && quantityField(service);
  const hasOwn = ownQuantity !== undefined && !isBlank(raw[ownQuantity] ?? '');
  const fields = splitSlot(hasOwn ? { ...raw, quantity: raw[ownQuantity] ?? '' } : raw);
  const { answers, errors: wrongAnswers } =
    service === undefined ? { answers: null, errors: [] } : parseAnswers(service, raw);
  const result = v.safeParse(BookingRequestSchema, fields);
  if (result.success && wrongAnswers.length === 0) {
    return { ok: true, request: { ...result.output, answers } };
  }
  const errors = result.success ? [] : toFieldErrors(result.issues);
  const named = errors.map((error) =>
    hasOwn && error.field === 'quantity' ? { ...error, field: ownQuantity } : error,
  );
  const merged = raw['slot'] === undefined ? named : mergeSlotErrors(named);
  return { ok: false, errors: orderErrors([...merged, ...wrongAnswers]) };
}

/** Mistakes about the service itself, its size and its answers come first, as they stand on the page. */
function orderErrors(errors: readonly FieldError[]): FieldError[] {
  const isOfService = ({ field }: FieldError) =>
    field === 'service' || field === 'quantity' || serviceFieldNames.includes(field);
  return [...errors.filter(isOfService), ...errors.filter((error) => !isOfService(error))];
}

/** `slot` = `<date>/<window>` taken apart into `date` and `window`, unless it is blank; other fields as they are. */
export function splitSlot(raw: RawFields): RawFields {
  const slot = raw['slot'];
  if (slot === undefined || isBlank(slot)) return raw;
  const [date = '', window = ''] = slot.split('/');
  return { ...raw, date, window };
}

/** A form with one control `slot` shows the mistakes of day and window as one mistake of `window`. */
function mergeSlotErrors(errors: FieldError[]): FieldError[] {
  const rest = errors.filter(({ field }) => field !== 'date' && field !== 'window');
  if (rest.length === errors.length) return errors;
  const at = errors.findIndex(({ field }) => field === 'date' || field === 'window');
  const merged = { field: 'window', message: 'Chọn ngày và khung giờ trong danh sách.' };
  return [...rest.slice(0, at), merged, ...rest.slice(at)];
}
