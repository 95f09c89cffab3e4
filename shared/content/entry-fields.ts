import * as v from 'valibot';
import { fromVietnam, isCalendarDate } from '../time.ts';
import { DAY_SHAPE, NO_SUCH_DAY, isDayOrNoShape } from './rule-fields.ts';

export const TITLE_MAX_LENGTH = 60;
const ORDER_MAX = 999;
/** What stands in a template of `content -- new` wherever a person has to write. */
const UNFILLED = /Thay câu này|thay-ma-nay/i;
/** Fewest and most characters of a page's description. */
export const DESCRIPTION_LENGTH = { min: 110, max: 155 } as const;

/** One line of text that has to be there. */
export function line(remedy: string) {
  return v.pipe(v.optional(v.string(remedy), ''), v.trim(), v.nonEmpty(remedy));
}

export function lines(remedy: string) {
  return v.pipe(v.optional(v.array(line(remedy), remedy), []), v.minLength(1, remedy));
}

export const TitleSchema = v.pipe(
  line('Ghi tiêu đề của trang.'),
  v.maxLength(TITLE_MAX_LENGTH, `Tiêu đề dài quá ${TITLE_MAX_LENGTH} ký tự: rút ngắn lại.`),
  v.metadata({ title: 'Tiêu đề', description: 'Tiêu đề, không quá 60 ký tự.' }),
);

/** What search engines and shared links say of a page. */
export const DescriptionSchema = v.pipe(
  line('Ghi mô tả 110–155 ký tự.'),
  v.minLength(DESCRIPTION_LENGTH.min, 'Mô tả ngắn quá: viết từ 110 đến 155 ký tự.'),
  v.maxLength(DESCRIPTION_LENGTH.max, 'Mô tả dài quá: viết từ 110 đến 155 ký tự.'),
  v.metadata({
    title: 'Mô tả',
    description: 'Một câu cho máy tìm kiếm và trang chia sẻ, 110–155 ký tự.',
    kind: 'text',
  }),
);

/** Whether an entry is kept from the site; a preview shows it. */
export const DraftSchema = v.optional(
  v.pipe(
    v.boolean('Ghi true khi còn là bản nháp, hoặc bỏ dòng này.'),
    v.metadata({ title: 'Bản nháp', description: 'Bật thì chưa hiện trên trang.' }),
  ),
  false,
);

/** A day in front matter, typed bare (YAML reads a date) or in quotes; kept as YYYY-MM-DD. */
export function day(remedy: string) {
  return v.pipe(
    v.optional(v.union([v.string(), v.date()], remedy), ''),
    v.transform((value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value)),
    v.check((text) => DAY_SHAPE.test(text), remedy),
    v.check(isDayOrNoShape, NO_SUCH_DAY),
  );
}

/** A moment in Vietnam, typed as a day (its midnight) or a day and time; kept as UTC ISO. */
export function moment(remedy: string) {
  return v.pipe(
    v.union([v.string(), v.date()], remedy),
    v.transform((value) => (value instanceof Date ? value.toISOString().slice(0, 16) : value)),
    v.regex(/^\d{4}-\d{2}-\d{2}(?:[T ](?:[01]\d|2[0-3]):[0-5]\d)?$/, remedy),
    v.check((text) => isCalendarDate(text.slice(0, 10)), remedy),
    v.transform((text) => fromVietnam(text.slice(0, 10), text.slice(11) || '00:00').toISOString()),
  );
}

/** Where an entry stands in a list. Small, so that nobody types a mark into it. */
export function order(description: string) {
  return v.pipe(
    v.number('Ghi số thứ tự, ví dụ 1.'),
    v.integer('Ghi số nguyên.'),
    v.minValue(0, 'Ghi số từ 0.'),
    v.maxValue(ORDER_MAX, `Ghi số không quá ${ORDER_MAX}.`),
    v.metadata({ title: 'Thứ tự', description }),
  );
}

const step = {
  title: v.pipe(line('Ghi tên bước.'), v.metadata({ title: 'Tên bước', description: 'Vài chữ.' })),
  text: v.pipe(
    line('Ghi bước này làm gì.'),
    v.metadata({ title: 'Làm gì', description: 'Một hai câu.', kind: 'text' }),
  ),
};

/** One step of how something goes: a few words and what is done. */
export const StepSchema = v.strictObject(step, 'Mỗi bước chỉ gồm title và text.');

/** A step with a drawing of how it is done, where there is one. */
export const DrawnStepSchema = v.strictObject(
  {
    ...step,
    drawing: v.optional(
      v.pipe(
        line('Ghi tên hình trong content/drawings, không có ".svg", hoặc bỏ dòng này.'),
        v.metadata({
          title: 'Hình vẽ',
          description: 'Hình cho thấy cách làm bước này.',
          kind: 'drawing',
        }),
      ),
    ),
  },
  'Mỗi bước chỉ gồm title, text và drawing.',
);

export function isUnfilled(text: string): boolean {
  return UNFILLED.test(text.normalize('NFC'));
}
