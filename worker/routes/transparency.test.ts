import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { later } from '../../shared/time.ts';
import { stopChannel } from '../store/channels';
import { fillSql } from '../store/delivery-commands';
import { DRILL_SQL } from '../store/restore-commands';
import { SENDING_OFF_SQL } from '../store/sending-commands';
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

test('names the oldest record with its end, what was erased lately, and the last drill once there was one', async () => {
  await postJson('/api/bookings', bookingFields());
  const before: Record<string, unknown> = await (await send('/api/status')).json();
  expect(before).toMatchObject({ oldestAt: NOW.toISOString(), lastDrillAt: null, sending: true });
  expect(await (await send('/minh-bach/')).text()).toContain('Chưa có lần nào');
  const run = { end: NOW.toISOString(), now: NOW.toISOString(), ms: '8412', rows: '37' };
  await env.DB.prepare(fillSql(DRILL_SQL, run)).run();
  const after: Record<string, unknown> = await (await send('/api/status')).json();
  expect(after).toMatchObject({ lastDrillAt: NOW.toISOString(), lastDrillSeconds: 8.4 });
  const page = await (await send('/minh-bach/')).text();
  expect(page.replaceAll(/<[^>]+>/g, '')).toContain('hết 8,4 giây');
  expect(page).toContain('dispatch.example.com');
});

test('turns red while sending is off, when a key is lost, and when the clock never ran', async () => {
  await postJson('/api/bookings', bookingFields());
  await env.DB.prepare(fillSql(SENDING_OFF_SQL, { now: NOW.toISOString() })).run();
  const run = { task: 'keys', ranFor: 'x', at: NOW, result: { missing: 1 } };
  await recordTaskRun(env.DB, run).run();
  const options = { now: later(NOW, { hours: 4 }) };
  const status: Status = await (await send('/api/status', {}, options)).json();
  expect(status.broken).toEqual(['purge', 'keys', 'sending']);
});

test('turns red at once when the receiver has stopped a channel', async () => {
  await postJson('/api/bookings', bookingFields());
  await stopChannel(env.DB, 'dispatch', NOW).run();
  const status: Status = await (await send('/api/status')).json();
  expect(status.broken).toEqual(['delivery']);
});
