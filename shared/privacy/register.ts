/** A span of time that data may be kept, in one unit. */
export type Period = { hours: number } | { days: number } | { months: number };

/** A place that data is written to. */
export type StorageKind = 'sealed' | 'database' | 'memory';

/** One entry of the register's table of retention. */
interface RetentionRule {
  /** How long, counted from `since`. */
  period: Period;
  /** The event the time counts from, in Vietnamese. */
  since: string;
  /** What is kept, in Vietnamese. */
  what: string;
}

/** How long each kind of record is kept, counted from entering its state. Page, purge, key expiry and dossier read these. */
export const retention = {
  held: {
    period: { days: 7 },
    since: 'lúc gửi',
    what: 'Yêu cầu hoặc tin nhắn chờ nhân viên kiểm tra, quá hạn thì bị loại bỏ',
  },
  declined: {
    period: { days: 30 },
    since: 'ngày từ chối',
    what: 'Yêu cầu công ty không nhận được',
  },
  cancelled: { period: { days: 30 }, since: 'ngày hủy', what: 'Yêu cầu đã hủy' },
  lapsed: {
    period: { days: 30 },
    since: 'ngày hẹn đã qua',
    what: 'Yêu cầu quá ngày mà chưa xác nhận',
  },
  dropped: {
    period: { days: 30 },
    since: 'ngày loại bỏ',
    what: 'Yêu cầu hoặc tin nhắn đã loại bỏ',
  },
  completed: { period: { months: 12 }, since: 'ngày làm', what: 'Yêu cầu đã làm xong' },
  messageClosed: { period: { days: 90 }, since: 'ngày khép lại', what: 'Tin nhắn đã khép lại' },
  messageReceived: {
    period: { days: 180 },
    since: 'ngày nhận',
    what: 'Tin nhắn, tính cả khi chưa khép lại',
  },
  receipt: {
    period: { months: 36 },
    since: 'lúc đồng ý',
    what: 'Xác nhận đồng ý (không có thông tin cá nhân)',
  },
  emptied: {
    period: { months: 36 },
    since: 'ngày thông tin cá nhân bị xóa hoặc hết hạn',
    what: 'Phần còn lại của đơn và tin nhắn, không có thông tin cá nhân: mã, dịch vụ hoặc loại tin, phường xã, ngày và khung giờ, đặt trên trang hay qua điện thoại, trạng thái, các mốc thời gian, lượt gửi, yêu cầu về dữ liệu, nhật ký',
  },
  phoneHash: {
    period: { hours: 48 },
    since: 'lúc gửi',
    what: 'Dấu vết mã hóa một chiều của số điện thoại và nội dung đơn hoặc tin nhắn, để nhận ra việc gửi trùng',
  },
} as const satisfies Record<string, RetentionRule>;

/** How long after the visit a customer's page opens; later a person asks through the contact form. */
export const customerPage = { period: { days: 30 } } as const satisfies { period: Period };

/** A rule of the retention table. */
export type RetentionName = keyof typeof retention;

/** A form that asks for personal data. */
export type FormName = 'booking' | 'contact';

/** Someone who receives personal data: why, where they are, when it reaches them. */
interface RecipientEntry {
  name: string;
  role: string;
  location: string;
  when: string;
  /** Whether data leaves Vietnam on the way to them, as far as the house knows. */
  abroad: boolean;
  /** The forms whose data can reach them. */
  forms: readonly FormName[];
  /** Hosts that a request or a link with personal data goes to; a name in capitals is a variable of wrangler.toml. */
  hosts: readonly string[];
}

/** Who receives personal data; which fields reach them stands at each field. */
export const recipients = {
  cloudflare: {
    name: 'Cloudflare, Inc.',
    role: 'Bên cho thuê máy chủ: lưu và truyền dữ liệu theo lệnh của công ty',
    location: 'Hoa Kỳ và các trung tâm dữ liệu của Cloudflare ở nước ngoài',
    when: 'mọi yêu cầu và tin nhắn',
    abroad: true,
    forms: ['booking', 'contact'],
    hosts: [],
  },
  office: {
    name: 'Hộp thư của văn phòng công ty',
    role: 'Nhân viên tiếp nhận yêu cầu',
    location: 'Việt Nam; máy chủ thư của nhà cung cấp hộp thư',
    when: 'mọi yêu cầu và tin nhắn',
    abroad: false,
    forms: ['booking', 'contact'],
    hosts: ['STAFF_ADDRESS', 'STAFF_SECOND_ADDRESS'],
  },
  dispatch: {
    name: 'Bộ phận điều phối',
    role: 'Xếp đội đến làm',
    location: 'Việt Nam',
    when: 'yêu cầu đặt lịch',
    abroad: false,
    forms: ['booking'],
    hosts: ['DISPATCH_URL'],
  },
  maps: {
    name: 'Google Maps',
    role: 'Chỉ đường đến nơi làm',
    location: 'Hoa Kỳ',
    when: 'khi nhân viên bấm nút chỉ đường',
    abroad: true,
    forms: ['booking'],
    hosts: ['www.google.com'],
  },
  zalo: {
    name: 'Zalo',
    role: 'Nhắn tin với khách',
    location: 'Việt Nam',
    when: 'khi nhân viên bấm nút Zalo',
    abroad: false,
    forms: ['booking', 'contact'],
    hosts: ['zalo.me'],
  },
} as const satisfies Record<string, RecipientEntry>;

