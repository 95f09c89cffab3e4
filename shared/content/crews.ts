import * as v from 'valibot';

/** Most crews of one company: as many as a window can have seats. */
const CREWS_MAX = 50;

/** `content/crews.json`: the crews that work on a day, by a name that says nothing of a person. Empty where nobody assigns them. */
export const CrewsSchema = v.strictObject(
  {
    crews: v.optional(
      v.pipe(
        v.array(
          v.strictObject(
            {
              id: v.pipe(
                v.string('Ghi mã đội không dấu.'),
                v.regex(
                  /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
                  'Mã chỉ gồm chữ thường không dấu, số và dấu gạch.',
                ),
                v.maxLength(30, 'Mã đội dài không quá 30 ký tự.'),
                v.metadata({
                  title: 'Mã đội',
                  description: 'Chữ thường không dấu. Đã giao việc thì không đổi.',
                }),
              ),
              name: v.pipe(
                v.string('Ghi tên đội, ví dụ "Đội 1".'),
                v.trim(),
                v.nonEmpty('Ghi tên đội, ví dụ "Đội 1".'),
                v.maxLength(40, 'Tên đội dài không quá 40 ký tự.'),
                v.metadata({
                  title: 'Tên đội',
                  description: 'Ví dụ Đội 1. Không ghi số máy riêng của ai.',
                }),
              ),
            },
            'Mỗi đội chỉ gồm id và name: không ghi số máy riêng ở đây.',
          ),
          'Các đội phải nằm trong dấu ngoặc vuông [ ].',
        ),
        v.maxLength(CREWS_MAX, `Ghi không quá ${CREWS_MAX} đội.`),
        v.check(
          (crews) => new Set(crews.map(({ id }) => id)).size === crews.length,
          'Hai đội trùng mã: mỗi đội một mã.',
        ),
        v.metadata({
          title: 'Các đội',
          singular: 'đội',
          description:
            'Có đội thì số việc của một khung giờ theo số đội đi làm ngày ấy, thay cho số ở mục Đặt lịch. Không trang nào của khách hiện tên đội.',
        }),
      ),
      [],
    ),
  },
  'crews.json chỉ gồm mục crews.',
);

export type Crew = v.InferOutput<typeof CrewsSchema>['crews'][number];
