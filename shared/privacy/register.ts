import type { Period, RetentionRule } from './retention-rule.ts';
import { writtenFields } from './written-fields.ts';

/** How a field is stored: sealed under its record's key, as a column of the database, or in memory only. */
export type StorageKind = 'sealed' | 'database' | 'memory';

/** How long each kind of record is kept, counted from the moment it enters its state. Policy, purge, key expiry and dossier read these. */
export const retention = {
  held: {
    period: { days: 7 },
    since: 'lúc gửi',
    what: 'Đơn hoặc tin nhắn có dấu hiệu lạ, để riêng chờ nhân viên xem; quá hạn thì bị loại bỏ, trừ khiếu nại và yêu cầu về dữ liệu cá nhân',
  },
  declined: {
    period: { days: 30 },
    since: 'ngày từ chối',
    what: 'Đơn công ty từ chối',
  },
  cancelled: { period: { days: 30 }, since: 'ngày hủy', what: 'Đơn đã hủy' },
  lapsed: {
    period: { days: 30 },
    since: 'ngày hẹn đã qua',
    what: 'Đơn quá ngày mà chưa xác nhận',
  },
  dropped: {
    period: { days: 30 },
    since: 'ngày loại bỏ',
    what: 'Đơn hoặc tin nhắn đã loại bỏ',
  },
  completed: {
    period: { months: 12 },
    since: 'ngày làm',
    what: 'Đơn đã làm xong, hoặc đội đến mà không gặp khách',
  },
  plan: {
    period: { days: 90 },
    since: 'buổi làm sau cùng đã xếp',
    what: 'Thông tin chung của lịch định kỳ',
  },
  messageClosed: { period: { days: 90 }, since: 'ngày kết thúc', what: 'Tin nhắn đã kết thúc' },
  messageReceived: {
    period: { days: 180 },
    since: 'ngày nhận',
    what: 'Tin nhắn, tính cả khi chưa kết thúc',
  },
  receipt: {
    period: { months: 36 },
    since: 'lúc đồng ý',
    what: 'Xác nhận đồng ý (không có thông tin cá nhân)',
  },
  emptied: {
    period: { months: 36 },
    since: 'ngày thông tin cá nhân bị xóa hoặc hết hạn',
    what: 'Phần còn lại của đơn và tin nhắn, không còn họ tên, số điện thoại, địa chỉ: mã, dịch vụ hoặc loại tin, ngôn ngữ của tin, phường, xã, ngày và khung giờ, đặt trên trang hay qua điện thoại, trạng thái, các mốc thời gian, giá và tiền đã trả, mức đánh giá, lượt gửi, yêu cầu về dữ liệu, nhật ký',
  },
  phoneHash: {
    period: { hours: 48 },
    since: 'lúc gửi',
    what: 'Dấu vết mã hóa một chiều của số điện thoại và nội dung đơn hoặc tin nhắn, để nhận ra việc gửi trùng',
  },
} as const satisfies Record<string, RetentionRule>;

/** The keyed hash of a sender's network (IPv4 address or IPv6 /64): emptied when the Vietnamese day is over, as its key ends. */
export const networkHash = {
  until: 'hết ngày gửi',
  what: 'Dấu vết mã hóa một chiều của mạng gửi đơn hoặc tin nhắn, để một nơi gửi không chiếm hết lịch',
} as const;

/** How long after the visit a customer's page still opens. */
export const customerPage = { period: { days: 30 } } as const satisfies { period: Period };

export type RetentionName = keyof typeof retention;

export type FormName = 'booking' | 'contact';

/** Someone who receives personal data; texts are Vietnamese, as the policy shows them. */
interface RecipientEntry {
  name: string;
  role: string;
  location: string;
  /** What makes data reach them. */
  when: string;
  /** Whether data leaves Vietnam on the way to them, as far as the company knows. */
  abroad: boolean;
  /** The forms whose data can reach them. */
  forms: readonly FormName[];
  /** Hosts that a request or a link with personal data goes to. A name in capitals is a variable of wrangler.toml. */
  hosts: readonly string[];
}

/** Who receives personal data. `personalFields` says which fields reach them. */
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
    location: 'Việt Nam; thư nằm ở nơi nhà cung cấp hộp thư đặt máy chủ, có thể ở nước ngoài',
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
    role: 'Chỉ đường đến địa chỉ của khách',
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

export type RecipientName = keyof typeof recipients;

