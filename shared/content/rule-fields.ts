import * as v from 'valibot';
import { formatCount } from '../money.ts';
import { isCalendarDate } from '../time.ts';

export const DAY_SHAPE = /^\d{4}-\d{2}-\d{2}$/;
export const NO_SUCH_DAY = 'Ngày này không có trong lịch: xem lại ngày và tháng.';
const DAY_REMEDY = 'Ghi ngày dạng 2027-02-06: năm, tháng, ngày, tháng và ngày đủ hai chữ số.';
const OPTIONAL_DAY_REMEDY = `${DAY_REMEDY} Chưa có thì để "".`;
/** Smallest and largest amount in đồng: what is outside has a zero too few or too many. */
const AMOUNT_VND = { min: 1000, max: 1_000_000_000 } as const;
/** From this number on people write a mark between the thousands. */
const GROUPED_FROM = 1000;

export const time = (title: string) =>
  v.pipe(
    v.string('Ghi giờ dạng 07:30.'),
    v.isoTime('Ghi giờ dạng 07:30.'),
    v.metadata({ title, description: 'Giờ Việt Nam, dạng 07:30.' }),
  );

/** A day in a facts file, YYYY-MM-DD. */
export const date = (title: string, description = 'Ngày dạng 2027-02-06, tính cả ngày này.') =>
  v.pipe(
    v.string(DAY_REMEDY),
    v.regex(DAY_SHAPE, DAY_REMEDY),
    v.check(isDayOrNoShape, NO_SUCH_DAY),
    v.metadata({ title, description, kind: 'day' }),
  );

/** A day in a facts file, or nothing. */
export const optionalDate = (title: string, description: string) =>
  v.optional(
    v.pipe(
      v.string(OPTIONAL_DAY_REMEDY),
      v.regex(/^(?:\d{4}-\d{2}-\d{2})?$/, OPTIONAL_DAY_REMEDY),
      v.check(isDayOrNoShape, NO_SUCH_DAY),
      v.metadata({ title, description }),
    ),
    '',
  );

/** False for 2027-02-30. What does not look like a day has its own sentence. */
export function isDayOrNoShape(text: string): boolean {
  return !DAY_SHAPE.test(text) || isCalendarDate(text);
}

/** A price or fee in whole đồng; `free` where 0 says that nothing is asked. */
export const amount = (title: string, description: string, { free = false } = {}) =>
  v.pipe(
    v.number('Ghi số tiền bằng đồng, viết liền, không dấu chấm, không dấu nháy, ví dụ 250000.'),
    v.integer('Ghi số tiền nguyên bằng đồng.'),
    v.minValue(free ? 0 : AMOUNT_VND.min, ({ input }) => doubtAmount(input)),
    v.check(
      (vnd) => !free || vnd <= 0 || vnd >= AMOUNT_VND.min,
      ({ input }) => doubtAmount(input),
    ),
    v.maxValue(AMOUNT_VND.max, ({ input }) => doubtAmount(input)),
    v.metadata({ title, description, kind: 'grouped' }),
  );

function doubtAmount(vnd: number): string {
  const range = `từ ${formatCount(AMOUNT_VND.min)} đến ${formatCount(AMOUNT_VND.max)} đồng`;
  return `Có phải ${formatCount(vnd)} đồng không? Giá ghi ${range}: xem lại số chữ số 0.`;
}

export const count = (max: number, title: string, description: string) =>
  v.pipe(
    v.number('Ghi một số nguyên.'),
    v.integer('Ghi một số nguyên.'),
    v.minValue(0, 'Ghi số từ 0.'),
    v.maxValue(max, `Ghi số không quá ${max}.`),
    v.metadata({ title, description, ...(max < GROUPED_FROM ? {} : { kind: 'grouped' }) }),
  );

/** The call that every request is promised, in working time; not yet the owner's promise where `confirmed` is false. */
export const CallbackSchema = v.pipe(
  v.strictObject(
    {
      minutes: v.pipe(
        count(10_000, 'Gọi lại trong (phút trực)', 'Chỉ tính giờ trực. Quá hạn thì có thư nhắc.'),
        v.minValue(1, 'Ít nhất 1 phút.'),
      ),
      confirmed: v.pipe(
        v.boolean('Ghi true khi chủ công ty đã xác nhận, chưa thì false.'),
        v.metadata({
          title: 'Chủ công ty đã xác nhận hạn gọi lại',
          description: 'Bật khi chủ công ty giữ được lời hẹn này.',
        }),
      ),
    },
    'callback chỉ gồm minutes và confirmed.',
  ),
  v.metadata({
    title: 'Hẹn gọi lại',
    description: 'Trang ghi "Chúng tôi gọi trước …" theo số phút này.',
  }),
);
