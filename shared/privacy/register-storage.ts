import { letterTables } from './register-letters.ts';
import { plain, type TableEntry } from './register-columns.ts';
import { recordTables } from './register-records.ts';

/** Every table and column of the database; a test compares it with the migrations. */
export const storedTables = {
  ...recordTables,
  repeats: {
    what: 'Dấu vết để nhận ra việc gửi trùng, gửi dồn dập',
    columns: {
      ...plain('created_at'),
      subject_id: 'link',
      intent: 'link',
      content_hash: 'hash',
      phone_hash: 'hash',
      email_hash: 'hash',
      network_hash: 'hash',
    },
    afterErasure: null,
  },
  seats: {
    what: 'Chỗ đã giữ trong từng khung giờ',
    columns: { ...plain('visit_date', 'arrival_window', 'n'), booking_id: 'link' },
    afterErasure: null,
  },
  window_locks: {
    what: 'Khung giờ nhân viên đã khóa',
    columns: plain('visit_date', 'arrival_window', 'locked_at'),
    afterErasure: null,
  },
  crews_off: {
    what: 'Đội nghỉ ngày nào',
    columns: plain('visit_date', 'crew'),
    afterErasure: null,
  },
  seat_limits: {
    what: 'Số chỗ nhân viên đặt cho một ngày hoặc một khung giờ',
    columns: plain('visit_date', 'arrival_window', 'seats'),
    afterErasure: null,
  },
  receipts: {
    what: 'Xác nhận đồng ý',
    columns: {
      ...plain('id', 'purpose', 'policy', 'policy_version', 'policy_sha256', 'policy_named'),
      ...plain('wording', 'given_at', 'withdrawn_at'),
      subject_id: 'link',
    },
    afterErasure: null,
  },
  events: {
    what: 'Diễn biến của đơn và tin nhắn',
    columns: {
      ...plain('id', 'type', 'actor', 'state', 'version', 'reason', 'at'),
      subject_id: 'link',
    },
    afterErasure: 'nhật ký',
  },
  deliveries: {
    what: 'Lượt gửi cho nhân viên, khách và bộ phận điều phối',
    columns: {
      ...plain('id', 'subject_kind', 'channel', 'kind', 'version', 'status', 'after_id'),
      ...plain('attempts', 'next_attempt_at', 'lease_ends_at', 'last_attempt_at', 'last_result'),
      ...plain('dedupe_key', 'created_at', 'settled_at', 'mail_subject'),
      subject_id: 'link',
    },
    afterErasure: 'lượt gửi',
  },
  prices: {
    what: 'Giá đã báo của từng đơn, và lần khách đồng ý',
    columns: {
      ...plain('version', 'amount_vnd', 'at', 'agreed_by', 'agreed_at'),
      subject_id: 'link',
    },
    afterErasure: 'giá và tiền đã trả',
  },
  payments: {
    what: 'Tiền đã nhận của từng đơn',
    columns: { ...plain('n', 'amount_vnd', 'method', 'at', 'undone_at'), subject_id: 'link' },
    afterErasure: 'giá và tiền đã trả',
  },
  ratings: {
    what: 'Mức đánh giá của từng đơn',
    columns: { ...plain('rating', 'at'), subject_id: 'link' },
    afterErasure: 'mức đánh giá',
  },
  rating_totals: {
    what: 'Số lượt đánh giá theo mức, để tính tỉ lệ',
    columns: plain('rating', 'count'),
    afterErasure: null,
  },
  bank_accounts: {
    what: 'Tài khoản nhận tiền của công ty, để báo khi có ai đổi',
    columns: plain('n', 'bin', 'account', 'name', 'since'),
    afterErasure: null,
  },
  channels: {
    what: 'Tình trạng của từng kênh gửi',
    columns: plain('name', 'stopped_at', 'failing_since'),
    afterErasure: null,
  },
  disclosures: {
    what: 'Nhật ký chia sẻ: ai nhận những mục nào, lúc nào',
    columns: {
      ...plain('id', 'recipient', 'kind', 'fields', 'result', 'at', 'sends', 'first_at'),
      subject_id: 'link',
    },
    afterErasure: 'nhật ký',
  },
  rights_requests: {
    what: 'Yêu cầu về dữ liệu cá nhân và hạn của các yêu cầu ấy',
    columns: {
      ...plain('id', 'kind', 'state', 'first_reply_due', 'due_on', 'created_at'),
      ...plain('replied_at', 'done_at', 'needs_call', 'refused'),
      subject_id: 'link',
    },
    afterErasure: 'yêu cầu về dữ liệu',
  },
  push_phones: {
    what: 'Điện thoại nhân viên được báo việc',
    columns: {
      ...plain('id', 'created_at', 'seen_at'),
      endpoint_hash: 'hash',
      sealed: 'sealed',
      last_delivery_id: 'link',
    },
    afterErasure: null,
  },
  ...letterTables,
  link_epochs: {
    what: 'Lần đóng gần nhất của từng loại đường dẫn',
    columns: plain('kind', 'epoch'),
    afterErasure: null,
  },
  tries: {
    what: 'Số lần thử sai khi tìm đơn, theo giờ, theo ngày và trong đời của đơn; số lần sửa và tải bản sao trong ngày',
    columns: plain('name', 'hour', 'count'),
    afterErasure: null,
  },
  visits: {
    what: 'Lượt xem trang theo ngày',
    columns: plain('day', 'path', 'count'),
    afterErasure: null,
  },
  task_runs: {
    what: 'Lần chạy gần đây của các việc theo giờ',
    columns: plain('task', 'ran_for', 'ran_at', 'result'),
    afterErasure: null,
  },
  page_failures: {
    what: 'Số lỗi của trang đơn và trang việc, theo loại lỗi',
    columns: plain('event', 'class', 'count', 'first_at', 'last_at'),
    afterErasure: null,
  },
} as const satisfies Record<string, TableEntry>;

/** What the key store holds, in Vietnamese. */
export const keyStore =
  'Mỗi đơn, mỗi tin nhắn, mỗi người nhận bản tin một khóa đã được mã hóa, kèm mã đơn nếu có và lúc nhận; khóa tự mất vào ngày hết hạn lưu. Thêm mỗi ngày một khóa ngẫu nhiên để làm dấu vết của mạng gửi đơn, tự mất sau 48 giờ';

/** What a message of the queue holds, in Vietnamese. */
export const queueMessage = 'Mã của lượt gửi, không có gì khác';
