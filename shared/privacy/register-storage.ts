import { letterTables } from './register-letters.ts';

/**
 * What a column says of a person: `sealed` holds their details under a key, `hash` is a keyed hash of them, `bucket` one that some
 * ten thousand phone numbers share, `link` is a secret or id that leads to their record, `plain` says nothing of anyone.
 */
export type ColumnKind = 'sealed' | 'hash' | 'bucket' | 'link' | 'plain';

/** A table of the database. */
export interface TableEntry {
  /** What it is for, in Vietnamese. */
  what: string;
  columns: Readonly<Record<string, ColumnKind>>;
  /**
   * What stays when a record's person is erased, in words of `retention.emptied.what`: one text for a table whose rows stay whole,
   * or one for each column, null where the erasure empties it. Null where the rows go with the person or hang on none.
   */
  afterErasure: string | Readonly<Record<string, string | null>> | null;
}

/** Columns of kind `plain`, by name. */
function plain<Name extends string>(...names: readonly Name[]): Record<Name, 'plain'> {
  return Object.fromEntries(names.map((name) => [name, 'plain'])) as Record<Name, 'plain'>;
}

const record = {
  ...plain('id', 'code', 'state', 'state_at', 'version', 'last_event_id', 'hold_reason'),
  ...plain('key_ends_at', 'erased_at', 'created_at'),
  sealed: 'sealed',
} as const;

/** What stays of every record without its person. */
const recordAfterErasure = {
  id: 'mã',
  code: 'mã',
  state: 'trạng thái',
  state_at: 'mốc thời gian',
  version: 'nhật ký',
  last_event_id: 'nhật ký',
  hold_reason: null,
  sealed: null,
  key_ends_at: 'mốc thời gian',
  erased_at: 'mốc thời gian',
  created_at: 'mốc thời gian',
} as const;

/** Every table and column of the database; a test compares it with the migrations. */
export const storedTables = {
  bookings: {
    what: 'Đơn đặt lịch',
    columns: {
      ...record,
      ...plain('service', 'quantity', 'further_services', 'answers', 'visit'),
      ...plain('ward', 'visit_date', 'arrival_window'),
      ...plain('visit_starts_at', 'visit_ends_at', 'origin', 'call_again_at', 'crew'),
      ...plain('rhythm_date', 'plan_terms'),
      phone_bucket: 'bucket',
      previous: 'link',
      plan_id: 'link',
    },
    afterErasure: {
      ...recordAfterErasure,
      service: 'dịch vụ',
      quantity: null,
      further_services: null,
      answers: null,
      visit: 'dịch vụ',
      ward: 'phường, xã',
      visit_date: 'ngày và khung giờ',
      arrival_window: 'ngày và khung giờ',
      visit_starts_at: 'ngày và khung giờ',
      visit_ends_at: 'ngày và khung giờ',
      origin: 'đặt trên trang hay qua điện thoại',
      call_again_at: null,
      crew: null,
      phone_bucket: null,
      previous: null,
      plan_id: null,
      rhythm_date: null,
      plan_terms: null,
    },
  },
  plans: {
    what: 'Lịch định kỳ',
    columns: {
      ...plain('id', 'code', 'state', 'state_at', 'version', 'last_event_id'),
      ...plain('rhythm', 'anchor_date', 'arrival_window', 'paused_until', 'next_date'),
      ...plain('service', 'quantity', 'further_services', 'answers', 'ward'),
      ...plain('terms', 'slot_terms', 'unsettled', 'key_ends_at', 'erased_at', 'created_at'),
      sealed: 'sealed',
    },
    afterErasure: {
      id: 'mã',
      code: 'mã',
      state: 'trạng thái',
      state_at: 'mốc thời gian',
      version: 'nhật ký',
      last_event_id: 'nhật ký',
      rhythm: 'ngày và khung giờ',
      anchor_date: 'ngày và khung giờ',
      arrival_window: 'ngày và khung giờ',
      paused_until: null,
      next_date: 'ngày và khung giờ',
      service: 'dịch vụ',
      quantity: null,
      further_services: null,
      answers: null,
      ward: 'phường, xã',
      terms: 'nhật ký',
      slot_terms: 'nhật ký',
      unsettled: 'nhật ký',
      sealed: null,
      key_ends_at: 'mốc thời gian',
      erased_at: 'mốc thời gian',
      created_at: 'mốc thời gian',
    },
  },
  plan_open_dates: {
    what: 'Ngày của lịch định kỳ còn phải chọn giờ khác',
    columns: { ...plain('rhythm_date', 'reason', 'found_at', 'settled_at'), subject_id: 'link' },
    afterErasure: null,
  },
  messages: {
    what: 'Tin nhắn từ trang liên hệ',
    columns: {
      ...record,
      ...plain('kind', 'lang', 'booking_code', 'due_on', 'codes_typed', 'genuine'),
    },
    afterErasure: {
      ...recordAfterErasure,
      kind: 'loại tin',
      lang: 'ngôn ngữ của tin',
      booking_code: null,
      genuine: null,
      due_on: 'mốc thời gian',
      codes_typed: 'nhật ký',
    },
  },
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
