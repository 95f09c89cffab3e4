import * as v from 'valibot';
import { topics } from './catalogue.ts';
import {
  DescriptionSchema,
  DraftSchema,
  DrawnStepSchema,
  TitleSchema,
  day,
  line,
  lines,
  moment,
  order,
} from './entry-fields.ts';
import { ServiceIdsSchema } from './service-ids.ts';
import { SourcesSchema } from './sources.ts';

const UNKNOWN_TOPIC =
  topics.length === 0
    ? 'content/topics.json chưa có chủ đề nào: thêm một chủ đề vào đó trước.'
    : `Chủ đề không có trong content/topics.json. Chọn trong: ${topics.map(({ id }) => id).join(', ')}.`;

/** Front matter of `content/news/<slug>.md` or `.mdx`. */
export const NewsSchema = v.strictObject(
  {
    title: TitleSchema,
    description: DescriptionSchema,
    topic: v.pipe(
      line('Ghi mã chủ đề.'),
      v.check((id) => topics.some((topic) => topic.id === id), UNKNOWN_TOPIC),
      v.metadata({
        title: 'Chủ đề',
        description: 'Bài thuộc nhóm nào (mã trong content/topics.json).',
        kind: 'topic',
      }),
    ),
    pubDate: v.pipe(
      day('Ghi ngày đăng dạng 2026-11-22.'),
      v.metadata({ title: 'Ngày đăng', description: 'Ngày đăng, dạng 2026-11-22.', kind: 'day' }),
    ),
    updatedDate: v.optional(
      v.pipe(
        day('Ghi ngày sửa dạng 2026-11-22, hoặc bỏ dòng này.'),
        v.metadata({
          title: 'Ngày sửa',
          description: 'Ngày sửa gần đây, bỏ trống nếu chưa sửa.',
          kind: 'day',
        }),
      ),
    ),
    services: ServiceIdsSchema,
    drawing: v.optional(
      v.pipe(
        line('Ghi tên hình trong content/drawings, không có ".svg", hoặc bỏ dòng này.'),
        v.metadata({ title: 'Hình vẽ', description: 'Tên hình vẽ ở đầu bài.', kind: 'drawing' }),
      ),
    ),
    photo: v.optional(
      v.pipe(
        v.strictObject(
          {
            file: v.pipe(
              line('Ghi tên tệp ảnh trong content/photos.'),
              v.metadata({
                title: 'Tệp ảnh',
                description: 'Tên tệp trong content/photos.',
                kind: 'photo',
              }),
            ),
            alt: v.pipe(
              line('Ghi ảnh có gì, cho người không nhìn thấy ảnh.'),
              v.metadata({
                title: 'Chữ thay ảnh',
                description: 'Ảnh có gì, một câu, cho người không nhìn thấy.',
              }),
            ),
          },
          'Ảnh của bài chỉ gồm file và alt.',
        ),
        v.metadata({ title: 'Ảnh', description: 'Ảnh ở đầu bài, thay cho hình vẽ.' }),
      ),
    ),
    sources: SourcesSchema,
    draft: DraftSchema,
    publishAt: v.optional(
      v.pipe(
        moment('Ghi lúc đăng dạng 2026-12-01T08:00, hoặc bỏ dòng này.'),
        v.metadata({
          title: 'Đăng từ lúc',
          description:
            'Chỉ hiện từ lúc này, giờ Việt Nam, dạng 2026-12-01T08:00; bỏ trống là hiện ngay.',
          kind: 'moment',
        }),
      ),
    ),
    expireAt: v.optional(
      v.pipe(
        moment('Ghi lúc gỡ bài dạng 2026-12-31T18:00, hoặc bỏ dòng này.'),
        v.metadata({
          title: 'Gỡ từ lúc',
          description: 'Gỡ bài từ lúc này, giờ Việt Nam; bỏ trống là không gỡ.',
          kind: 'moment',
        }),
      ),
    ),
  },
  'Có mục lạ hoặc thiếu mục. Bài viết gồm title, description, topic, pubDate, updatedDate, services, drawing, photo, sources, draft, publishAt, expireAt.',
);