/** Someone who receives personal data. */
export type RecipientName = keyof typeof recipients;

/** One field of personal data: why it is asked for, on what basis, where it lies and who may receive it. */
interface FieldEntry {
  label: string;
  /** How a form asks for it where it does not ask by its label. */
  asks?: Readonly<Partial<Record<FormName, string>>>;
  purpose: string;
  /** Why the form may ask, in Vietnamese. */
  basis: Readonly<Partial<Record<FormName, string>>>;
  forms: readonly FormName[];
  required: Readonly<Partial<Record<FormName, boolean>>>;
  storage: StorageKind;
  recipients: readonly RecipientName[];
}

const consent = 'sự đồng ý của người gửi';
const consentOrDuty = `${consent}; riêng khiếu nại và yêu cầu về dữ liệu cá nhân là nghĩa vụ trả lời người gửi`;

/** Every field of personal data the product takes. What is not here is neither asked for nor stored nor sent. */
export const personalFields = {
  name: {
    label: 'Họ và tên',
    purpose: 'để biết gọi ai',
    basis: { booking: consent, contact: consentOrDuty },
    forms: ['booking', 'contact'],
    required: { booking: true, contact: true },
    storage: 'sealed',
    recipients: ['cloudflare', 'office', 'dispatch'],
  },
  phone: {
    label: 'Số điện thoại',
    purpose: 'để gọi xác nhận, gọi khi đến hoặc gọi trả lời',
    basis: { booking: consent, contact: consentOrDuty },
    forms: ['booking', 'contact'],
    required: { booking: true, contact: false },
    storage: 'sealed',
    recipients: ['cloudflare', 'office', 'dispatch', 'zalo'],
  },
  email: {
    label: 'Thư điện tử',
    purpose: 'để trả lời bằng thư, nếu có ghi',
    basis: { booking: consent, contact: consentOrDuty },
    forms: ['booking', 'contact'],
    required: { booking: false, contact: false },
    storage: 'sealed',
    recipients: ['cloudflare', 'office'],
  },
  address: {
    label: 'Địa chỉ',
    asks: { booking: 'Số nhà, đường hoặc khối, xóm' },
    purpose: 'để đội đến đúng nơi',
    basis: { booking: consent },
    forms: ['booking'],
    required: { booking: true },
    storage: 'sealed',
    recipients: ['cloudflare', 'office', 'dispatch', 'maps'],
  },
  note: {
    label: 'Ghi chú',
    purpose: 'để chuẩn bị dụng cụ cho đúng việc',
    basis: { booking: consent },
    forms: ['booking'],
    required: { booking: false },
    storage: 'sealed',
    recipients: ['cloudflare', 'office'],
  },
  message: {
    label: 'Nội dung tin nhắn',
    asks: { contact: 'Nội dung' },
    purpose: 'để trả lời đúng điều được hỏi',
    basis: { contact: consentOrDuty },
    forms: ['contact'],
    required: { contact: true },
    storage: 'sealed',
    recipients: ['cloudflare', 'office'],
  },
} as const satisfies Record<string, FieldEntry>;

/** A field of personal data. */
export type PersonalField = keyof typeof personalFields;

/** Fields of which a form needs at least one, though none of them is required by itself. */
export const eitherOf = { booking: [], contact: ['phone', 'email'] } as const satisfies Record<
  FormName,
  readonly PersonalField[]
>;

/** What is sealed beside a field and belongs to it: the retired number that was typed goes with the phone. */
export const belongings = { retiredPhone: 'phone' } as const satisfies Record<
  string,
  PersonalField
>;

/** What the staff e-mail about a record holds of its person where `staffEmail` is "full"; else it holds a masked number. */
export const mailedFields = {
  booking: ['name', 'phone', 'address'],
  contact: ['name', 'phone', 'email', 'message'],
} as const satisfies Record<FormName, readonly PersonalField[]>;

/** The legal clocks of a person's request, in the unit each is counted in (facts: Decree 356/2025, Consumer Law 2023). */
export const legalDeadlines = {
  firstReply: { workingDays: 2 },
  see: { days: 10 },
  withdraw: { days: 15 },
  erase: { days: 20 },
  extension: { days: 10 },
  complaint: { workingDays: 7 },
} as const;
