import * as v from 'valibot';
import { date } from './rule-fields.ts';

/** `content/holidays.json`: public holidays, which count neither for legal deadlines nor as working time. */
export const HolidaysSchema = v.strictObject(
  {
    holidays: v.pipe(
      v.array(
        v.strictObject(
          {
            date: date('Ngày', 'Dạng 2027-02-06.'),
            name: v.pipe(
              v.string('Ghi tên ngày nghỉ.'),
              v.nonEmpty('Ghi tên ngày nghỉ.'),
              v.metadata({ title: 'Tên ngày nghỉ', description: 'Ví dụ Tết Nguyên đán.' }),
            ),
          },
          'Mỗi ngày nghỉ chỉ gồm date và name.',
        ),
        'Danh sách phải nằm trong dấu ngoặc vuông [ ].',
      ),
      v.check(
        (days) => new Set(days.map(({ date }) => date)).size === days.length,
        'Một ngày ghi hai lần: bỏ bớt một dòng.',
      ),
      v.metadata({
        title: 'Ngày nghỉ lễ',
        singular: 'ngày lễ',
        description: 'Theo thông báo hằng năm. Hạn trả lời khách không tính những ngày này.',
      }),
    ),
  },
  'holidays.json chỉ gồm mục holidays.',
);
