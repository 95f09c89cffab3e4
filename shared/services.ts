import * as v from 'valibot';

/** Largest price the catalogue takes, in đồng. */
const PRICE_MAX_VND = 1_000_000_000;

/** Units in which a job is measured and priced, with their Vietnamese words. */
export const unitNames = {
  m2: 'm²',
  hour: 'giờ',
  set: 'bộ',
  day: 'công',
  month: 'tháng',
} as const;

const amountVnd = v.pipe(
  v.number('Ghi số tiền bằng đồng, không dấu chấm, ví dụ 250000.'),
  v.integer('Ghi số tiền nguyên bằng đồng.'),
  v.minValue(0, 'Số tiền không được âm.'),
  v.maxValue(PRICE_MAX_VND, 'Số tiền quá lớn, xem lại số chữ số 0.'),
);

/** One row of the price table: what is priced, per which unit, and what it covers. */
export const PriceSchema = v.strictObject(
  {
    /** What is priced, for example "Sofa 3 chỗ". */
    label: v.pipe(v.string('Ghi tên dòng giá.'), v.nonEmpty('Ghi tên dòng giá.')),
    /** Price of one unit, in đồng. */
    amountVnd,
    /** Smallest sum charged, in đồng. */
    minimumVnd: v.optional(amountVnd),
    /** What the price covers. */
    includes: v.optional(v.string('Ghi giá này gồm những gì.'), ''),
    /** Day from which the price holds, YYYY-MM-DD. */
    validFrom: v.pipe(
      v.string('Ghi ngày áp dụng dạng 2026-11-22.'),
      v.isoDate('Ghi ngày áp dụng dạng 2026-11-22.'),
    ),
  },
  'Mỗi dòng giá chỉ gồm label, amountVnd, minimumVnd, includes và validFrom.',
);

/** One service that can be booked; its page is `content/services/<id>.mdx`. */
export const ServiceSchema = v.strictObject(
  {
    /** Stable id, also the page's address. */
    id: v.pipe(
      v.string('Ghi mã dịch vụ không dấu, ví dụ "giat-ghe-sofa".'),
      v.regex(
        /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
        'Mã chỉ gồm chữ thường không dấu, số và dấu gạch, ví dụ "giat-ghe-sofa".',
      ),
    ),
    /** Name as people say it. */
    name: v.pipe(
      v.string('Ghi tên dịch vụ.'),
      v.nonEmpty('Ghi tên dịch vụ.'),
      v.maxLength(60, 'Tên dài quá 60 chữ.'),
    ),
    /** One line: what it covers. */
    summary: v.pipe(
      v.string('Ghi một dòng giới thiệu.'),
      v.nonEmpty('Ghi một dòng giới thiệu.'),
      v.maxLength(120, 'Dòng giới thiệu dài quá 120 chữ.'),
    ),
    /** Unit of `quantity`. */
    unit: v.picklist(
      ['m2', 'hour', 'set', 'day', 'month'],
      'Đơn vị là một trong: m2, hour, set, day, month.',
    ),
    /** Arrival windows in a row that one job takes. */
    windows: v.pipe(
      v.number('Ghi số khung giờ một việc cần, ví dụ 1.'),
      v.integer('Ghi số nguyên.'),
      v.minValue(1, 'Ít ra là 1 khung giờ.'),
      v.maxValue(6, 'Nhiều lắm là 6 khung giờ.'),
    ),
    /** Price rows, empty until the owner gives them. */
    prices: v.array(PriceSchema, 'Bảng giá phải nằm trong dấu ngoặc vuông [ ].'),
  },
  'Có mục lạ hoặc thiếu mục ở một dịch vụ: so với content/README.md.',
);

/** `content/services.json`. */
export const ServicesSchema = v.strictObject(
  {
    services: v.pipe(
      v.array(ServiceSchema, 'Danh sách dịch vụ phải nằm trong dấu ngoặc vuông [ ].'),
      v.minLength(1, 'Cần ít ra một dịch vụ.'),
      v.check(
        (list) => new Set(list.map((service) => service.id)).size === list.length,
        'Hai dịch vụ trùng mã id: đổi một trong hai.',
      ),
    ),
  },
  'services.json chỉ gồm mục services.',
);

/** A service as pages, form and e-mails read it. */
export type Service = v.InferOutput<typeof ServiceSchema>;

/** A price row of a service. */
export type Price = v.InferOutput<typeof PriceSchema>;
