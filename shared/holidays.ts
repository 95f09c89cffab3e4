import * as v from 'valibot';

/** `content/holidays.json`: public holidays, on which no legal clock or working minute runs. */
export const HolidaysSchema = v.strictObject(
  {
    holidays: v.array(
      v.strictObject(
        {
          date: v.pipe(
            v.string('Ghi ngày dạng 2027-02-06.'),
            v.isoDate('Ghi ngày dạng 2027-02-06.'),
          ),
          name: v.pipe(v.string('Ghi tên ngày nghỉ.'), v.nonEmpty('Ghi tên ngày nghỉ.')),
        },
        'Mỗi ngày nghỉ chỉ gồm date và name.',
      ),
      'Danh sách phải nằm trong dấu ngoặc vuông [ ].',
    ),
  },
  'holidays.json chỉ gồm mục holidays.',
);

/** The days, YYYY-MM-DD, that are public holidays. */
export type HolidayDates = ReadonlySet<string>;
