import * as v from 'valibot';
import { line } from './entry-fields.ts';

const SOURCES_MAX = 14;
const URL_REMEDY = 'Ghi địa chỉ đầy đủ của trang nguồn, bắt đầu bằng https://.';

const SourceSchema = v.strictObject(
  {
    title: v.pipe(
      line('Ghi tên nguồn: nơi công bố, tên tài liệu.'),
      v.maxLength(120, 'Tên nguồn dài quá 120 ký tự: rút ngắn lại.'),
      v.metadata({
        title: 'Tên nguồn',
        description: 'Nơi công bố và tên tài liệu, ví dụ "Bệnh viện Bạch Mai: ngộ độc khí CO".',
      }),
    ),
    url: v.pipe(
      v.optional(v.string(URL_REMEDY), ''),
      v.trim(),
      v.regex(/^https:\/\/[^\s"<>]+$/, URL_REMEDY),
      v.maxLength(300, 'Địa chỉ dài quá 300 ký tự: tìm địa chỉ ngắn hơn của trang ấy.'),
      v.metadata({ title: 'Địa chỉ', description: 'Địa chỉ trang nguồn, bắt đầu bằng https://.' }),
    ),
    supports: v.pipe(
      line('Ghi nguồn này nói gì, bằng lời của mình.'),
      v.maxLength(200, 'Phần này dài quá 200 ký tự: chỉ ghi điều bài dùng đến.'),
      v.metadata({
        title: 'Nói gì',
        description: 'Điều trong bài dựa vào nguồn này, một câu bằng lời của mình.',
      }),
    ),
  },
  'Mỗi nguồn chỉ gồm title, url và supports.',
);

/** What the instructions of an article rest on; shown at its end. */
export const SourcesSchema = v.pipe(
  v.optional(v.array(SourceSchema, 'Ghi các nguồn, mỗi nguồn gồm title, url và supports.'), []),
  v.maxLength(SOURCES_MAX, `Nhiều nhất ${SOURCES_MAX} nguồn: giữ những nguồn bài dựa vào.`),
  v.metadata({
    title: 'Nguồn',
    singular: 'nguồn',
    description: 'Bài chỉ dẫn về hóa chất, điện, gas, thang dựa vào đâu. Hiện ở cuối bài.',
  }),
);
