import type { RecipientName } from './register.ts';
import type { RetentionRule } from './retention-rule.ts';

/** How long what belongs to the letters is kept; part of the policy and the dossier where `marketing` is on. */
export const letterRetention = {
  unconfirmed: {
    period: { hours: 48 },
    since: 'lúc đăng ký',
    what: 'Email đăng ký nhận bản tin mà chưa xác nhận',
  },
  subscribed: {
    period: { months: 24 },
    since: 'lần xác nhận hoặc gia hạn gần nhất',
    what: 'Email nhận bản tin; rời danh sách thì xóa ngay',
  },
  askedAgain: {
    period: { days: 7 },
    since: 'lúc đăng ký',
    what: 'Dấu vết mã hóa một chiều của email đã đăng ký, để một hộp thư không bị gửi thư xác nhận nhiều lần; ai nhận bản tin thì giữ lâu bằng email, để một hộp thư chỉ có một chỗ trong danh sách',
  },
} as const satisfies Readonly<Record<string, RetentionRule>>;

/** The address that a subscriber leaves. It is no field of a booking or message, and reaches nobody but the mail service. */
export const letterData = {
  label: 'Email nhận bản tin',
  purpose: 'để gửi bản tin của công ty, có quảng cáo',
  basis: 'sự đồng ý riêng của người đăng ký, xác nhận qua thư; rời danh sách lúc nào cũng được',
  storage:
    'mã hóa trong D1 bằng khóa riêng; kèm một dấu vết mã hóa một chiều để nhận ra hộp thư đã đăng ký',
  recipients: ['cloudflare'],
} as const satisfies { recipients: readonly RecipientName[] } & Readonly<Record<string, unknown>>;

/** The tables of the letters, part of `storedTables`. */
export const letterTables = {
  subscribers: {
    what: 'Người nhận bản tin, chỉ có khi công ty bật bản tin',
    columns: {
      id: 'plain',
      state: 'plain',
      address_hash: 'hash',
      sealed: 'sealed',
      last_ask_id: 'plain',
      asked_at: 'plain',
      key_ends_at: 'plain',
      erased_at: 'plain',
      created_at: 'plain',
      confirmed_at: 'plain',
    },
    afterErasure: null,
  },
  letters: {
    what: 'Bản tin đã gửi, như mọi người nhận thấy',
    columns: { slug: 'plain', title: 'plain', html: 'plain', plain: 'plain', sent_at: 'plain' },
    afterErasure: null,
  },
} as const;
