import * as v from 'valibot';

/** `content/topics.json`: the subjects that news articles are filed under. */
export const TopicsSchema = v.strictObject(
  {
    topics: v.array(
      v.strictObject(
        {
          id: v.pipe(
            v.string('Ghi mã chủ đề.'),
            v.regex(
              /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
              'Mã chỉ gồm chữ thường không dấu, số và dấu gạch.',
            ),
          ),
          name: v.pipe(v.string('Ghi tên chủ đề.'), v.nonEmpty('Ghi tên chủ đề.')),
        },
        'Mỗi chủ đề chỉ gồm id và name.',
      ),
      'Danh sách phải nằm trong dấu ngoặc vuông [ ].',
    ),
  },
  'topics.json chỉ gồm mục topics.',
);

/** A subject of the news. */
export type Topic = v.InferOutput<typeof TopicsSchema>['topics'][number];
