import * as v from 'valibot';

const optionalText = v.optional(v.string('Viết chữ trong dấu ngoặc kép; chưa có thì để "".'), '');

const phone = v.pipe(
  v.string('Viết số điện thoại trong dấu ngoặc kép, ví dụ "0859363789".'),
  v.regex(/^0\d{9,10}$/, 'Viết liền 10 chữ số (số bàn 11 số), bắt đầu bằng 0, ví dụ "0859363789".'),
);

const url = v.optional(
  v.pipe(
    v.string('Viết địa chỉ trang trong dấu ngoặc kép; chưa có thì để "".'),
    v.regex(
      /^(?:https:\/\/\S+)?$/,
      'Viết địa chỉ đầy đủ bắt đầu bằng https://, chưa có thì để "".',
    ),
  ),
  '',
);

const HoursSchema = v.strictObject(
  {
    /** Days as schema.org writes them, for example `Mo-Sa`. */
    days: v.pipe(
      v.string('Ghi các ngày, ví dụ "Mo-Sa".'),
      v.nonEmpty('Ghi các ngày, ví dụ "Mo-Sa".'),
    ),
    /** Opening time HH:MM, Vietnam. */
    from: v.pipe(v.string('Ghi giờ mở cửa dạng 07:30.'), v.isoTime('Ghi giờ mở cửa dạng 07:30.')),
    /** Closing time HH:MM, Vietnam. */
    to: v.pipe(v.string('Ghi giờ đóng cửa dạng 17:30.'), v.isoTime('Ghi giờ đóng cửa dạng 17:30.')),
  },
  'Mỗi dòng giờ mở cửa chỉ gồm days, from và to.',
);

/** `content/company.json`: who the company is. What the owner has not given stays empty and no page shows it. */
export const CompanySchema = v.strictObject(
  {
    /** Full name as registered. */
    name: v.pipe(
      v.string('Ghi tên đầy đủ của công ty.'),
      v.nonEmpty('Ghi tên đầy đủ của công ty.'),
    ),
    /** Short name for headings and narrow screens. */
    shortName: v.pipe(
      v.string('Ghi tên ngắn của công ty.'),
      v.nonEmpty('Ghi tên ngắn của công ty.'),
    ),
    /** One line under the name: what and where. */
    tagline: v.pipe(
      v.string('Ghi một dòng: làm gì, ở đâu.'),
      v.nonEmpty('Ghi một dòng: làm gì, ở đâu.'),
    ),
    /** Start of every request code, two letters and a dash. */
    codePrefix: v.pipe(
      v.string('Ghi hai chữ in hoa và dấu gạch, ví dụ "TS-".'),
      v.regex(/^[A-Z]{2}-$/, 'Ghi hai chữ in hoa và dấu gạch, ví dụ "TS-".'),
    ),
    /** The number to call, national digits. */
    hotline: phone,
    /** Support lines by name. */
    support: v.array(
      v.strictObject(
        {
          name: v.pipe(v.string('Ghi tên người trực máy.'), v.nonEmpty('Ghi tên người trực máy.')),
          phone,
        },
        'Mỗi người trực máy chỉ gồm name và phone.',
      ),
      'Danh sách hỗ trợ phải nằm trong dấu ngoặc vuông [ ].',
    ),
    /** Postal address; `street` stays empty until the owner gives it. */
    address: v.strictObject(
      {
        street: optionalText,
        locality: v.pipe(v.string('Ghi phường hoặc xã.'), v.nonEmpty('Ghi phường hoặc xã.')),
        region: v.pipe(v.string('Ghi tỉnh.'), v.nonEmpty('Ghi tỉnh.')),
        country: v.literal('VN', 'Ghi "VN".'),
        formerly: optionalText,
      },
      'Địa chỉ chỉ gồm street, locality, region, country và formerly.',
    ),
    /** Zalo account's national digits. */
    zalo: v.union(
      [v.literal(''), phone],
      'Ghi số điện thoại của tài khoản Zalo, chưa có thì để "".',
    ),
    /** Facebook page's full address. */
    facebook: url,
    /** Public e-mail address. */
    email: v.union(
      [v.literal(''), v.pipe(v.string(), v.email())],
      'Ghi địa chỉ thư điện tử, ví dụ "lienhe@congty.vn", chưa có thì để "".',
    ),
    /** Opening hours; empty until the owner gives them. */
    openingHours: v.array(HoursSchema, 'Giờ mở cửa phải nằm trong dấu ngoặc vuông [ ].'),
    /** What the law asks the site's owner to show. */
    legal: v.strictObject(
      {
        form: optionalText,
        businessCode: optionalText,
        businessCodeDate: optionalText,
        representative: optionalText,
        moitBadgeUrl: url,
      },
      'legal chỉ gồm form, businessCode, businessCodeDate, representative và moitBadgeUrl.',
    ),
    /** Bank account shown on the payment policy. */
    bankAccount: optionalText,
    /** Visit totals carried over from the old site. */
    visitsBefore: v.strictObject(
      {
        total: v.pipe(
          v.number('Ghi một số nguyên.'),
          v.integer('Ghi một số nguyên.'),
          v.minValue(0, 'Ghi số từ 0.'),
        ),
        pages: v.record(
          v.pipe(
            v.string(),
            v.regex(/^\/(?:[a-z0-9-]+\/)*$/, 'Đường dẫn bắt đầu và kết thúc bằng dấu /.'),
          ),
          v.pipe(
            v.number('Ghi một số nguyên.'),
            v.integer('Ghi một số nguyên.'),
            v.minValue(0, 'Ghi số từ 0.'),
          ),
        ),
      },
      'visitsBefore chỉ gồm total và pages.',
    ),
    /** The company's own tile, a file name in content/motifs without `.svg`. */
    motif: v.pipe(
      v.string('Ghi tên tệp trong content/motifs.'),
      v.nonEmpty('Ghi tên tệp trong content/motifs.'),
    ),
  },
  'Có mục lạ hoặc thiếu mục trong company.json: so với content/README.md.',
);

/** The company's facts, as pages, e-mails and JSON-LD read them. */
export type Company = v.InferOutput<typeof CompanySchema>;
