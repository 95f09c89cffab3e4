import * as v from 'valibot';
import { asked } from '../privacy/asked.ts';
import { findWindow } from '../jobs/availability.ts';
import { bookingRules } from '../content/catalogue.ts';
import {
  AddressSchema,
  DateSchema,
  EmailSchema,
  type FieldError,
  NameSchema,
  NoteSchema,
  PhoneSchema,
  QuantitySchema,
  type RawFields,
  ServiceIdSchema,
  toFieldErrors,
  WardCodeSchema,
} from './fields.ts';
import { PolicyVersionSchema } from '../privacy/policies.ts';

/** Names of the booking form's fields, in the order of the page. */
export const bookingFieldNames = [
  'service',
  'quantity',
  'ward',
  'address',
  'date',
  'window',
  'slot',
  'name',
  'phone',
  'email',
  'note',
  'consent',
  'policy',
  'intent',
  'website',
] as const;

/** A booking request as sent from the form, a JSON client or a phone call: validated and in stored form. */
export const BookingRequestSchema = v.object({
  service: ServiceIdSchema,
  quantity: QuantitySchema,
  ward: WardCodeSchema,
  address: asked('booking', 'address', AddressSchema),
  date: DateSchema,
  window: v.pipe(
    v.optional(v.string(), ''),
    v.trim(),
    v.nonEmpty('Chọn khung giờ.'),
    v.check(
      (id) => findWindow(bookingRules, id) !== undefined,
      'Khung giờ này không có. Chọn một khung giờ trong danh sách.',
    ),
  ),
  name: asked('booking', 'name', NameSchema),
  phone: asked('booking', 'phone', PhoneSchema),
  email: asked('booking', 'email', EmailSchema),
  note: asked('booking', 'note', NoteSchema),
  consent: v.pipe(
    v.optional(v.string(), ''),
    v.literal(
      'yes',
      'Đánh dấu vào ô đồng ý để chúng tôi được dùng thông tin này cho việc đặt lịch.',
    ),
  ),
  policy: PolicyVersionSchema,
});

/** A valid booking request. */
export type BookingRequest = v.InferOutput<typeof BookingRequestSchema>;

/** A booking request, or what is wrong with it field by field. */
export function parseBookingRequest(
  raw: RawFields,
): { ok: true; request: BookingRequest } | { ok: false; errors: FieldError[] } {
  const fields = splitSlot(raw);
  const result = v.safeParse(BookingRequestSchema, fields);
  if (result.success) return { ok: true, request: result.output };
  const errors = toFieldErrors(result.issues);
  const named = raw['slot'] === undefined ? errors : mergeSlotErrors(errors);
  return { ok: false, errors: named };
}

/** `slot` = `<date>/<window>` taken apart into `date` and `window`, unless it is empty; other fields as they are. */
export function splitSlot(raw: RawFields): RawFields {
  const slot = raw['slot'];
  if (slot === undefined || slot === '') return raw;
  const [date = '', window = ''] = slot.split('/');
  return { ...raw, date, window };
}

/** With one control for day and window, its mistakes are named `window`. */
function mergeSlotErrors(errors: FieldError[]): FieldError[] {
  const rest = errors.filter(({ field }) => field !== 'date' && field !== 'window');
  if (rest.length === errors.length) return errors;
  const at = errors.findIndex(({ field }) => field === 'date' || field === 'window');
  const merged = { field: 'window', message: 'Chọn ngày và khung giờ trong danh sách.' };
  return [...rest.slice(0, at), merged, ...rest.slice(at)];
}
