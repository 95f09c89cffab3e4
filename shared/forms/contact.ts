import * as v from 'valibot';
import {
  EmailSchema,
  type FieldError,
  formField,
  MessageTextSchema,
  NameSchema,
  OptionalCodeSchema,
  PhoneSchema,
  PolicyVersionSchema,
  type RawFields,
  toFieldErrors,
} from './fields.ts';
import { alternativesOf } from '../privacy/register-fields.ts';
import { isLegalKind } from '../privacy/legal-kinds.ts';
import { languages } from '../languages.ts';
import { isBlank } from '../text.ts';
import { toEnglish } from './contact-english.ts';

/** Names of the contact form's fields, in the order of the page. */
export const contactFieldNames = [
  'kind',
  'message',
  'name',
  'phone',
  'email',
  'code',
  'consent',
  'policy',
  'lang',
  'proof',
  'intent',
  'website',
] as const;

/** Kinds of contact messages with their Vietnamese words. */
export const contactKinds = {
  question: 'Hỏi về dịch vụ',
  quote: 'Xin báo giá',
  complaint: 'Khiếu nại',
  privacy: 'Yêu cầu về dữ liệu cá nhân',
} as const;

export type ContactKind = keyof typeof contactKinds;

export const englishKinds: Readonly<Record<ContactKind, string>> = {
  question: 'A question about a service',
  quote: 'A request for a quote',
  complaint: 'A complaint',
  privacy: 'My personal data',
};

const kindNames = [
  'question',
  'quote',
  'complaint',
  'privacy',
] as const satisfies readonly ContactKind[];

const CONSENT_MESSAGE =
  'Anh/chị chưa đánh dấu ô đồng ý. Có đồng ý, chúng tôi mới được dùng thông tin này để trả lời.';
const REACH_MESSAGE = 'Anh/chị chưa ghi số điện thoại hoặc email để chúng tôi trả lời.';

/** A contact message as sent by the form or a JSON client; its output is the stored form. */
export const ContactMessageSchema = v.object({
  kind: v.pipe(
    v.optional(v.string(), ''),
    v.picklist(kindNames, 'Anh/chị chưa chọn nhắn về việc gì.'),
  ),
  name: formField('contact', 'name', NameSchema),
  phone: formField('contact', 'phone', PhoneSchema),
  email: formField('contact', 'email', EmailSchema),
  code: OptionalCodeSchema,
  message: formField('contact', 'message', MessageTextSchema),
  consent: v.optional(v.string(), ''),
  policy: PolicyVersionSchema,
  /** The language in which it is written and answered. */
  lang: v.optional(v.picklist(languages, 'Ngôn ngữ là vi hoặc en.'), 'vi'),
});

export type ContactMessage = v.InferOutput<typeof ContactMessageSchema>;

/** A contact message, or what is wrong with it field by field, in its language. */
export function parseContactMessage(
  raw: RawFields,
): { ok: true; message: ContactMessage } | { ok: false; errors: FieldError[] } {
  const result = v.safeParse(ContactMessageSchema, raw);
  const errors = [...(result.success ? [] : toFieldErrors(result.issues)), ...findMissing(raw)];
  const first = errors.filter(
    (error, index) => errors.findIndex(({ field }) => field === error.field) === index,
  );
  return result.success && first.length === 0
    ? { ok: true, message: result.output }
    : { ok: false, errors: inPageOrder(raw['lang'] === 'en' ? toEnglish(first, raw) : first) };
}

function findMissing(raw: RawFields): FieldError[] {
  const missing: FieldError[] = [];
  const alternatives = alternativesOf('contact');
  const [first] = alternatives;
  if (first !== undefined && alternatives.every((field) => isBlank(raw[field]))) {
    missing.push({ field: first, message: REACH_MESSAGE });
  }
  if (!isLegalKind(raw['kind'] ?? '') && raw['consent'] !== 'yes') {
    missing.push({ field: 'consent', message: CONSENT_MESSAGE });
  }
  return missing;
}

function inPageOrder(errors: FieldError[]): FieldError[] {
  const names: readonly string[] = contactFieldNames;
  return errors.toSorted((a, b) => names.indexOf(a.field) - names.indexOf(b.field));
}
