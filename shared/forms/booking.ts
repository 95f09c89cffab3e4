import * as v from 'valibot';
import { services } from '../content/catalogue.ts';
import type { VisitKind } from '../content/services.ts';
import type { VisitService } from '../jobs/visit.ts';
import { listServiceFields } from './answers.ts';
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
  type RawFields,
  toFieldErrors,
  WardCodeSchema,
  WindowIdSchema,
} from './fields.ts';
import { isBlank } from '../text.ts';
import type { Rhythm } from '../jobs/rhythm.ts';
import { parseRepeat } from './repeat.ts';
import { parseServices } from './services.ts';

/** Names of the booking form's fields, in the order of the page. */
export const bookingFieldNames = [
  'service',
  'quantity',
  'repeat',
  'ward',
  // What was typed to find the ward by, which the form gives back where none was chosen.
  'wardName',
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

/** A booking request apart from its services, as sent by the form, a JSON client or staff on the phone. */
const BookingRequestSchema = v.object({
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
      'Anh/chị chưa đánh dấu ô đồng ý. Có đồng ý, chúng tôi mới được dùng thông tin này để nhận đặt lịch.',
    ),
  ),
  policy: PolicyVersionSchema,
});

export type BookingRequest = v.InferOutput<typeof BookingRequestSchema> & {
  visit: VisitKind;
  services: VisitService[];
  /** How often the visit is to come again; null where it is once. */
  repeat: Rhythm | null;
};

/** A booking request, or what is wrong with it field by field in the order of the page; `agreed` as for `parseServices`. */
export function parseBookingRequest(
  raw: RawFields,
  agreed?: VisitKind,
): { ok: true; request: BookingRequest } | { ok: false; errors: FieldError[] } {
  const { visit, services: chosen, errors: serviceErrors } = parseServices(raw, agreed);
  const { repeat, errors: repeatErrors } = parseRepeat(raw['repeat'], { visit, services: chosen });
  const errors = [...serviceErrors, ...repeatErrors];
  const result = v.safeParse(BookingRequestSchema, splitSlot(raw));
  if (result.success && errors.length === 0) {
    return { ok: true, request: { ...result.output, visit, services: chosen, repeat } };
  }
  const rest = result.success ? [] : toFieldErrors(result.issues);
  return {
    ok: false,
    errors: [...errors, ...(raw['slot'] === undefined ? rest : mergeSlotErrors(rest))],
  };
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
