import * as v from 'valibot';
import { optionalText, phone, text, time, url } from './company-fields.ts';
import { optionalDate } from './rule-fields.ts';

const total = v.pipe(
  v.number('Ghi một số nguyên.'),
  v.integer('Ghi một số nguyên.'),
  v.minValue(0, 'Ghi số từ 0.'),
  v.metadata({
    title: 'Lượt xem',
    description: 'Số lượt xem mang sang từ trang cũ.',
    kind: 'grouped',
  }),
);

const DAY = '(?:Mo|Tu|We|Th|Fr|Sa|Su)';
const DAYS_REMEDY =
  'Ghi các ngày bằng Mo, Tu, We, Th, Fr, Sa, Su (thứ Hai đến Chủ Nhật), ví dụ "Mo-Sa" hoặc "Mo-Fr,Su".';

const HoursSchema = v.strictObject(
  {
    days: v.pipe(
      v.string(DAYS_REMEDY),
      v.regex(new RegExp(`^${DAY}(?:-${DAY})?(?:,${DAY}(?:-${DAY})?)*$`), DAYS_REMEDY),
      v.metadata({
        title: 'Các ngày',
        description:
          'Mo, Tu, We, Th, Fr, Sa, Su là thứ Hai đến Chủ Nhật. Ví dụ Mo-Sa là thứ Hai đến thứ Bảy.',
      }),
    ),
    from: time('Mở cửa', 'Ghi giờ mở cửa dạng 07:30.'),
    to: time('Đóng cửa', 'Ghi giờ đóng cửa dạng 17:30.'),
  },
  'Mỗi dòng giờ mở cửa chỉ gồm days, from và to.',
);

const SupportSchema = v.strictObject(
  {
    name: text('Tên người trực máy', 'Ghi tên người trực máy.', 'Ví dụ Chị Lan.'),
    phone: phone('Số điện thoại', 'Viết liền các chữ số.'),
  },
  'Mỗi người trực máy chỉ gồm name và phone.',
);

const PLACE_TOO_LONG = 'Dài quá 30 ký tự: chỉ ghi tên, phần còn lại ghi ở street.';

const AddressSchema = v.strictObject(
  {
    street: optionalText('Số nhà, đường', 'Chưa có thì bỏ trống, trang không hiện dòng này.'),
    locality: v.pipe(
      text('Phường hoặc xã', 'Ghi phường hoặc xã.', 'Tên hiện nay, ví dụ phường Hoàn Kiếm.'),
      v.maxLength(30, PLACE_TOO_LONG),
    ),
    region: v.pipe(
      text('Tỉnh', 'Ghi tỉnh.', 'Ví dụ tỉnh Lào Cai.'),
      v.maxLength(30, PLACE_TOO_LONG),
    ),
    country: v.pipe(
      v.literal('VN', 'Ghi "VN".'),
      v.metadata({ title: 'Nước', description: 'Luôn là VN.' }),
    ),
    formerly: optionalText('Tên cũ', 'Tên phường, xã cũ mà người ta còn quen gọi.'),
  },
  'Địa chỉ chỉ gồm street, locality, region, country và formerly.',
);

const LegalSchema = v.strictObject(
  {
    form: optionalText('Loại hình', 'Ví dụ Công ty TNHH, Hộ kinh doanh.'),
    businessCode: optionalText('Mã số doanh nghiệp', 'Ghi đúng như giấy chứng nhận.'),
    businessCodeDate: optionalDate('Ngày cấp', 'Ngày cấp giấy chứng nhận, dạng 2026-11-22.'),
    representative: optionalText('Người đại diện', 'Họ tên người đại diện theo pháp luật.'),
    moitBadgeUrl: url('Địa chỉ dấu Bộ Công Thương', 'Có địa chỉ này thì cuối trang mới hiện dấu.'),
  },
  'legal chỉ gồm form, businessCode, businessCodeDate, representative và moitBadgeUrl.',
);

const TeamSchema = v.pipe(
  v.strictObject(
    {
      photo: v.optional(
        v.pipe(
          v.string('Ghi tên tệp ảnh trong content/photos.'),
          v.metadata({
            title: 'Ảnh',
            description: 'Tên tệp ảnh trong content/photos. Bỏ trống thì không hiện.',
            kind: 'photo',
          }),
        ),
        '',
      ),
      alt: optionalText('Chữ thay ảnh', 'Ảnh có ai, đang làm gì, một câu.'),
    },
    'team chỉ gồm photo và alt.',
  ),
  v.check(
    ({ photo, alt }) => (photo === '') === (alt === ''),
    'Ảnh đội gồm cả hai: photo (tên tệp) và alt (ảnh có gì).',
  ),
);

const VisitsSchema = v.strictObject(
  {
    pages: v.optional(
      v.pipe(
        v.record(
          v.pipe(
            v.string(),
            v.regex(/^\/(?:[a-z0-9-]+\/)*$/, 'Đường dẫn bắt đầu và kết thúc bằng dấu /.'),
          ),
          total,
        ),
        v.metadata({ title: 'Từng trang', description: 'Đường dẫn của trang và số lượt xem cũ.' }),
      ),
      {},
    ),
    total,
  },
  'visitsBefore chỉ gồm pages và total.',
);

