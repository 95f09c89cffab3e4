import { formatInstant } from '../../shared/time.ts';
import { nameDelivery } from '../../worker/outbox/mails/delivery-words.ts';
import type { Channel } from '../../worker/store/deliveries.ts';
import { EVERY_CHANNEL, FIRST_ADDRESS, REVIEW } from '../../worker/store/reserved-values.ts';
import type { Row } from '../database/query-database.ts';

const statusNames: Readonly<Record<string, string>> = {
  [REVIEW]: 'chờ người xem lại',
  waiting: 'đợi lượt trước',
  due: 'sắp gửi',
  sending: 'đang gửi',
  delivered: 'đã đến',
  dead: 'gửi hỏng',
  superseded: 'không gửi nữa',
};

/** A delivery in a table: what a person needs to find it, in Vietnam's time. */
export function describeDelivery(row: Row): Record<string, string | number | null> {
  const { channelName, kindName } = nameRow(row);
  return {
    'lượt gửi': row['id'] ?? null,
    mã: row['code'] ?? null,
    'gửi tới': channelName,
    'về việc': kindName,
    bản: row['version'] ?? null,
    'tình trạng': nameStatus(row['status']),
    'đã thử': row['attempts'] ?? null,
    'thử tiếp': row['status'] === 'due' ? sayWhen(row['next_attempt_at']) : '',
    'kết quả': row['last_result'] ?? '',
  };
}

/** The same with all that is known of one delivery. */
export function describeWhole(row: Row): Record<string, string | number | null> {
  return {
    ...describeDelivery(row),
    'lập lúc': sayWhen(row['created_at']),
    'xong lúc': sayWhen(row['settled_at']),
    'đã chia sẻ': row['fields'] ?? '',
    'nhật ký chia sẻ': row['result'] ?? '',
    'chia sẻ lúc': sayWhen(row['at']),
  };
}

/** What is stopped or failing, one line each; the switch of all sending is said by itself. */
export function describeChannels(rows: readonly Row[], suffix: string): string[] {
  return rows
    .filter(({ name }) => name !== EVERY_CHANNEL)
    .map(({ name, stopped_at: stopped, failing_since: failing }) => {
      if (name === FIRST_ADDRESS)
        return `Hộp thư thứ nhất không nhận được thư từ ${sayWhen(failing)} (first-address): thư việc đang tới hộp thư thứ hai.`;
      const { channelName } = nameRow({ channel: name ?? '', kind: '' });
      return stopped === null
        ? `Kênh ${channelName} (${name}) lỗi từ ${sayWhen(failing)}, máy vẫn đang thử lại.`
        : `Kênh ${channelName} (${name}) ĐANG TẮT từ ${sayWhen(stopped)}. Mở lại: npm run deliveries -- resume ${name}${suffix}`;
    });
}

function nameRow({ channel, kind }: Row) {
  return nameDelivery({ channel: channel as Channel, kind: String(kind) });
}

function nameStatus(status: Row[string] | undefined): string {
  return statusNames[String(status)] ?? String(status);
}

/** "Thứ Hai, 23/11/2026, 9:05" in Vietnam; empty where there is no time. */
function sayWhen(instant: Row[string] | undefined): string {
  return typeof instant === 'string' ? formatInstant(new Date(instant)) : '';
}
