import * as v from 'valibot';

export const text = (title: string, remedy: string, description: string) =>
  v.pipe(v.string(remedy), v.nonEmpty(remedy), v.metadata({ title, description }));

export const optionalText = (title: string, description: string) =>
  v.optional(
    v.pipe(v.string('Viết chữ trong dấu ngoặc kép.'), v.metadata({ title, description })),
    '',
  );

export const phone = (title: string, description: string) =>
  v.pipe(
    v.string('Viết số điện thoại trong dấu ngoặc kép, ví dụ "0901234567".'),
    v.regex(
      /^0\d{9,10}$/,
      'Viết liền 10 chữ số (số bàn 11 số), bắt đầu bằng 0, ví dụ "0901234567".',
    ),
    v.metadata({ title, description }),
  );

export const url = (title: string, description: string) =>
  v.optional(
    v.pipe(
      v.string('Viết địa chỉ trang trong dấu ngoặc kép.'),
      v.regex(/^(?:https:\/\/\S+)?$/, 'Viết địa chỉ đầy đủ bắt đầu bằng https://.'),
      v.metadata({ title, description }),
    ),
    '',
  );

export const time = (title: string, remedy: string) =>
  v.pipe(v.string(remedy), v.isoTime(remedy), v.metadata({ title, description: 'Dạng 07:30.' }));
