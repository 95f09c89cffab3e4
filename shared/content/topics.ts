import * as v from 'valibot';

/** `content/topics.json`: the subjects that news articles are filed under. */
export const TopicsSchema = v.strictObject(
  {
    topics: v.pipe(
      v.array(
        v.strictObject(
          {
            id: v.pipe(
              v.string('Ghi mã chủ đề.'),
              v.regex(
                /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
                'Mã chỉ gồm chữ thường không dấu, số và dấu gạch.',
              ),
              v.metadata({ title: 'Mã chủ đề', description: 'Cũng là địa chỉ trang của chủ đề.' }),
            ),
            name: v.pipe(
              v.string('Ghi tên chủ đề.'),
              v.nonEmpty('Ghi tên chủ đề.'),
              v.maxLength(35, 'Tên chủ đề dài quá 35 ký tự: rút ngắn lại.'),
              v.metadata({ title: 'Tên chủ đề', description: 'Tên hiện trên trang tin tức.' }),
            ),
          },
          'Mỗi chủ đề chỉ gồm id và name.',
        ),
        'Danh sách phải nằm trong dấu ngoặc vuông [ ].',
      ),
      v.metadata({
        title: 'Chủ đề',
        singular: 'chủ đề',
        description: 'Các nhóm bài trong mục tin tức.',
      }),
    ),
  },
  'topics.json chỉ gồm mục topics.',
);

export type Topic = v.InferOutput<typeof TopicsSchema>['topics'][number];

/** The title of the page that lists the articles of a topic. */
export function topicPageTitle({ name }: Pick<Topic, 'name'>): string {
  return `${name}: bài hướng dẫn`;
}
