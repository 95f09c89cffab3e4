/** A span of time that data may be kept, in one unit. */
export type Span = { hours: number } | { days: number } | { months: number };

/** A place that data is written to. */
export type Place = 'sealed' | 'database' | 'memory';

/** One entry of the register's table of retention. */
interface RetentionRule {
  /** How long, counted from `since`. */
  span: Span;
  /** The event the time counts from, in Vietnamese. */
  since: string;
  /** What is kept, in Vietnamese. */
  what: string;
}

/** How long each kind of record is kept, counted from entering its state. Page, purge, key expiry and dossier read these. */
export const retention = {
  held: { span: { days: 7 }, since: 'lúc gửi', what: 'Yêu cầu chờ nhân viên kiểm tra' },
  declined: { span: { days: 30 }, since: 'ngày từ chối', what: 'Yêu cầu công ty không nhận được' },
  cancelled: { span: { days: 30 }, since: 'ngày hủy', what: 'Yêu cầu đã hủy' },
  lapsed: {
    span: { days: 30 },
    since: 'ngày hẹn đã qua',
    what: 'Yêu cầu quá ngày mà chưa xác nhận',
  },
  dropped: { span: { days: 30 }, since: 'ngày loại bỏ', what: 'Yêu cầu không được duyệt' },
  completed: { span: { months: 12 }, since: 'ngày làm', what: 'Yêu cầu đã làm xong' },
  messageClosed: { span: { days: 90 }, since: 'ngày khép lại', what: 'Tin nhắn đã khép lại' },
  messageReceived: {
    span: { days: 180 },
    since: 'ngày nhận',
    what: 'Tin nhắn, tính cả khi chưa khép lại',
  },
  receipt: {
    span: { months: 36 },
    since: 'lúc đồng ý',
    what: 'Xác nhận đồng ý (không có thông tin cá nhân)',
  },
  emptied: {
    span: { months: 36 },
    since: 'ngày thông tin cá nhân bị xóa hoặc hết hạn',
    what: 'Phần còn lại của đơn, không có thông tin cá nhân: mã, dịch vụ, phường xã, ngày, trạng thái, nhật ký',
  },
  phoneHash: {
    span: { hours: 48 },
    since: 'lúc gửi',
    what: 'Dấu vết mã hóa của số điện thoại, để chặn gửi trùng',
  },
} as const satisfies Record<string, RetentionRule>;

/** A rule of the retention table. */
export type RetentionName = keyof typeof retention;

/** Who receives personal data, where they are and which fields reach them. */
export const recipients = {
  cloudflare: {
    name: 'Cloudflare, Inc.',
    role: 'Bên cho thuê máy chủ: lưu và truyền dữ liệu theo lệnh của công ty',
    place: 'Hoa Kỳ và các trung tâm dữ liệu của Cloudflare ở nước ngoài',
    when: 'mọi yêu cầu và tin nhắn',
    hosts: [] as readonly string[],
  },
  office: {
    name: 'Hộp thư của văn phòng công ty',
    role: 'Nhân viên tiếp nhận yêu cầu',
    place: 'Việt Nam; máy chủ thư của nhà cung cấp hộp thư',
    when: 'mọi yêu cầu và tin nhắn',
    hosts: [] as readonly string[],
  },
  dispatch: {
    name: 'Bộ phận điều phối',
    role: 'Xếp đội đến làm',
    place: 'Việt Nam',
    when: 'yêu cầu đặt lịch cần đến làm',
    hosts: ['DISPATCH_URL'] as readonly string[],
  },
  maps: {
    name: 'Google Maps',
    role: 'Chỉ đường đến nơi làm',
    place: 'Hoa Kỳ',
    when: 'khi nhân viên bấm nút chỉ đường',
    hosts: ['www.google.com'] as readonly string[],
  },
  zalo: {
    name: 'Zalo',
    role: 'Nhắn tin với khách',
    place: 'Việt Nam',
    when: 'khi nhân viên bấm nút Zalo',
    hosts: ['zalo.me'] as readonly string[],
  },
} as const;

/** Someone who receives personal data. */
export type RecipientName = keyof typeof recipients;

/** A form that asks for personal data. */
export type FormName = 'booking' | 'contact';

/** One field of personal data: why it is asked for, on what basis, where it lies and who may receive it. */
interface FieldEntry {
  label: string;
  purpose: string;
  basis: string;
  forms: readonly FormName[];
  required: Readonly<Partial<Record<FormName, boolean>>>;
  place: Place;
  recipients: readonly RecipientName[];
}

const consent = 'sự đồng ý của người gửi';

/** Every field of personal data the product takes. What is not here is neither asked for nor stored nor sent. */
export const personalFields = {
  name: {
    label: 'Họ và tên',
    purpose: 'để biết gọi ai',
    basis: consent,
    forms: ['booking', 'contact'],
    required: { booking: true, contact: true },
    place: 'sealed',
    recipients: ['cloudflare', 'office', 'dispatch'],
  },
  phone: {
    label: 'Số điện thoại',
    purpose: 'để gọi xác nhận và gọi khi đến',
    basis: consent,
    forms: ['booking', 'contact'],
    required: { booking: true, contact: false },
    place: 'sealed',
    recipients: ['cloudflare', 'office', 'dispatch', 'zalo'],
  },
  email: {
    label: 'Thư điện tử',
    purpose: 'để gửi thư trả lời, nếu anh/chị để lại',
    basis: consent,
    forms: ['booking', 'contact'],
    required: { booking: false, contact: false },
    place: 'sealed',
    recipients: ['cloudflare', 'office'],
  },
  address: {
    label: 'Địa chỉ',
    purpose: 'để đội đến đúng nơi',
    basis: consent,
    forms: ['booking'],
    required: { booking: true },
    place: 'sealed',
    recipients: ['cloudflare', 'office', 'dispatch', 'maps'],
  },
  note: {
    label: 'Ghi chú',
    purpose: 'để chuẩn bị dụng cụ cho đúng việc',
    basis: consent,
    forms: ['booking'],
    required: { booking: false },
    place: 'sealed',
    recipients: ['cloudflare', 'office'],
  },
  message: {
    label: 'Nội dung tin nhắn',
    purpose: 'để trả lời đúng điều anh/chị hỏi',
    basis: consent,
    forms: ['contact'],
    required: { contact: true },
    place: 'sealed',
    recipients: ['cloudflare', 'office'],
  },
} as const satisfies Record<string, FieldEntry>;

/** A field of personal data. */
export type PersonalField = keyof typeof personalFields;

/** The legal clocks of a person's request, in the unit each is counted in (facts: Decree 356/2025, Consumer Law 2023). */
export const clocks = {
  firstReply: { workingDays: 2 },
  see: { days: 10 },
  withdraw: { days: 15 },
  erase: { days: 20 },
  complaint: { workingDays: 7 },
} as const;
