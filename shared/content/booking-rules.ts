import * as v from 'valibot';
import { CallbackSchema, count, date, time } from './rule-fields.ts';
import { weekdayNames, weekdays } from '../time.ts';

/** An arrival window: the bookable unit, times in Vietnam. */
export const ArrivalWindowSchema = v.strictObject(
  {
    id: v.pipe(
      v.string('Ghi mã khung giờ không dấu.'),
      v.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'Mã chỉ gồm chữ thường không dấu, số và dấu gạch.'),
      v.metadata({
        title: 'Mã khung giờ',
        description: 'Chữ thường không dấu. Đã có đơn thì không đổi.',
      }),
    ),
    label: v.pipe(
      v.string('Ghi tên khung giờ, ví dụ "Sáng".'),
      v.nonEmpty('Ghi tên khung giờ, ví dụ "Sáng".'),
      v.metadata({ title: 'Tên khung giờ', description: 'Ví dụ Sáng.' }),
    ),
    from: time('Đến từ'),
    to: time('Đến trước'),
  },
  'Mỗi khung giờ chỉ gồm id, label, from và to.',
);

const span = { from: date('Từ ngày'), to: date('Đến ngày') };
const day = (title: string) =>
  v.optional(
    v.pipe(
      v.array(
        v.string('Ghi mã khung giờ.'),
        'Các khung giờ của một ngày phải nằm trong dấu ngoặc vuông [ ].',
      ),
      v.metadata({
        title,
        description: 'Các khung giờ nhận khách, ngày nghỉ thì bỏ trống.',
        kind: 'windows',
      }),
    ),
    [],
  );
const words = (title: string, remedy: string, description: string) =>
  v.pipe(v.string(remedy), v.metadata({ title, description }));