/** Whether a form needs a field: always, at least one of those marked `oneOf`, or never. */
export type Need = 'always' | 'oneOf' | 'never';

/** One field of personal data; texts are Vietnamese, as pages and policies show them. */
export interface FieldEntry {
  label: string;
  /** How a form asks for it where it does not ask by its label. */
  asks?: Readonly<Partial<Record<FormName, string>>>;
  /** What it is asked for. */
  purpose: string;
  /** The legal basis on which each form asks. */
  basis: Readonly<Partial<Record<FormName, string>>>;
  /** The forms that ask for it. */
  forms: readonly FormName[];
  needed: Readonly<Partial<Record<FormName, Need>>>;
  storage: StorageKind;
  recipients: readonly RecipientName[];
  /** The forms whose staff e-mail holds the field where `staffEmail` is "full". Where it is "masked", the mail has a masked phone number only. */
  staffEmail: readonly FormName[];
  /** For a field that no form asks for: who writes it where, and the legal basis. */
  written?: { by: string; basis: string };
  /** Keys of the sealed person that are stored and erased with this field. */
  companions?: readonly string[];
}

const consent = 'sự đồng ý của người gửi';
const consentOrDuty = `${consent}; riêng khiếu nại và yêu cầu về dữ liệu cá nhân là nghĩa vụ trả lời người gửi`;

/** Every field of personal data. What is not here is neither asked for nor stored nor sent. */
export const personalFields = {
  name: {
    label: 'Họ và tên',
    purpose: 'để xưng hô và gặp đúng người',
    basis: { booking: consent, contact: consentOrDuty },
    forms: ['booking', 'contact'],
    needed: { booking: 'always', contact: 'always' },
    storage: 'sealed',
    recipients: ['cloudflare', 'office', 'dispatch'],
    staffEmail: ['booking', 'contact'],
  },
  phone: {
    label: 'Số điện thoại',
    purpose: 'để gọi xác nhận, gọi khi đến hoặc gọi trả lời',
    basis: { booking: consent, contact: consentOrDuty },
    forms: ['booking', 'contact'],
    needed: { booking: 'always', contact: 'oneOf' },
    storage: 'sealed',
    recipients: ['cloudflare', 'office', 'dispatch', 'zalo'],
    staffEmail: ['booking', 'contact'],
    companions: ['retiredPhone', 'formerPhone'],
  },
  email: {
    label: 'Email',
    purpose: 'để trả lời bằng email, nếu có ghi',
    basis: { booking: consent, contact: consentOrDuty },
    forms: ['booking', 'contact'],
    needed: { booking: 'never', contact: 'oneOf' },
    storage: 'sealed',
    recipients: ['cloudflare', 'office'],
    staffEmail: ['contact'],
  },
  address: {
    label: 'Địa chỉ',
    asks: { booking: 'Số nhà, đường hoặc khối, xóm' },
    purpose: 'để đội đến đúng nơi',
    basis: { booking: consent },
    forms: ['booking'],
    needed: { booking: 'always' },
    storage: 'sealed',
    recipients: ['cloudflare', 'office', 'dispatch', 'maps'],
    staffEmail: ['booking'],
  },
  note: {
    label: 'Ghi chú',
    purpose: 'để chuẩn bị dụng cụ cho đúng việc',
    basis: { booking: consent },
    forms: ['booking'],
    needed: { booking: 'never' },
    storage: 'sealed',
    recipients: ['cloudflare', 'office'],
    staffEmail: [],
    companions: ['staffNote'],
  },
  message: {
    label: 'Nội dung tin nhắn',
    asks: { contact: 'Nội dung' },
    purpose: 'để trả lời đúng điều được hỏi',
    basis: { contact: consentOrDuty },
    forms: ['contact'],
    needed: { contact: 'always' },
    storage: 'sealed',
    recipients: ['cloudflare', 'office'],
    staffEmail: ['contact'],
  },
  ...writtenFields,
} as const satisfies Record<string, FieldEntry>;

export type PersonalField = keyof typeof personalFields;

/** By when a person's request must be met, in the unit that the law counts in (Decree 356/2025, Consumer Law 2023). */
export const legalDeadlines = {
  firstReply: { workingDays: 2 },
  see: { days: 10 },
  withdraw: { days: 15 },
  erase: { days: 20 },
  extension: { days: 10 },
  complaint: { workingDays: 7 },
} as const;