/** Front matter of `content/services/<service-id>.mdx`. */
export const ServicePageSchema = v.strictObject(
  {
    title: TitleSchema,
    description: DescriptionSchema,
    forWhom: v.pipe(
      line('Ghi dịch vụ này hợp với ai.'),
      v.metadata({
        title: 'Hợp với ai',
        description: 'Ai, nhà nào nên dùng dịch vụ này.',
        kind: 'text',
      }),
    ),
    duration: v.pipe(
      line('Ghi làm mất bao lâu, bằng lời.'),
      v.metadata({
        title: 'Thời gian làm',
        description: 'Làm mất bao lâu, bằng lời.',
        kind: 'text',
      }),
    ),
    included: v.pipe(
      lines('Ghi những việc có làm, mỗi việc một dòng "- ".'),
      v.metadata({ title: 'Có làm', description: 'Mỗi việc một dòng.' }),
    ),
    excluded: v.pipe(
      lines('Ghi những việc không làm, mỗi việc một dòng "- ".'),
      v.metadata({ title: 'Không làm', description: 'Mỗi việc một dòng.' }),
    ),
    prepare: v.pipe(
      lines('Ghi những điều cần chuẩn bị, mỗi điều một dòng "- ".'),
      v.metadata({
        title: 'Cần chuẩn bị',
        description: 'Khách chuẩn bị gì trước khi đội đến, mỗi điều một dòng.',
      }),
    ),
    steps: v.pipe(
      v.optional(v.array(DrawnStepSchema, 'Ghi các bước, mỗi bước gồm title và text.'), []),
      v.minLength(1, 'Ghi ít nhất một bước, gồm title và text.'),
      v.metadata({
        title: 'Các bước',
        singular: 'bước',
        description: 'Mỗi bước một tên và một hai câu.',
      }),
    ),
    questions: v.pipe(
      v.optional(
        v.array(
          v.strictObject(
            {
              question: v.pipe(
                line('Ghi câu hỏi.'),
                v.metadata({ title: 'Câu hỏi', description: 'Như khách hay hỏi.' }),
              ),
              answer: v.pipe(
                line('Ghi câu trả lời.'),
                v.metadata({ title: 'Trả lời', description: 'Một đến ba câu.', kind: 'text' }),
              ),
            },
            'Mỗi câu hỏi chỉ gồm question và answer.',
          ),
          'Ghi các câu hỏi, mỗi câu gồm question và answer.',
        ),
        [],
      ),
      v.metadata({
        title: 'Hỏi và đáp',
        singular: 'câu hỏi',
        description: 'Mỗi câu hỏi một câu trả lời ngắn.',
      }),
    ),
  },
  'Có mục lạ hoặc thiếu mục. Trang dịch vụ gồm title, description, forWhom, duration, included, excluded, prepare, steps, questions.',
);

/** Front matter of `content/policies/<slug>.mdx`. */
export const PolicySchema = v.strictObject(
  {
    title: TitleSchema,
    description: DescriptionSchema,
    order: order('Thứ tự trong danh sách chính sách.'),
    summary: v.pipe(
      lines('Ghi tóm tắt năm dòng, mỗi dòng bắt đầu bằng "- ".'),
      v.length(5, 'Tóm tắt gồm đúng năm dòng.'),
      v.metadata({ title: 'Tóm tắt', description: 'Tóm tắt bằng lời thường, năm dòng.' }),
    ),
    changes: v.pipe(
      line('Ghi bản này đổi gì so với bản trước, một hai câu.'),
      v.metadata({
        title: 'Bản này đổi gì',
        description: 'Một hai câu, hiện ở cuối chính sách, mục "Về bản này".',
        kind: 'text',
      }),
    ),
    draft: DraftSchema,
  },
  'Có mục lạ hoặc thiếu mục. Chính sách gồm title, description, order, summary, changes, draft.',
);

/** Front matter of `content/about.mdx`. */
export const AboutSchema = v.strictObject(
  { title: TitleSchema, description: DescriptionSchema },
  'Có mục lạ hoặc thiếu mục. Trang giới thiệu gồm title và description.',
);

export type ServicePage = v.InferOutput<typeof ServicePageSchema>;

export type NewsPage = v.InferOutput<typeof NewsSchema>;

/** Whether an article is shown at a time: no draft, its moment come and not over. */
export function isPublished(
  entry: Pick<NewsPage, 'draft' | 'publishAt' | 'expireAt'>,
  now: Date,
): boolean {
  const at = now.toISOString();
  return (
    !entry.draft &&
    (entry.publishAt === undefined || entry.publishAt <= at) &&
    (entry.expireAt === undefined || entry.expireAt > at)
  );
}
