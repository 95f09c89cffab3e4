import * as v from 'valibot';
import { DescriptionSchema, DraftSchema, TitleSchema, day, line, order } from './entry-fields.ts';

/** A film is not shorter: fewer seconds are minutes, or thousands typed with a mark, "1.200". */
const SECONDS_MIN = 5;

const optionalLine = (remedy: string) => v.optional(v.pipe(v.string(remedy), v.trim()), '');

/** One picture of an album: a drawing of our own, or a photo. */
const PictureSchema = v.pipe(
  v.strictObject(
    {
      drawing: v.pipe(
        optionalLine('Ghi tên hình trong content/drawings, không có ".svg", hoặc bỏ dòng này.'),
        v.metadata({
          title: 'Hình vẽ',
          description: 'Hình vẽ có sẵn; dùng ảnh thì bỏ trống.',
          kind: 'drawing',
        }),
      ),
      photo: v.pipe(
        optionalLine('Ghi tên tệp ảnh trong content/photos, hoặc bỏ dòng này.'),
        v.metadata({
          title: 'Ảnh',
          description: 'Tên tệp ảnh trong content/photos; dùng hình vẽ thì bỏ trống.',
          kind: 'photo',
        }),
      ),
      alt: v.pipe(
        line('Ghi hình có gì, cho người không nhìn thấy hình.'),
        v.metadata({
          title: 'Chữ thay hình',
          description: 'Hình có gì, một câu, cho người không nhìn thấy.',
        }),
      ),
      caption: v.pipe(
        line('Ghi chú thích: hình này chỉ điều gì.'),
        v.metadata({ title: 'Chú thích', description: 'Hình này chỉ điều gì, một hai câu.' }),
      ),
    },
    'Mỗi hình chỉ gồm drawing hoặc photo, alt và caption.',
  ),
  v.check(
    ({ drawing, photo }) => (drawing === '') !== (photo === ''),
    'Mỗi hình có một trong hai: drawing (hình vẽ) hoặc photo (ảnh).',
  ),
);

/** Front matter of `content/album/<slug>.mdx`: one group of pictures; the body says what they have in common. */
export const AlbumSchema = v.strictObject(
  {
    title: TitleSchema,
    order: order('Thứ tự trên trang, số nhỏ đứng trước.'),
    pictures: v.pipe(
      v.array(PictureSchema, 'Ghi các hình, mỗi hình bắt đầu bằng dấu "- ".'),
      v.minLength(1, 'Một nhóm cần ít nhất một hình.'),
      v.metadata({
        title: 'Hình',
        singular: 'hình',
        description: 'Các hình của nhóm, theo thứ tự.',
      }),
    ),
    draft: DraftSchema,
  },
  'Có mục lạ hoặc thiếu mục. Nhóm hình gồm title, order, pictures và draft.',
);

/** Front matter of `content/video/<slug>.mdx`: a clip of our own in the same folder, or one on YouTube; the body is its text. */
export const VideoSchema = v.pipe(
  v.strictObject(
    {
      title: TitleSchema,
      description: DescriptionSchema,
      order: order('Thứ tự trên trang, số nhỏ đứng trước.'),
      pubDate: v.pipe(
        day('Ghi ngày đăng dạng 2026-11-22.'),
        v.metadata({ title: 'Ngày đăng', description: 'Ngày đăng, dạng 2026-11-22.', kind: 'day' }),
      ),
      seconds: v.pipe(
        v.number('Ghi độ dài bằng giây, ví dụ 20.'),
        v.integer('Ghi số giây nguyên.'),
        v.minValue(
          SECONDS_MIN,
          ({ input }) => `Có phải ${input} giây không? Ghi số giây, viết liền, ví dụ 1200.`,
        ),
        v.metadata({ title: 'Độ dài', description: 'Độ dài, tính bằng giây.' }),
      ),
      clip: v.pipe(
        optionalLine('Ghi tên tệp trong content/video, không có đuôi, hoặc bỏ dòng này.'),
        v.metadata({
          title: 'Tệp phim',
          description: 'Tên chung của tệp .mp4, .vtt (phụ đề) và .webp (hình chờ), không có đuôi.',
        }),
      ),
      youtube: v.pipe(
        v.optional(
          v.pipe(
            v.string('Ghi mã phim trên YouTube, hoặc bỏ dòng này.'),
            v.regex(/^(?:[\w-]{11})?$/, 'Mã phim trên YouTube gồm 11 ký tự, ví dụ "dQw4w9WgXcQ".'),
          ),
          '',
        ),
        v.metadata({ title: 'Mã YouTube', description: 'Mã 11 ký tự sau "v=".' }),
      ),
      draft: DraftSchema,
    },
    'Có mục lạ hoặc thiếu mục. Phim gồm title, description, order, pubDate, seconds, clip hoặc youtube, và draft.',
  ),
  v.check(
    ({ clip, youtube }) => (clip === '') !== (youtube === ''),
    'Mỗi phim có một trong hai: clip (tệp của mình) hoặc youtube.',
  ),
);
