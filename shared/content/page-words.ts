import * as v from 'valibot';
import { DescriptionSchema, StepSchema, TitleSchema, line, lines } from './entry-fields.ts';

const head = { title: TitleSchema, description: DescriptionSchema };
const lead = v.pipe(
  line('Ghi câu mở đầu trang.'),
  v.metadata({ title: 'Câu mở đầu', description: 'Một hai câu dưới tiêu đề.', kind: 'text' }),
);
const steps = (description: string) =>
  v.pipe(
    v.array(StepSchema, 'Các bước phải nằm trong dấu ngoặc vuông [ ].'),
    v.minLength(1, 'Ghi ít nhất một bước, gồm title và text.'),
    v.metadata({ title: 'Các bước', description }),
  );

/** A promise to customers, and the policy that holds it; it is not shown where that policy is not. */
const PromiseSchema = v.strictObject(
  {
    title: v.pipe(
      line('Ghi điều cam kết.'),
      v.maxLength(60, 'Điều cam kết dài quá 60 ký tự: rút ngắn lại.'),
      v.metadata({ title: 'Điều cam kết', description: 'Vài chữ, đúng như chính sách đã ghi.' }),
    ),
    text: v.pipe(
      line('Ghi một câu nói rõ điều cam kết.'),
      v.metadata({ title: 'Nói rõ', description: 'Một câu.', kind: 'text' }),
    ),
    policy: v.pipe(
      line('Ghi tên tệp chính sách, ví dụ "bao-hanh".'),
      v.metadata({ title: 'Chính sách', description: 'Tên tệp trong content/policies.' }),
    ),
    section: v.optional(
      v.pipe(
        v.string('Ghi mã của mục, hoặc bỏ dòng này.'),
        v.metadata({ title: 'Mục', description: 'Phần sau dấu # trong địa chỉ của mục.' }),
      ),
      '',
    ),
  },
  'Mỗi điều cam kết chỉ gồm title, text, policy và section.',
);

export type PromiseWords = v.InferOutput<typeof PromiseSchema>;

const hint = (title: string, description: string) =>
  v.pipe(line('Ghi một lời gợi ý ngắn.'), v.metadata({ title, description }));

const AnswerSchema = v.strictObject(
  {
    question: v.pipe(
      line('Ghi câu hỏi.'),
      v.metadata({ title: 'Câu hỏi', description: 'Như khách hay hỏi.' }),
    ),
    answer: v.pipe(
      line('Ghi câu trả lời.'),
      v.metadata({
        title: 'Trả lời',
        description: 'Đúng như chính sách nói, hai ba câu.',
        kind: 'text',
      }),
    ),
    page: v.pipe(
      line('Ghi địa chỉ trang, ví dụ /chinh-sach/bao-hanh/.'),
      v.regex(
        /^\/(?:[a-z0-9-]+\/)*$/,
        'Ghi địa chỉ từ dấu / đến dấu /, ví dụ /chinh-sach/bao-hanh/.',
      ),
      v.metadata({
        title: 'Trang nói điều ấy',
        description: 'Ví dụ /chinh-sach/bao-hanh/.',
      }),
    ),
  },
  'Mỗi câu hỏi chỉ gồm question, answer và page.',
);

/** The fields of one page's words, with the page's name for the editor. */
function page<Entries extends v.ObjectEntries>(title: string, entries: Entries) {
  const fields = Object.keys(entries).join(', ');
  return v.pipe(
    v.strictObject(entries, `Mục này gồm đúng: ${fields}.`),
    v.metadata({ title, description: 'Những câu chỉ đúng với công ty này.' }),
  );
}

/** `content/pages.json`: what pages say that is true of this company and its trade alone. */
export const PageWordsSchema = v.strictObject(
  {
    home: page('Trang chủ', {
      ...head,
      lead,
      promises: v.optional(
        v.pipe(
          v.array(PromiseSchema, 'Các điều cam kết phải nằm trong dấu ngoặc vuông [ ].'),
          v.maxLength(4, 'Nhiều nhất bốn điều cam kết.'),
          v.metadata({
            title: 'Điều cam kết',
            singular: 'điều cam kết',
            description: 'Nhiều nhất bốn điều mà chính sách đã ghi.',
          }),
        ),
        [],
      ),
      guarantee: v.optional(
        v.pipe(
          PromiseSchema,
          v.metadata({ title: 'Cam kết', description: 'Một điều cam kết viết chữ lớn.' }),
        ),
      ),
      steps: steps('Quy trình một buổi làm.'),
    }),
    services: page('Trang dịch vụ', head),
    prices: page('Trang giá', {
      ...head,
      steps: steps('Từ lúc hỏi giá tới lúc thanh toán.'),
      factors: v.pipe(
        lines('Ghi những điều làm giá đổi, mỗi điều một dòng.'),
        v.metadata({ title: 'Điều làm giá đổi', description: 'Mỗi điều một dòng.' }),
      ),
    }),
    booking: page('Trang đặt lịch', {
      title: TitleSchema,
      noteHint: hint('Gợi ý ghi chú', 'Dưới ô ghi chú.'),
    }),
    news: page('Trang tin tức', { ...head, lead }),
    album: page('Trang album', head),
    video: page('Trang video', { ...head, lead }),
    questions: page('Trang hỏi đáp', {
      ...head,
      lead,
      answers: v.pipe(
        v.array(AnswerSchema, 'Các câu hỏi phải nằm trong dấu ngoặc vuông [ ].'),
        v.metadata({
          title: 'Câu hỏi',
          singular: 'câu hỏi',
          description:
            'Những câu chính sách trả lời. Câu về giá, giờ, hủy, nơi đến có sẵn: trang tự viết theo số liệu.',
        }),
      ),
    }),
    search: page('Trang tìm kiếm', {
      examples: v.pipe(
        lines('Ghi vài chữ người ta hay tìm, mỗi mục một dòng.'),
        v.metadata({ title: 'Thử tìm', description: 'Vài chữ người ta hay tìm.' }),
      ),
    }),
  },
  'pages.json chỉ gồm home, services, prices, booking, news, album, video, questions và search.',
);
