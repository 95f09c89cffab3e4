import * as v from 'valibot';
import { type Rating, RATING_WORDS_MAX_LENGTH, ratings } from '../jobs/ratings.ts';
import { atMost, type FieldError, type RawFields, toFieldErrors, typedText } from './fields.ts';

const RatingSchema = v.object({
  rating: v.pipe(
    v.optional(v.string(), ''),
    v.picklist(ratings, 'Chọn một trong ba mức rồi bấm lại.'),
  ),
  words: v.pipe(
    typedText,
    atMost(RATING_WORDS_MAX_LENGTH, 'Lời đánh giá'),
    v.transform((text) => (text === '' ? null : text)),
  ),
});

/** A rating (`rating`, `words`), or what is wrong with it field by field. */
export function parseRating(
  raw: RawFields,
): { ok: true; rating: Rating; words: string | null } | { ok: false; errors: FieldError[] } {
  const result = v.safeParse(RatingSchema, raw);
  return result.success
    ? { ok: true, ...result.output }
    : { ok: false, errors: toFieldErrors(result.issues) };
}
