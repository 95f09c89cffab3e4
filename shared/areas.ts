import * as v from 'valibot';

/** A ward or commune the company serves, by the official code of the dataset's date. */
export const WardSchema = v.strictObject(
  {
    /** Official code, five digits; new units reuse old codes, so it counts with the dataset's date. */
    code: v.pipe(
      v.string('Ghi mã phường, xã gồm 5 chữ số.'),
      v.regex(/^\d{5}$/, 'Ghi mã phường, xã gồm 5 chữ số.'),
    ),
    /** Kind of unit. */
    kind: v.picklist(['phường', 'xã'], 'Ghi "phường" hoặc "xã".'),
    /** Name without its kind. */
    name: v.pipe(v.string('Ghi tên phường, xã.'), v.nonEmpty('Ghi tên phường, xã.')),
    /** Former district, the heading it is listed under. */
    area: v.pipe(v.string('Ghi khu vực, ví dụ "Vinh".'), v.nonEmpty('Ghi khu vực, ví dụ "Vinh".')),
    /** Names people still use. */
    former: v.array(v.string('Ghi tên cũ.'), 'Tên cũ phải nằm trong dấu ngoặc vuông [ ].'),
    /** Travel fee in đồng; absent means "liên hệ". */
    travelFeeVnd: v.optional(
      v.pipe(
        v.number('Ghi phí đi lại bằng đồng.'),
        v.integer('Ghi số nguyên.'),
        v.minValue(0, 'Không được âm.'),
      ),
    ),
  },
  'Có mục lạ hoặc thiếu mục ở một phường, xã.',
);

/** `content/areas.json`. */
export const AreasSchema = v.strictObject(
  {
    /** Day of the official dataset the codes come from. */
    dataset: v.pipe(
      v.string('Ghi ngày của bảng mã.'),
      v.isoDate('Ghi ngày của bảng mã dạng 2025-07-01.'),
    ),
    province: v.strictObject(
      {
        code: v.string('Ghi mã tỉnh.'),
        name: v.pipe(v.string('Ghi tên tỉnh.'), v.nonEmpty('Ghi tên tỉnh.')),
      },
      'province chỉ gồm code và name.',
    ),
    wards: v.pipe(
      v.array(WardSchema, 'Danh sách phải nằm trong dấu ngoặc vuông [ ].'),
      v.minLength(1, 'Cần ít ra một phường hoặc xã.'),
      v.check(
        (list) => new Set(list.map((ward) => ward.code)).size === list.length,
        'Hai dòng trùng mã phường, xã.',
      ),
    ),
  },
  'areas.json chỉ gồm dataset, province và wards.',
);

/** Where the company goes. */
export type Areas = v.InferOutput<typeof AreasSchema>;

/** One ward or commune. */
export type Ward = v.InferOutput<typeof WardSchema>;

/** "Phường Trường Vinh": a ward's kind and name. */
export function wardName(ward: Ward): string {
  return `${ward.kind.charAt(0).toUpperCase()}${ward.kind.slice(1)} ${ward.name}`;
}
