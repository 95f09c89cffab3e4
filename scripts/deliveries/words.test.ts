import { describe, expect, test } from 'vitest';
import { describeChannels, describeDelivery } from './words.ts';

const AT = '2026-11-23T02:05:00.000Z';

test('a delivery is told in Vietnamese, with the time of Vietnam', () => {
  const row = {
    id: '4b6e7d0e-0000-4000-8000-000000000000',
    code: 'TS-8K3M2QX',
    channel: 'dispatch',
    kind: 'job.cancelled',
    version: 3,
    status: 'due',
    attempts: 2,
    next_attempt_at: AT,
    last_result: 'http-503',
  };
  expect(describeDelivery(row)).toEqual({
    'lượt gửi': row.id,
    mã: 'TS-8K3M2QX',
    'gửi tới': 'bộ phận điều phối',
    'về việc': 'phiếu hủy',
    bản: 3,
    'tình trạng': 'sắp gửi',
    'đã thử': 2,
    'thử tiếp': expect.stringContaining('9:05') as string,
    'kết quả': 'http-503',
  });
});

describe('a channel', () => {
  test.each([
    ['dispatch', AT, null, 'ĐANG TẮT từ'],
    ['dispatch', AT, null, 'npm run deliveries -- resume dispatch --remote'],
    ['dispatch', null, AT, 'lỗi từ'],
    ['first-address', null, AT, 'Hộp thư thứ nhất không nhận được thư'],
  ])('%s stopped at %s, failing since %s is told: %s', (name, stopped, failing, words) => {
    const row = { name, stopped_at: stopped, failing_since: failing };
    expect(describeChannels([row], ' --remote')).toEqual([expect.stringContaining(words)]);
  });

  test('all is the switch of all sending, which is told by itself', () =>
    expect(describeChannels([{ name: 'all', stopped_at: AT, failing_since: null }], '')).toEqual(
      [],
    ));
});
