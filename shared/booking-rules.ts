import * as v from 'valibot';

/** Days of the week as content/booking.json names them, Monday first. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** A day of the week. */
export type Weekday = (typeof weekdays)[number];

const time = v.pipe(v.string('Ghi giờ dạng 07:30.'), v.isoTime('Ghi giờ dạng 07:30.'));
const date = v.pipe(v.string('Ghi ngày dạng 2027-02-06.'), v.isoDate('Ghi ngày dạng 2027-02-06.'));
const count = (max: number) =>
  v.pipe(
    v.number('Ghi một số nguyên.'),
    v.integer('Ghi một số nguyên.'),
    v.minValue(0, 'Ghi số từ 0.'),
    v.maxValue(max, `Ghi số không quá ${max}.`),
  );

/** An arrival window: the bookable unit, times in Vietnam. */
export const ArrivalWindowSchema = v.strictObject(
  {
    id: v.pipe(
      v.string('Ghi mã khung giờ không dấu.'),
      v.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'Mã chỉ gồm chữ thường không dấu, số và dấu gạch.'),
    ),
    label: v.pipe(
      v.string('Ghi tên khung giờ, ví dụ "Sáng".'),
      v.nonEmpty('Ghi tên khung giờ, ví dụ "Sáng".'),
    ),
    from: time,
    to: time,
  },
  'Mỗi khung giờ chỉ gồm id, label, from và to.',
);

const span = { from: date, to: date };
const day = v.array(
  v.string('Ghi mã khung giờ.'),
  'Các khung giờ của một ngày phải nằm trong dấu ngoặc vuông [ ].',
);

/** `content/booking.json`: the settings of booking, working values until the owner confirms them. */
export const BookingRulesSchema = v.pipe(
  v.strictObject(
    {
      /** False until the owner has confirmed the values; the launch list names it. */
      confirmed: v.boolean('Ghi true khi chủ công ty đã xác nhận, chưa thì false.'),
      windows: v.pipe(
        v.array(ArrivalWindowSchema, 'Các khung giờ phải nằm trong dấu ngoặc vuông [ ].'),
        v.minLength(1, 'Cần ít ra một khung giờ.'),
      ),
      /** Window ids offered on each weekday, in order of time. */
      week: v.strictObject(
        { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day },
        'week gồm đủ mon, tue, wed, thu, fri, sat, sun.',
      ),
      /** Crews per window. */
      seats: count(50),
      /** Windows kept free after each job. */
      bufferWindows: count(6),
      /** Hours between now and the start of the first window that can be asked for. */
      leadHours: count(336),
      /** Days ahead that can be asked for. */
      horizonDays: v.pipe(count(60), v.minValue(1, 'Ít ra là 1 ngày.')),
      /** Hours before the window until which a customer may change or cancel. */
      noticeHours: count(336),
      /** Days off, both ends included. */
      closed: v.array(
        v.strictObject(
          { ...span, reason: v.string('Ghi lý do nghỉ.') },
          'Mỗi ngày nghỉ chỉ gồm from, to và reason.',
        ),
        'Ngày nghỉ phải nằm trong dấu ngoặc vuông [ ].',
      ),
      /** Busy days with their own number of seats and a note beside the window. */
      peaks: v.array(
        v.strictObject(
          { ...span, note: v.string('Ghi chú cho những ngày này.'), seats: count(50) },
          'Mỗi dịp cao điểm chỉ gồm from, to, note và seats.',
        ),
        'Dịp cao điểm phải nằm trong dấu ngoặc vuông [ ].',
      ),
      /** When staff are expected to act; counts the nudge's minutes. */
      workingHours: v.strictObject(
        {
          from: time,
          to: time,
          days: v.array(
            v.picklist(weekdays, 'Ghi mon, tue, wed, thu, fri, sat hoặc sun.'),
            'Các ngày phải nằm trong dấu ngoặc vuông [ ].',
          ),
        },
        'workingHours chỉ gồm from, to và days.',
      ),
      /** Working minutes without an answer after which a request is in the morning nudge. */
      nudgeAfterMinutes: count(10_000),
      /** Working minutes without an answer after which the second address is told. */
      secondAddressAfterMinutes: count(10_000),
      dispatch: v.strictObject(
        { from: v.picklist(['requested', 'confirmed'], 'Ghi "requested" hoặc "confirmed".') },
        'dispatch chỉ gồm from.',
      ),
      /** What the staff e-mail carries: without or with name, phone and address. */
      staffEmail: v.picklist(['masked', 'full'], 'Ghi "masked" hoặc "full".'),
      /** Whether customers who left an address get e-mail. */
      customerEmail: v.boolean('Ghi true hoặc false.'),
      /** Whether the form asks, in its own box, for consent to marketing. */
      marketing: v.boolean('Ghi true hoặc false.'),
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

/** The settings of booking. */
export type BookingRules = v.InferOutput<typeof BookingRulesSchema>;

/** A bookable arrival window. */
export type ArrivalWindow = v.InferOutput<typeof ArrivalWindowSchema>;
