import * as v from 'valibot';
import { parseEmail } from '../email.ts';
import { type FieldError, PolicyVersionSchema, type RawFields, toFieldErrors } from './fields.ts';

/** Names of the fields by which someone signs up for the letters. */
export const letterFieldNames = ['email', 'consent', 'policy', 'intent', 'website'] as const;

const LetterSignUpSchema = v.object({
  email: v.pipe(
    v.optional(v.string(), ''),
    v.transform(parseEmail),
    v.string('Email chưa đúng. Anh/chị ghi hộp thư muốn nhận bản tin, ví dụ ten@gmail.com.'),
  ),
  consent: v.pipe(
    v.optional(v.string(), ''),
    v.literal('yes', 'Anh/chị chưa đánh dấu ô đồng ý. Có đồng ý, chúng tôi mới được gửi bản tin.'),
  ),
  policy: PolicyVersionSchema,
});

/** A sign-up for the letters as its form sent it. */
export type LetterSignUp = v.InferOutput<typeof LetterSignUpSchema>;

/** A sign-up, or what is wrong with it field by field. */
export function parseLetterSignUp(
  raw: RawFields,
): { ok: true; signUp: LetterSignUp } | { ok: false; errors: FieldError[] } {
  const result = v.safeParse(LetterSignUpSchema, raw);
  return result.success
    ? { ok: true, signUp: result.output }
    : { ok: false, errors: toFieldErrors(result.issues) };
}
