import * as v from 'valibot';
import { bookingRules, company, findWard } from '../content/catalogue.ts';
import { parseEmail } from '../email.ts';
import { findWindow } from '../jobs/availability.ts';
import { parseCode } from '../jobs/code.ts';
import { formatCount } from '../money.ts';
import { isServiceNumber, parsePhone, type Phone } from '../phone.ts';
import { findPrivacyPolicy } from '../privacy/policies.ts';
import { isAsked, isRequired } from '../privacy/register-fields.ts';
import type { FormName, PersonalField, personalFields } from '../privacy/register.ts';
import { bareCode, hasWords, isBlank, lengthOf, tidyCode, tidyLine, tidyText } from '../text.ts';
import { parseDate } from '../time.ts';

export const NAME_MAX_LENGTH = 100;
export const ADDRESS_MAX_LENGTH = 200;
export const NOTE_MAX_LENGTH = 1000;
export const MESSAGE_MAX_LENGTH = 4000;
/** A message in bytes of UTF-8: 4,000 emoji would weigh twice that. */
export const MESSAGE_MAX_BYTES = 8 * 1024;
export const QUANTITY_MAX = 100_000;

/** The fields of a form as they were typed, by name; a field that was not sent is missing. */
export type RawFields = Readonly<Record<string, string>>;

/** Names of the fields that may come several times; their values stand in one text, see `joinValues`. */
export const listFieldNames: readonly string[] = ['service'];

const VALUE_SEPARATOR = ',';

export function joinValues(values: readonly string[]): string {
  return values.filter((value) => value !== '').join(VALUE_SEPARATOR);
}

export function splitValues(text: string): string[] {
  return text.split(VALUE_SEPARATOR);
}

/** A field's mistake and the Vietnamese sentence that says how to mend it. */
export interface FieldError {
  field: string;
  message: string;
}

/** Nobody's number that people would copy: not the company's own. */
const examplePhone = '0912 345 678';

/**
 * Every typed field starts with one of these three: tidied, and empty where it was not sent or nothing in it shows. What is no
 * prose is then read by the function of its kind: `parseCode`, `parsePhone`, `parseEmail`, `parseDate`, `bareCode`.
 */
const typedLine = v.pipe(v.optional(v.string(), ''), v.transform(tidyLine));
export const typedText = v.pipe(v.optional(v.string(), ''), v.transform(tidyText));
const typedCode = v.pipe(v.optional(v.string(), ''), v.transform(tidyCode));

/** Refuses a text that is too long. */
export function atMost(max: number, what: string) {
  return v.check<string, string>(
    (text) => lengthOf(text) <= max,
    `${what} dài quá ${formatCount(max)} ký tự. Anh/chị viết ngắn lại giúp.`,
  );
}

/** Họ và tên, in NFC, neither split nor re-cased. */
export const NameSchema = v.pipe(
  typedLine,
  v.check(hasWords, 'Anh/chị chưa ghi họ và tên.'),
  atMost(NAME_MAX_LENGTH, 'Họ và tên'),
);

export const PhoneSchema = v.pipe(
  typedLine,
  v.nonEmpty('Anh/chị chưa ghi số điện thoại để chúng tôi gọi xác nhận.'),
  toPhone(),
);

export const EmailSchema = v.pipe(
  typedLine,
  v.nonEmpty('Anh/chị chưa ghi email để chúng tôi trả lời.'),
  v.transform(parseEmail),
  v.string('Email chưa đúng. Ví dụ: ten@gmail.com, hoặc để trống.'),
);

/** The line of the address before the ward: house number and street. */
export const AddressSchema = v.pipe(
  typedLine,
  v.check(hasWords, 'Anh/chị chưa ghi số nhà, đường hoặc khối, xóm để đội tìm đến.'),
  atMost(ADDRESS_MAX_LENGTH, 'Địa chỉ'),
);

/** The official code of a ward that the company serves. */
export const WardCodeSchema = v.pipe(
  typedCode,
  v.nonEmpty('Anh/chị chưa chọn phường, xã.'),
  v.check(
    (code) => findWard(code) !== undefined,
    'Phường, xã này không có trong danh sách. Anh/chị chọn lại trong danh sách.',
  ),
);

/** A calendar day YYYY-MM-DD. */
export const DateSchema = v.pipe(
  typedLine,
  v.nonEmpty('Anh/chị chưa chọn ngày.'),
  v.transform(parseDate),
  v.string('Ngày chưa đúng. Anh/chị chọn một ngày trong lịch, ví dụ 24/11/2026.'),
);