/** `content/company.json`: who the company is. What the owner has not given is left out and no page shows it. */
export const CompanySchema = v.strictObject(
  {
    name: text('Tên công ty', 'Ghi tên đầy đủ của công ty.', 'Tên đầy đủ như đã đăng ký.'),
    shortName: v.pipe(
      text('Tên ngắn', 'Ghi tên ngắn của công ty.', 'Dùng ở đầu trang và màn hình hẹp.'),
      v.maxLength(40, 'Tên ngắn dài quá 40 ký tự: chỉ ghi tên người ta hay gọi.'),
    ),
    tagline: text('Dòng giới thiệu', 'Ghi một dòng: làm gì, ở đâu.', 'Một dòng: làm gì, ở đâu.'),
    codePrefix: v.pipe(
      v.string('Ghi hai chữ in hoa và dấu gạch, ví dụ "AB-".'),
      v.regex(/^[A-Z]{2}-$/, 'Ghi hai chữ in hoa và dấu gạch, ví dụ "AB-".'),
      v.metadata({
        title: 'Chữ đầu mã đơn',
        description: 'Hai chữ in hoa và dấu gạch. Đã có đơn thì không đổi nữa.',
      }),
    ),
    hotline: phone('Số công ty', 'Số hiện ở mọi trang, viết liền các chữ số.'),
    support: v.optional(
      v.pipe(
        v.array(SupportSchema, 'Danh sách hỗ trợ phải nằm trong dấu ngoặc vuông [ ].'),
        v.metadata({
          title: 'Người trực máy',
          singular: 'người trực máy',
          description: 'Tên và số riêng của từng người.',
        }),
      ),
      [],
    ),
    address: v.pipe(
      AddressSchema,
      v.metadata({ title: 'Địa chỉ', description: 'Địa chỉ hiện ở cuối trang và trang liên hệ.' }),
    ),
    zalo: v.optional(
      v.union(
        [
          v.literal(''),
          phone('Zalo', 'Số điện thoại của tài khoản Zalo. Bỏ trống thì trang không có nút Zalo.'),
        ],
        'Ghi số điện thoại của tài khoản Zalo, chưa có thì bỏ dòng này.',
      ),
      '',
    ),
    facebook: url('Trang Facebook', 'Địa chỉ đầy đủ. Bỏ trống thì trang không có nút Facebook.'),
    email: v.optional(
      v.union(
        [
          v.literal(''),
          v.pipe(
            v.string(),
            v.email('Ghi email, ví dụ "lienhe@congty.vn", chưa có thì bỏ dòng này.'),
            v.metadata({ title: 'Email', description: 'Địa chỉ hiện trên trang.' }),
          ),
        ],
        'Ghi email, ví dụ "lienhe@congty.vn", chưa có thì bỏ dòng này.',
      ),
      '',
    ),
    openingHours: v.optional(
      v.pipe(
        v.array(HoursSchema, 'Giờ mở cửa phải nằm trong dấu ngoặc vuông [ ].'),
        v.metadata({
          title: 'Giờ mở cửa',
          singular: 'dòng giờ mở cửa',
          description: 'Bỏ trống thì trang không ghi giờ mở cửa.',
        }),
      ),
      [],
    ),
    legal: v.optional(
      v.pipe(
        LegalSchema,
        v.metadata({ title: 'Giấy tờ', description: 'Điều luật bắt chủ trang ghi.' }),
      ),
      {},
    ),
    since: v.optional(
      v.pipe(
        v.string('Ghi năm bốn chữ số trong dấu ngoặc kép.'),
        v.regex(/^(?:(?:19|20)\d{2})?$/, 'Ghi năm bốn chữ số, ví dụ "2014", chưa có thì để "".'),
        v.metadata({
          title: 'Làm nghề từ năm',
          description: 'Năm bắt đầu, có giấy tờ chứng minh. Bỏ trống thì trang không ghi.',
        }),
      ),
      '',
    ),
    insurance: optionalText(
      'Bảo hiểm',
      'Bảo hiểm nào, của ai, đến bao giờ, đúng như hợp đồng. Bỏ trống thì trang không ghi.',
    ),
    team: v.optional(
      v.pipe(
        TeamSchema,
        v.metadata({ title: 'Ảnh đội', description: 'Ảnh thật của đội, hiện ở trang chủ.' }),
      ),
      {},
    ),
    bankAccount: optionalText('Tài khoản ngân hàng', 'Hiện ở trang chính sách thanh toán.'),
    motif: text(
      'Hoa văn',
      'Ghi tên tệp trong content/motifs.',
      'Tên tệp trong content/motifs, không có .svg.',
    ),
    visitsBefore: v.optional(
      v.pipe(
        VisitsSchema,
        v.metadata({ title: 'Lượt xem cũ', description: 'Số đếm mang sang từ trang cũ.' }),
      ),
      { total: 0 },
    ),
  },
  'Có mục lạ hoặc thiếu mục trong company.json: so với content/README.md.',
);

/** The company's facts, as pages, e-mails and JSON-LD read them. */
export type Company = v.InferOutput<typeof CompanySchema>;
