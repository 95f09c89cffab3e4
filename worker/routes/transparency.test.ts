import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { later } from '../../shared/time.ts';
import { recordTaskRun } from '../store/task-runs.ts';
import { bookingFields, NOW, postJson, send } from '../test/house';

interface Status {
  bookings: number;
  messages: number;
  overdue: number;
  broken: string[];
}

test('shows counts and kept promises, on the page and to programs', async () => {
  await postJson('/api/bookings', bookingFields());
  const status: Status = await (await send('/api/status')).json();
  expect(status).toMatchObject({ bookings: 1, messages: 0, overdue: 0, broken: [] });
  const page = await (await send('/minh-bach/')).text();
  expect(page).toContain('Mọi lời hứa dưới đây đang được giữ.');
  expect(page).not.toContain('đang không giữ được');
});

test('turns red when the purge stops and data outlives its end', async () => {
  await postJson('/api/bookings', bookingFields());
  const run = { task: 'purge', ranFor: 'x', at: NOW, result: {} };
  await recordTaskRun(env.DB, run).run();
  const options = { now: later(NOW, { days: 500 }) };
  const status: Status = await (await send('/api/status', {}, options)).json();
  expect(status.broken).toEqual(['purge', 'overdue', 'delivery']);
  const page = await (await send('/minh-bach/', {}, options)).text();
  expect(page).toContain('Có thông tin đã quá hạn lưu mà chưa xóa.');
});
