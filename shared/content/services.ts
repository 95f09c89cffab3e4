import * as v from 'valibot';
import { DraftSchema } from './entry-fields.ts';
import { amount, date } from './rule-fields.ts';
import { QuestionsSchema } from './service-questions.ts';

/** Units in which a job is measured and priced, with their Vietnamese words. */
export const unitNames = {
  m2: 'm²',
  hour: 'giờ',
  set: 'bộ',
  day: 'công',
  month: 'tháng',
} as const;

/** What the form asks by a unit: the label beside which the unit stands. */
export const quantityLabels = {
  m2: 'Diện tích',
  hour: 'Số giờ',
  set: 'Số bộ',
  day: 'Số công',
  month: 'Số tháng',
} as const satisfies Record<keyof typeof unitNames, string>;

/** What the first visit for a service is for, with the words of it. */
export const visitNames = { work: 'Làm luôn', survey: 'Đến xem và báo giá' } as const;

export type VisitKind = keyof typeof visitNames;

/** One row of the price table: what is priced, per which unit, and what it covers. */
export const PriceSchema = v.strictObject(
  {
    label: v.pipe(
      v.string('Ghi tên dòng giá.'),
      v.nonEmpty('Ghi tên dòng giá.'),
      v.metadata({ title: 'Tên dòng giá', description: 'Giá của việc gì, ví dụ Bộ 3 chỗ.' }),
    ),
    amountVnd: amount('Đơn giá (đồng)', 'Giá một đơn vị, ví dụ 250.000.'),
    minimumVnd: v.optional(
      amount(
        'Tối thiểu phải trả (đồng)',
        'Số tiền ít nhất của một lần làm; không có thì bỏ trống.',
      ),
    ),
    includes: v.optional(
      v.pipe(
        v.string('Ghi giá này gồm những gì.'),
        v.metadata({ title: 'Giá gồm', description: 'Giá này gồm những việc gì.' }),
      ),
      '',
    ),
    validFrom: date('Áp dụng từ ngày', 'Ngày dạng 2027-02-06.'),
  },
  'Mỗi dòng giá chỉ gồm label, amountVnd, minimumVnd, includes và validFrom.',
);

/** One service, which can be booked unless it is a draft; its page is `content/services/<id>.mdx`. */
export const ServiceSchema = v.strictObject(
  {
    id: v.pipe(
      v.string('Ghi mã dịch vụ không dấu, ví dụ "sua-mai-ton".'),
      v.regex(
        /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
        'Mã chỉ gồm chữ thường không dấu, số và dấu gạch, ví dụ "sua-mai-ton".',
      ),
      v.metadata({
        title: 'Mã dịch vụ',
        description: 'Cũng là địa chỉ trang và tên tệp trong content/services. Không đổi về sau.',
      }),
    ),
    name: v.pipe(
      v.string('Ghi tên dịch vụ.'),
      v.nonEmpty('Ghi tên dịch vụ.'),
      v.maxLength(60, 'Tên dài quá 60 ký tự.'),
      v.metadata({ title: 'Tên dịch vụ', description: 'Tên như người ta quen gọi.' }),
    ),
    summary: v.pipe(
      v.string('Ghi một dòng giới thiệu.'),
      v.nonEmpty('Ghi một dòng giới thiệu.'),
      v.maxLength(120, 'Dòng giới thiệu dài quá 120 ký tự.'),
      v.metadata({ title: 'Giới thiệu', description: 'Một dòng: làm những gì.' }),
    ),
    unit: v.pipe(
      v.picklist(
        ['m2', 'hour', 'set', 'day', 'month'],
        'Đơn vị là một trong: m2, hour, set, day, month.',
      ),
      v.metadata({
        title: 'Đơn vị tính',
        names: unitNames,
        description: 'm2 (m²), hour (giờ), set (bộ), day (công) hoặc month (tháng).',
      }),
    ),
    windows: v.pipe(
      v.number('Ghi số khung giờ một việc cần, ví dụ 1.'),
      v.integer('Ghi số nguyên.'),
      v.minValue(1, 'Ít nhất 1 khung giờ.'),
      v.maxValue(6, 'Nhiều nhất 6 khung giờ.'),
      v.metadata({
        title: 'Số khung giờ một việc cần',
        description: '1 nếu xong trong một khung giờ, 2 nếu cần hai khung liền nhau.',
      }),
    ),
    visit: v.optional(
      v.pipe(
        v.picklist(['work', 'survey'], 'Lần đến đầu là một trong: work, survey.'),
        v.metadata({
          title: 'Lần đến đầu',
          names: visitNames,
          description:
            'work (làm luôn) hoặc survey (đến xem và báo giá, một khung giờ; chốt rồi mới hẹn ngày làm).',
        }),
      ),
      'work',
    ),
    repeat: v.optional(
      v.pipe(
        v.boolean('Lịch định kỳ là true (có) hoặc false (không).'),
        v.metadata({
          title: 'Đặt định kỳ được',
          description:
            'true nếu khách chọn được "Mỗi tuần, Hai tuần, Bốn tuần"; việc làm một lần thì false.',
        }),
      ),
      false,
    ),
    prices: v.optional(
      v.pipe(
        v.array(PriceSchema, 'Bảng giá phải nằm trong dấu ngoặc vuông [ ].'),
        v.metadata({
          title: 'Bảng giá',
          singular: 'dòng giá',
          description: 'Chưa có giá thì bỏ trống, trang ghi cách báo giá thay cho giá.',
        }),
      ),
      [],
    ),
    questions: QuestionsSchema,
    draft: DraftSchema,
  },
  'Có mục lạ hoặc thiếu mục ở một dịch vụ: so với content/README.md.',
);

/** `content/services.json`. */
export const ServicesSchema = v.strictObject(
  {
    services: v.pipe(
      v.array(ServiceSchema, 'Danh sách dịch vụ phải nằm trong dấu ngoặc vuông [ ].'),
      v.minLength(1, 'Cần ít nhất một dịch vụ.'),
      v.check(
        (list) => new Set(list.map((service) => service.id)).size === list.length,
        'Hai dịch vụ trùng mã id: đổi một trong hai.',
      ),
      v.check(
        (list) => list.some(({ draft }) => !draft),
        'Mọi dịch vụ đều là bản nháp nên không ai đặt được: bỏ draft ở ít nhất một dịch vụ.',
      ),
      v.metadata({
        title: 'Dịch vụ',
        singular: 'dịch vụ',
        description: 'Theo thứ tự hiện trên trang.',
      }),
    ),
  },
  'services.json chỉ gồm mục services.',
);

export type Service = v.InferOutput<typeof ServiceSchema>;

export type Price = v.InferOutput<typeof PriceSchema>;
