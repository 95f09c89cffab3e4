import { listBankFaults } from '../../shared/bank.ts';
import type { WranglerConfig } from '../tools/wrangler-config.ts';
import { type Finding, red, todo } from './finding.ts';
import { sayCreateDatabase, sayCreateStore } from './resources.ts';

/** The secret that the deployed Worker can do without. */
export const PUSH_KEYS = 'VAPID_KEYS';

const WHAT: Record<string, string> = {
  STAFF_ADDRESS: 'hộp thư nhận việc của văn phòng',
  STAFF_SECOND_ADDRESS: 'hộp thư thứ hai, khi chưa ai trả lời',
  SENDER_ADDRESS: 'địa chỉ gửi thư đi, thuộc tên miền của công ty',
  DISPATCH_URL: 'địa chỉ https mà bộ phận điều phối nhận phiếu việc',
  PUBLIC_ORIGIN: 'địa chỉ https của trang',
};

/** Addresses that are still placeholders and resources that have no id yet. */
export function checkWrangler(config: WranglerConfig, env?: string): Finding[] {
  const at = (name: string) => `wrangler.toml → ${env ? `env.${env}.` : ''}${name}`;
  const placeholders = Object.entries(config.vars).flatMap(([name, value]) => {
    const what = WHAT[name];
    if (what === undefined) return [];
    if (isPlaceholder(value)) return [red(at(name), `Ghi ${what} thay cho ${value}.`)];
    const insecure =
      name === 'PUBLIC_ORIGIN' || name === 'DISPATCH_URL' ? !value.startsWith('https://') : false;
    return insecure ? [red(at(name), `Địa chỉ phải bắt đầu bằng https://: ${value}.`)] : [];
  });
  const databases = config.d1_databases
    .filter(({ database_id: id }) => !id)
    .map(({ database_name: name }) => red(at('d1_databases'), sayCreateDatabase(name)));
  const stores = config.kv_namespaces
    .filter(({ id }) => !id)
    .map(({ binding }) => red(at('kv_namespaces'), sayCreateStore(binding, env)));
  const bank = listBankFaults(config.vars).map(({ name, words }) =>
    red(at(name), `Ghi ${words}; chưa dùng chuyển khoản thì để trống cả ba dòng BANK_….`),
  );
  return [
    ...placeholders,
    ...bank,
    ...checkOwner(config.vars['OWNER_ADDRESS'], at),
    ...databases,
    ...stores,
  ];
}

/** The owner's mailbox may be left out: then nobody can ask for the link to the numbers. */
function checkOwner(address: string | undefined, at: (name: string) => string): Finding[] {
  if (address === undefined) return [];
  const place = at('OWNER_ADDRESS');
  if (address === '')
    return [
      todo(place, 'Ghi hộp thư của chủ công ty thì chủ xin được đường dẫn đến trang số liệu.'),
    ];
  return isPlaceholder(address)
    ? [red(place, `Ghi hộp thư của chủ công ty thay cho ${address}.`)]
    : [];
}

/** Push to the phones of staff works only with keys of its own; `missing` is null where nobody is signed in to look. */
export function checkPushKeys(missing: readonly string[] | null): Finding[] {
  if (missing === null || !missing.includes(PUSH_KEYS)) return [];
  return [
    todo(
      `Khóa ${PUSH_KEYS}`,
      `Muốn báo việc trên điện thoại nhân viên: tạo bằng npm run keys -- push, rồi chạy npx wrangler secret put ${PUSH_KEYS}. Không có thì trang chạy như thường, không báo.`,
    ),
  ];
}

function isPlaceholder(value: string): boolean {
  return value === '' || /\.invalid\b|example\.(?:com|org|net)/.test(value);
}

/** Keys of .dev.vars that may not be used. What the deployed Worker has cannot be read; it answers 503 with such a key. */
export function checkLocalKeys(faults: readonly string[]): Finding[] {
  return faults.map((fault) => red('.dev.vars', fault));
}

/** Keys that the deployed Worker does not have; `missing` is null where nobody is signed in to look. */
export function checkSecrets(
  required: readonly string[],
  missing: readonly string[] | null,
): Finding[] {
  if (missing === null) {
    const names = required.join(', ');
    return [todo(`Khóa ${names}`, 'Chưa xem được vì chưa đăng nhập: chạy npx wrangler login.')];
  }
  return missing.map((name) =>
    red(
      `Khóa ${name}`,
      `Tạo bằng npm run keys, cất một bản, rồi chạy npx wrangler secret put ${name}.`,
    ),
  );
}
