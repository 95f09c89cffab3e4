import * as v from 'valibot';
import { line, TITLE_MAX_LENGTH } from './entry-fields.ts';

/** Front matter of `content/letters/<slug>.mdx`. */
export const LetterSchema = v.strictObject(
  {
    title: v.pipe(
      line('Ghi tiêu đề của bản tin.'),
      v.maxLength(TITLE_MAX_LENGTH, `Tiêu đề dài quá ${TITLE_MAX_LENGTH} ký tự: rút ngắn lại.`),
      v.metadata({
        title: 'Tiêu đề',
        description:
          'Dòng người nhận thấy trong hộp thư, không quá 60 ký tự; nhãn quảng cáo tự thêm.',
      }),
    ),
    draft: v.optional(
      v.pipe(
        v.boolean('Ghi true khi còn là bản nháp, hoặc bỏ dòng này.'),
        v.metadata({ title: 'Bản nháp', description: 'Bật thì chưa gửi được.' }),
      ),
      false,
    ),
  },
  'Có mục lạ hoặc thiếu mục. Bản tin gồm title và draft.',
);
