import * as v from 'valibot';

/** Most questions that the booking form asks about one service. */
const QUESTIONS_MAX = 3;
const OPTIONS_MAX = 6;
/** The largest number that answers a question, where the question sets no smaller one. */
export const ANSWER_MAX = 999;

const id = (what: string) =>
  v.pipe(
    v.string(`Ghi mã ${what} không dấu, ví dụ "so-tang".`),
    v.regex(
      /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
      'Mã chỉ gồm chữ thường không dấu, số và dấu gạch, ví dụ "so-tang".',
    ),
    v.metadata({
      title: `Mã ${what}`,
      description: 'Chữ thường không dấu. Đã có đơn thì không đổi.',
    }),
  );
const words = (title: string, description: string) =>
  v.pipe(
    v.string('Ghi vài chữ.'),
    v.nonEmpty('Ghi vài chữ.'),
    v.maxLength(40, 'Viết ngắn lại: nhiều nhất 40 ký tự.'),
    v.metadata({ title, description }),
  );
const limit = (title: string, description: string) =>
  v.optional(
    v.pipe(
      v.number('Ghi một số nguyên.'),
      v.integer('Ghi một số nguyên.'),
      v.minValue(0, 'Ghi số từ 0.'),
      v.maxValue(ANSWER_MAX, `Ghi số không quá ${ANSWER_MAX}.`),
      v.metadata({ title, description }),
    ),
  );

const OptionSchema = v.strictObject(
  { id: id('câu trả lời'), label: words('Câu trả lời', 'Ví dụ Vải.') },
  'Mỗi câu trả lời chỉ gồm id và label.',
);

/** A question of the booking form about one service, answered by a choice, a number, or yes or no. */
const QuestionSchema = v.pipe(
  v.strictObject(
    {
      id: id('câu hỏi'),
      label: words('Câu hỏi', 'Ngắn, ví dụ Số chỗ ngồi.'),
      kind: v.pipe(
        v.picklist(
          ['choice', 'number', 'yes-no'],
          'Kiểu là một trong: choice (chọn), number (số), yes-no (có hoặc không).',
        ),
        v.metadata({
          title: 'Kiểu trả lời',
          names: { choice: 'Chọn một', number: 'Ghi số', 'yes-no': 'Có hoặc không' },
          description: 'choice (chọn một), number (ghi số) hoặc yes-no (có hoặc không).',
        }),
      ),
      options: v.optional(
        v.pipe(
          v.array(OptionSchema, 'Các câu trả lời phải nằm trong dấu ngoặc vuông [ ].'),
          v.maxLength(OPTIONS_MAX, `Nhiều nhất ${OPTIONS_MAX} câu trả lời.`),
          v.metadata({
            title: 'Các câu trả lời',
            singular: 'câu trả lời',
            description: 'Chỉ ghi khi kiểu là chọn một.',
          }),
        ),
      ),
      unit: v.optional(words('Đơn vị', 'Đứng sau ô số, ví dụ tầng. Chỉ ghi khi kiểu là số.')),
      min: limit('Số nhỏ nhất', 'Chỉ ghi khi kiểu là số.'),
      max: limit('Số lớn nhất', 'Chỉ ghi khi kiểu là số.'),
    },
    'Mỗi câu hỏi chỉ gồm id, label, kind, options, unit, min và max.',
  ),
  v.check(
    ({ kind, options = [] }) => (kind === 'choice') === options.length > 1,
    'Câu hỏi kiểu choice cần từ hai câu trả lời (options); kiểu khác thì không có.',
  ),
  v.check(
    ({ options = [] }) => new Set(options.map((option) => option.id)).size === options.length,
    'Hai câu trả lời trùng mã id: đổi một trong hai.',
  ),
  v.check(
    ({ kind, unit, min, max }) =>
      kind === 'number' || (unit === undefined && min === undefined && max === undefined),
    'Chỉ câu hỏi kiểu number mới có unit, min và max.',
  ),
  v.check(
    ({ min = 0, max = ANSWER_MAX }) => min <= max,
    'Số nhỏ nhất (min) lớn hơn số lớn nhất (max): đổi lại.',
  ),
);

export const QuestionsSchema = v.optional(
  v.pipe(
    v.array(QuestionSchema, 'Các câu hỏi phải nằm trong dấu ngoặc vuông [ ].'),
    v.maxLength(QUESTIONS_MAX, `Nhiều nhất ${QUESTIONS_MAX} câu hỏi cho một dịch vụ.`),
    v.check(
      (list) => new Set(list.map((question) => question.id)).size === list.length,
      'Hai câu hỏi trùng mã id: đổi một trong hai.',
    ),
    v.metadata({
      title: 'Câu hỏi khi đặt lịch',
      singular: 'câu hỏi',
      description: 'Nhiều nhất ba câu, khách trả lời hay không cũng được.',
    }),
  ),
  [],
);

export type Question = v.InferOutput<typeof QuestionSchema>;