/** `content/booking.json`: the settings of booking, not yet the owner's own where `confirmed` is false. */
export const BookingRulesSchema = v.pipe(
  v.strictObject(
    {
      confirmed: v.pipe(
        v.boolean('Ghi true khi chủ công ty đã xác nhận, chưa thì false.'),
        v.metadata({
          title: 'Chủ công ty đã xác nhận',
          description: 'Bật khi chủ công ty đã xem các số dưới đây và đồng ý.',
        }),
      ),
      windows: v.pipe(
        v.array(ArrivalWindowSchema, 'Các khung giờ phải nằm trong dấu ngoặc vuông [ ].'),
        v.minLength(1, 'Cần ít nhất một khung giờ.'),
        v.metadata({
          title: 'Khung giờ đến',
          singular: 'khung giờ',
          description: 'Theo thứ tự trong ngày.',
        }),
      ),
      week: v.pipe(
        v.strictObject(
          {
            mon: day(weekdayNames.mon),
            tue: day(weekdayNames.tue),
            wed: day(weekdayNames.wed),
            thu: day(weekdayNames.thu),
            fri: day(weekdayNames.fri),
            sat: day(weekdayNames.sat),
            sun: day(weekdayNames.sun),
          },
          'week chỉ gồm mon, tue, wed, thu, fri, sat, sun.',
        ),
        v.metadata({ title: 'Trong tuần', description: 'Ngày nào nhận khung giờ nào.' }),
      ),
      seats: count(50, 'Số đội', 'Số việc nhận được trong một khung giờ.'),
      bufferWindows: count(6, 'Khung giờ nghỉ', 'Số khung giờ để trống sau mỗi việc.'),
      leadHours: count(
        336,
        'Đặt trước (giờ)',
        'Từ lúc đặt đến lúc làm cách nhau ít nhất mấy tiếng.',
      ),
      horizonDays: v.pipe(
        count(60, 'Đặt xa (ngày)', 'Đặt trước nhiều nhất mấy ngày.'),
        v.minValue(1, 'Ít nhất 1 ngày.'),
      ),
      noticeHours: count(
        336,
        'Báo đổi, hủy trước (tiếng)',
        'Khách tự đổi hoặc hủy được, chậm nhất mấy tiếng trước giờ hẹn.',
      ),
      closed: v.optional(
        v.pipe(
          v.array(
            v.strictObject(
              {
                ...span,
                reason: words(
                  'Lý do',
                  'Ghi lý do nghỉ.',
                  'Nhân viên thấy trong lịch tuần, khách không thấy.',
                ),
              },
              'Mỗi ngày nghỉ chỉ gồm from, to và reason.',
            ),
            'Ngày nghỉ phải nằm trong dấu ngoặc vuông [ ].',
          ),
          v.metadata({
            title: 'Ngày nghỉ',
            singular: 'ngày nghỉ',
            description: 'Những ngày không nhận khách, ví dụ Tết.',
          }),
        ),
        [],
      ),
      peaks: v.optional(
        v.pipe(
          v.array(
            v.strictObject(
              {
                ...span,
                note: words('Ghi chú', 'Ghi chú cho những ngày này.', 'Hiện cạnh khung giờ.'),
                seats: count(50, 'Số đội', 'Số việc nhận được trong một khung giờ, riêng dịp này.'),
              },
              'Mỗi dịp cao điểm chỉ gồm from, to, note và seats.',
            ),
            'Dịp cao điểm phải nằm trong dấu ngoặc vuông [ ].',
          ),
          v.metadata({
            title: 'Dịp cao điểm',
            singular: 'dịp cao điểm',
            description: 'Những ngày đông khách.',
          }),
        ),
        [],
      ),
      workingHours: v.pipe(
        v.strictObject(
          {
            from: time('Từ'),
            to: time('Đến'),
            days: v.pipe(
              v.array(
                v.picklist(weekdays, 'Ghi mon, tue, wed, thu, fri, sat hoặc sun.'),
                'Các ngày phải nằm trong dấu ngoặc vuông [ ].',
              ),
              v.metadata({
                title: 'Các ngày',
                description: 'mon là thứ Hai … sun là Chủ Nhật.',
                names: weekdayNames,
              }),
            ),
          },
          'workingHours chỉ gồm from, to và days.',
        ),
        v.metadata({
          title: 'Giờ trực',
          description: 'Lúc nhân viên nghe máy và gọi lại; hiện cạnh số điện thoại.',
        }),
      ),
      callback: CallbackSchema,
      secondAddressAfterMinutes: count(
        10_000,
        'Báo người thứ hai sau (phút)',
        'Chờ quá số phút trực này thì báo cho hộp thư thứ hai.',
      ),
      dispatch: v.pipe(
        v.strictObject(
          {
            from: v.pipe(
              v.picklist(['requested', 'confirmed'], 'Ghi "requested" hoặc "confirmed".'),
              v.metadata({
                title: 'Gửi điều phối từ lúc',
                names: { requested: 'Khách gửi yêu cầu', confirmed: 'Nhân viên xác nhận' },
                description: 'requested: ngay khi khách gửi; confirmed: khi nhân viên đã xác nhận.',
              }),
            ),
          },
          'dispatch chỉ gồm from.',
        ),
        v.metadata({
          title: 'Điều phối',
          description: 'Khi nào phiếu việc đi tới bộ phận điều phối.',
        }),
      ),
      staffEmail: v.pipe(
        v.picklist(['masked', 'full'], 'Ghi "masked" hoặc "full".'),
        v.metadata({
          title: 'Thư cho nhân viên',
          names: { masked: 'Che họ tên, số máy, địa chỉ', full: 'Ghi đủ' },
          description:
            'masked: không có họ tên, số điện thoại, địa chỉ; full: có đủ. Đổi mục này phải công bố lại chính sách bảo mật.',
        }),
      ),
      customerEmail: v.pipe(
        v.boolean('Ghi true hoặc false.'),
        v.metadata({
          title: 'Gửi thư cho khách',
          description: 'Khách để lại địa chỉ email thì nhận thư báo.',
        }),
      ),
      marketing: v.pipe(
        v.boolean('Ghi true hoặc false.'),
        v.metadata({
          title: 'Bản tin qua email',
          description:
            'true: có trang đăng ký nhận bản tin. Hỏi người tư vấn luật trước; đổi mục này phải công bố lại chính sách bảo mật.',
        }),
      ),
    },
    'Có mục lạ hoặc thiếu mục trong booking.json: so với content/README.md.',
  ),
  v.check((rules) => {
    const known = new Set(rules.windows.map((window) => window.id));
    return (
      known.size === rules.windows.length &&
      Object.values(rules.week)
        .flat()
        .every((id) => known.has(id))
    );
  }, 'week nhắc đến mã khung giờ không có trong windows, hoặc hai khung giờ trùng mã.'),
  v.check(
    (rules) => rules.windows.every((window) => window.from < window.to),
    'Một khung giờ có giờ đến (to) không sau giờ bắt đầu (from).',
  ),
  v.check(
    (rules) => [...rules.closed, ...rules.peaks].every((days) => days.from <= days.to),
    'Một dòng ngày nghỉ hoặc cao điểm có ngày to trước ngày from.',
  ),
);

/** The settings of booking, with the ids of content/crews.json: a window has as many seats as crews work, where there are any. */
export type BookingRules = v.InferOutput<typeof BookingRulesSchema> & {
  crews?: readonly string[];
};

export type ArrivalWindow = v.InferOutput<typeof ArrivalWindowSchema>;
