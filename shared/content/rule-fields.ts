import * as v from 'valibot';
import type { Weekday } from '../time.ts';

/** What people call the days. */
export const weekdayNames = {
  mon: 'Thứ Hai',
  tue: 'Thứ Ba',
  wed: 'Thứ Tư',
  thu: 'Thứ Năm',
  fri: 'Thứ Sáu',
  sat: 'Thứ Bảy',
  sun: 'Chủ nhật',
} as const satisfies Record<Weekday, string>;
/** A time of day in Vietnam. */
export const time = (title: string) =>
  v.pipe(
    v.string('Ghi giờ dạng 07:30.'),
    v.isoTime('Ghi giờ dạng 07:30.'),
    v.metadata({ title, description: 'Giờ Việt Nam, dạng 07:30.' }),
  );

/** A calendar day that counts itself. */
export const date = (title: string) =>
  v.pipe(
    v.string('Ghi ngày dạng 2027-02-06.'),
    v.isoDate('Ghi ngày dạng 2027-02-06.'),
    v.metadata({ title, description: 'Ngày dạng 2027-02-06, tính cả ngày này.', kind: 'day' }),
  );

/** A whole number from 0. */
export const count = (max: number, title: string, description: string) =>
  v.pipe(
    v.number('Ghi một số nguyên.'),
    v.integer('Ghi một số nguyên.'),
    v.minValue(0, 'Ghi số từ 0.'),
    v.maxValue(max, `Ghi số không quá ${max}.`),
    v.metadata({ title, description }),
  );
