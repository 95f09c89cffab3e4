import * as v from 'valibot';

export const time = (title: string) =>
  v.pipe(
    v.string('Ghi giờ dạng 07:30.'),
    v.isoTime('Ghi giờ dạng 07:30.'),
    v.metadata({ title, description: 'Giờ Việt Nam, dạng 07:30.' }),
  );

export const date = (title: string) =>
  v.pipe(
    v.string('Ghi ngày dạng 2027-02-06.'),
    v.isoDate('Ghi ngày dạng 2027-02-06.'),
    v.metadata({ title, description: 'Ngày dạng 2027-02-06, tính cả ngày này.', kind: 'day' }),
  );

export const count = (max: number, title: string, description: string) =>
  v.pipe(
    v.number('Ghi một số nguyên.'),
    v.integer('Ghi một số nguyên.'),
    v.minValue(0, 'Ghi số từ 0.'),
    v.maxValue(max, `Ghi số không quá ${max}.`),
    v.metadata({ title, description }),
  );