/** The size of the job as typed ("80", "80,5", "1.200"), or null where it was left out. */
export const QuantitySchema = v.pipe(
  typedLine,
  v.transform((text) => (text === '' ? null : toDecimal(bareCode(text)))),
  v.check(
    (text) => text === null || isQuantity(text),
    'Số lượng chưa đúng. Anh/chị ghi một số lớn hơn 0, ví dụ 80, hoặc để trống.',
  ),
  v.transform((text) => (text === null ? null : Number(text))),
);

export const NoteSchema = v.pipe(
  typedText,
  v.nonEmpty('Anh/chị chưa ghi điều chúng tôi cần biết trước khi đến.'),
  atMost(NOTE_MAX_LENGTH, 'Ghi chú'),
);

export const MessageTextSchema = v.pipe(
  typedText,
  v.nonEmpty('Anh/chị chưa viết nội dung cần nhắn.'),
  atMost(MESSAGE_MAX_LENGTH, 'Nội dung'),
  v.check(
    (text) => new TextEncoder().encode(text).length <= MESSAGE_MAX_BYTES,
    'Nội dung dài quá. Anh/chị rút ngắn lại, hoặc gửi làm hai tin.',
  ),
);

/** The id of an arrival window of content/booking.json. */
export const WindowIdSchema = v.pipe(
  typedCode,
  v.nonEmpty('Anh/chị chưa chọn khung giờ.'),
  v.check(
    (id) => findWindow(bookingRules, id) !== undefined,
    'Khung giờ này không có. Anh/chị chọn một khung giờ trong danh sách.',
  ),
);

/** The code of a booking that a message is about, or null where it was left out. */
export const OptionalCodeSchema = v.pipe(
  typedLine,
  v.check(
    (text) => text === '' || parseCode(company.codePrefix, text) !== null,
    `Mã đơn chưa đúng. Mã có dạng ${company.codePrefix}8K3M2QX, hoặc để trống.`,
  ),
  v.transform((text) => parseCode(company.codePrefix, text)),
);

/** The version of the personal-data policy that the form showed, or null where it showed none. */
export const PolicyVersionSchema = v.pipe(
  typedCode,
  v.check(
    (text) => text === '' || findPrivacyPolicy(text) !== undefined,
    'Chính sách bảo mật đã đổi. Anh/chị xem lại chính sách rồi gửi lần nữa.',
  ),
  v.transform((text) => findPrivacyPolicy(text)?.version ?? null),
);

/** What a personal field of a form becomes: null is possible unless the register says that the form always needs it. */
type Answer<Form extends FormName, Field extends PersonalField, Value> =
  (typeof personalFields)[Field]['needed'] extends Record<Form, 'always'> ? Value : Value | null;

/**
 * The schema of a personal field as the register has the form ask for it: required, or null where it was left empty. A field
 * that the form does not ask for is null whatever was sent.
 */
export function formField<Form extends FormName, Field extends PersonalField, Value>(
  form: Form,
  field: Field,
  schema: v.GenericSchema<string | undefined, Value>,
): v.GenericSchema<string | undefined, Answer<Form, Field, Value>> {
  const optional = v.pipe(
    v.optional(v.string(), ''),
    v.transform((typed) => (isAsked(form, field) && !isBlank(typed) ? typed : null)),
    v.nullable(schema as v.GenericSchema<string, Value>),
  );
  const isNeeded = isAsked(form, field) && isRequired(form, field);
  return (isNeeded ? schema : optional) as v.GenericSchema<
    string | undefined,
    Answer<Form, Field, Value>
  >;
}

/** The first mistake of each field, in the order of the schema. */
export function toFieldErrors(issues: readonly v.BaseIssue<unknown>[]): FieldError[] {
  const errors = new Map<string, string>();
  for (const issue of issues) {
    const field = v.getDotPath(issue) ?? 'form';
    if (!errors.has(field)) errors.set(field, issue.message);
  }
  return Array.from(errors, ([field, message]) => ({ field, message }));
}

function toPhone() {
  return v.rawTransform<string, Phone>(({ dataset, addIssue, NEVER }) => {
    const phone = parsePhone(dataset.value);
    if (phone !== null) return phone;
    addIssue({
      message: isServiceNumber(dataset.value)
        ? `Số này chúng tôi không gọi lại được. Anh/chị ghi số di động hoặc số máy bàn, ví dụ ${examplePhone}.`
        : `Số điện thoại chưa đúng. Di động có 10 chữ số, ví dụ ${examplePhone}.`,
    });
    return NEVER;
  });
}

function toDecimal(text: string): string {
  const plain = text.replace(/\s/g, '');
  return /^\d{1,3}(\.\d{3})+(,\d+)?$/.test(plain)
    ? plain.replaceAll('.', '').replace(',', '.')
    : plain.replace(',', '.');
}

function isQuantity(text: string): boolean {
  const value = Number(text);
  return /^\d{1,6}(\.\d{1,2})?$/.test(text) && value > 0 && value <= QUANTITY_MAX;
}
