import * as v from 'valibot';
import { findService } from './catalogue.ts';
import { DescriptionSchema, line, TitleSchema } from './entry-fields.ts';

/** Front matter of `content/en.mdx`, the page for readers of English, which a company may do without. */
export const EnglishSchema = v.strictObject(
  {
    title: TitleSchema,
    description: DescriptionSchema,
    lead: v.pipe(
      line('Ghi câu mở đầu bằng tiếng Anh.'),
      v.metadata({
        title: 'Câu mở đầu',
        description: 'Một hai câu tiếng Anh dưới tiêu đề.',
        kind: 'text',
      }),
    ),
    services: v.pipe(
      v.array(
        v.strictObject(
          {
            service: v.pipe(
              line('Ghi mã dịch vụ.'),
              v.check(
                (id) => findService(id) !== undefined,
                'Mã dịch vụ không có trong content/services.json.',
              ),
              v.metadata({
                title: 'Mã dịch vụ',
                description: 'Mã trong content/services.json; giá lấy từ đó.',
              }),
            ),
            name: v.pipe(
              line('Ghi tên dịch vụ bằng tiếng Anh.'),
              v.metadata({ title: 'Tên tiếng Anh', description: 'Ví dụ House cleaning.' }),
            ),
            text: v.pipe(
              line('Ghi một câu tiếng Anh về dịch vụ.'),
              v.metadata({
                title: 'Giới thiệu',
                description: 'Một câu tiếng Anh: làm những gì.',
                kind: 'text',
              }),
            ),
          },
          'Mỗi dịch vụ chỉ gồm service, name và text.',
        ),
        'Ghi các dịch vụ, mỗi dịch vụ gồm service, name và text.',
      ),
      v.minLength(1, 'Ghi ít nhất một dịch vụ.'),
      v.metadata({
        title: 'Dịch vụ',
        singular: 'dịch vụ',
        description: 'Theo thứ tự hiện trên trang tiếng Anh.',
      }),
    ),
  },
  'Có mục lạ hoặc thiếu mục. Trang tiếng Anh gồm title, description, lead và services.',
);
