import * as v from 'valibot';
import { formatVnd } from '../money.ts';
import { amount } from './rule-fields.ts';

/** A ward or commune the company serves, by the official code of the dataset's date. */
export const WardSchema = v.strictObject(
  {
    code: v.pipe(
      v.string('Ghi mã phường, xã gồm 5 chữ số.'),
      v.regex(/^\d{5}$/, 'Ghi mã phường, xã gồm 5 chữ số.'),
      v.metadata({
        title: 'Mã phường, xã',
        description: 'Mã chính thức theo ngày của bảng mã; đơn vị mới dùng lại mã cũ.',
      }),
    ),
    kind: v.pipe(
      v.picklist(['phường', 'xã'], 'Ghi "phường" hoặc "xã".'),
      v.metadata({ title: 'Loại', description: 'phường hoặc xã.' }),
    ),
    name: v.pipe(
      v.string('Ghi tên phường, xã.'),
      v.nonEmpty('Ghi tên phường, xã.'),
      v.metadata({ title: 'Tên', description: 'Tên không kèm chữ phường, xã.' }),
    ),
    area: v.pipe(
      v.string('Ghi khu vực, ví dụ "Nội thành".'),
      v.nonEmpty('Ghi khu vực, ví dụ "Nội thành".'),
      v.metadata({
        title: 'Khu vực',
        description: 'Tên nhóm trong danh sách chọn, ví dụ Nội thành.',
      }),
    ),
    former: v.optional(
      v.pipe(
        v.array(v.string('Ghi tên cũ.'), 'Tên cũ phải nằm trong dấu ngoặc vuông [ ].'),
        v.metadata({ title: 'Tên cũ', description: 'Những tên người ta còn quen gọi.' }),
      ),
      [],
    ),
    travelFeeVnd: v.optional(
      amount(
        'Phí đi lại (đồng)',
        'Ví dụ 50.000; không thu thì ghi 0; bỏ trống thì trang ghi "liên hệ".',
        { free: true },
      ),
    ),
  },
  'Có mục lạ hoặc thiếu mục ở một phường, xã.',
);

/** `content/areas.json`. */
export const AreasSchema = v.strictObject(
  {
    dataset: v.pipe(
      v.string('Ghi ngày của bảng mã.'),
      v.isoDate('Ghi ngày của bảng mã dạng 2025-07-01.'),
      v.metadata({ title: 'Ngày của bảng mã', description: 'Bảng mã chính thức ngày nào.' }),
    ),
    source: v.optional(
      v.pipe(
        v.string('Ghi nguồn bằng lời.'),
        v.metadata({ title: 'Nguồn', description: 'Mã và các tên cũ lấy từ đâu.', kind: 'text' }),
      ),
      '',
    ),
    province: v.pipe(
      v.strictObject(
        {
          code: v.pipe(
            v.string('Ghi mã tỉnh.'),
            v.metadata({ title: 'Mã tỉnh', description: 'Ví dụ 40.' }),
          ),
          name: v.pipe(
            v.string('Ghi tên tỉnh.'),
            v.nonEmpty('Ghi tên tỉnh.'),
            v.metadata({ title: 'Tên tỉnh', description: 'Ví dụ Lào Cai.' }),
          ),
        },
        'province chỉ gồm code và name.',
      ),
      v.metadata({ title: 'Tỉnh', description: 'Tỉnh công ty phục vụ.' }),
    ),
    wards: v.pipe(
      v.array(WardSchema, 'Danh sách phải nằm trong dấu ngoặc vuông [ ].'),
      v.minLength(1, 'Cần ít nhất một phường hoặc xã.'),
      v.check(
        (list) => new Set(list.map((ward) => ward.code)).size === list.length,
        'Hai dòng trùng mã phường, xã.',
      ),
      v.metadata({
        title: 'Nơi phục vụ',
        singular: 'phường, xã',
        description: 'Các phường, xã công ty nhận việc.',
      }),
    ),
  },
  'areas.json chỉ gồm dataset, source, province và wards.',
);

export type Areas = v.InferOutput<typeof AreasSchema>;

export type Ward = v.InferOutput<typeof WardSchema>;

/** "Phường Hoàn Kiếm": a ward's kind and name. */
export function wardName(ward: Ward): string {
  return `${ward.kind.charAt(0).toUpperCase()}${ward.kind.slice(1)} ${ward.name}`;
}

/** Whether any ward is also known by another name than today's. */
export function haveFormerNames(wards: readonly Pick<Ward, 'name' | 'former'>[]): boolean {
  return wards.some(({ name, former }) => former.some((old) => bareName(old) !== name));
}

/** "Hoàn Kiếm" of "Phường Hoàn Kiếm". */
export function bareName(name: string): string {
  return name.replace(/^(?:Phường|Xã|Thị trấn) /, '');
}

/** A travel fee in Vietnamese words and the wards with that fee. */
export interface TravelFee {
  fee: string;
  wards: string[];
}

/** Travel fees, the cheapest first; wards without a fee of their own come last under "Liên hệ". */
export function listTravelFees(wards: readonly Ward[]): TravelFee[] {
  const byFee = Map.groupBy(wards, ({ travelFeeVnd }) => travelFeeVnd ?? Infinity);
  return [...byFee]
    .toSorted(([a], [b]) => a - b)
    .map(([fee, those]) => ({ fee: describeFee(fee), wards: those.map(wardName) }));
}

function describeFee(fee: number): string {
  if (fee === Infinity) return 'Liên hệ';
  return fee === 0 ? 'Không thu' : formatVnd(fee);
}
