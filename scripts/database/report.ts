import { formatInstant } from '../../shared/time.ts';
import { findLostRequests, type LostRequest } from '../../worker/personal-data/lost-requests.ts';
import { isKeySpreading, isReached, toKeySeconds } from '../../worker/personal-data/key-store.ts';
import type { Row } from './query-database.ts';
import type { Database } from './database.ts';
import type { Restore } from '../../worker/store/restores.ts';
import { SENDING_SQL } from '../../worker/store/sending.ts';

/** What comparing a restored database with the key store found. */
export interface Report {
  /** Records that should be readable, without those too young to be judged by their key. */
  live: number;
  /** Codes of those whose key is gone: erased after the copy, or the binding names the wrong KV namespace. */
  keyless: string[];
  /** Records without a key that are under ten minutes old: KV may not show a new key everywhere yet. */
  young: number;
  /** Codes of records whose key ends sooner than the copy says: called off, declined or closed after it. */
  changed: string[];
  lost: LostRequest[];
  /** Deliveries that wait for a person. */
  review: number;
}

const RECORDS_SQL = `
  select id, code, key_ends_at, erased_at, created_at from bookings
  union all select id, code, key_ends_at, erased_at, created_at from messages`;

/** Compares the rows with the keys; changes nothing. */
export async function compareWithKeyStore(
  database: Database,
  restore: Pick<Restore, 'copyEndedAt' | 'at'>,
): Promise<Report> {
  const now = new Date();
  const keys = await database.listKeys();
  const rows = await database.query(RECORDS_SQL);
  const [held] = await database.query(SENDING_SQL);
  const names = new Set(keys.map(({ id }) => id));
  const ends = new Map(keys.map(({ id, endsAtSeconds }) => [id, endsAtSeconds]));
  const endsSooner = (row: Row) =>
    (ends.get(String(row['id'])) ?? Infinity) < toKeySeconds(new Date(String(row['key_ends_at'])));
  const live = rows.filter(
    (row) => row['erased_at'] === null && !isReached(new Date(String(row['key_ends_at'])), now),
  );
  const isYoung = (row: Row) => isKeySpreading(new Date(String(row['created_at'])), now);
  const keyless = live.filter(({ id }) => !names.has(String(id)));
  return {
    live: live.filter((row) => !isYoung(row)).length,
    keyless: keyless.filter((row) => !isYoung(row)).map(({ code }) => String(code)),
    young: keyless.filter(isYoung).length,
    changed: live.filter(endsSooner).map(({ code }) => String(code)),
    lost: findLostRequests(keys, new Set(rows.map(({ id }) => String(id))), restore),
    review: Number(held?.['review'] ?? 0),
  };
}

/** Whether so many keys are gone that erasures do not explain it: more than three, and more than half. */
export function isKeyStoreDoubtful({ live, keyless }: Report): boolean {
  return keyless.length > 3 && keyless.length * 2 > live;
}

/** The report in words for the owner; `suffix` is what a printed command needs behind it. */
export function describeReport(report: Report, suffix: string): string {
  const { keyless, young, changed, lost, review } = report;
  return [
    `Lượt gửi chờ người xem lại: ${review}. Xem bằng npm run deliveries -- list${suffix}`,
    `Hồ sơ không còn khóa (đã xóa sau bản sao): ${keyless.length}`,
    ...keyless.map((code) => `  ${code}`),
    ...(young > 0 ? [`  và ${young} hồ sơ mới dưới 10 phút, hệ thống sẽ xét lại`] : []),
    `Hồ sơ đã hủy, từ chối hoặc kết thúc sau bản sao, nay trở lại như lúc sao: ${changed.length}`,
    ...changed.map((code) => `  ${code}`),
    ...(changed.length > 0
      ? ['Gọi lại cho khách trước khi đến, rồi hủy hoặc kết thúc lần nữa.']
      : []),
    `Yêu cầu có thể đã mất (gửi sau bản sao, không còn trong cơ sở dữ liệu): ${lost.length}`,
    ...lost.map(({ code, at }) => `  ${code}, gửi lúc ${formatInstant(new Date(at))}`),
    ...(lost.length > 0
      ? [
          'Tìm mã này trong hộp thư của nhân viên và gọi lại cho khách. Mã không có thư nào có thể là lần gửi chưa lưu được.',
        ]
      : []),
  ].join('\n');
}
