import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { later } from '../../shared/time.ts';
import { recordHoldings } from '../records/holdings.ts';
import { findMessage } from '../store/messages.ts';
import { openRightsRequest } from '../store/rights-requests.ts';
import { stopChannel } from '../store/channels';
import { fillSql } from '../store/delivery-commands';
import { recordTaskRun } from '../store/task-runs.ts';
import { writeExtension } from '../store/message-transitions.ts';
import { DRILL_SQL } from '../store/restores';
import { SENDING_OFF_SQL } from '../store/sending';
import { bookingFields, NOW } from '../test/fixtures';
import { postJson, send } from '../test/requests';
import { submitMessage } from '../test/records';

interface Status {
  bookings: number;
  messages: number;
  overdue: number;
  lateRights: number;
  broken: string[];
}

test('shows counts and kept promises, on the page and to programs', async () => {
  await postJson('/api/bookings', bookingFields());
  const uncounted: Status = await (await send('/api/status')).json();
  expect(uncounted).toMatchObject({ countedAt: null, bookings: null, broken: [] });
  expect(await (await send('/minh-bach/')).text()).toContain('Chưa đếm lần nào.');
  await recordHoldings(env.DB, NOW);
  const status: Status = await (await send('/api/status')).json();
  const counts = { bookings: 1, messages: 0, overdue: 0, nextEndAt: expect.any(String) as string };
  expect(status).toMatchObject({ countedAt: NOW.toISOString(), ...counts, broken: [] });
  const page = await (await send('/minh-bach/')).text();
  expect(page).not.toContain('Chưa đếm lần nào.');
  expect(page).toContain('Hiện không có việc nào chậm hay quá hạn.');
  expect(page).not.toContain('đang không giữ được');
});

test('turns red when the purge stops and data outlives its end', async () => {
  await postJson('/api/bookings', bookingFields());
  const run = { task: 'purge', ranFor: 'x', at: NOW, result: {} };
  await recordTaskRun(env.DB, run).run();
  const options = { now: later(NOW, { days: 500 }) };
  await recordHoldings(env.DB, options.now);
  const status: Status = await (await send('/api/status', {}, options)).json();
  expect(status.broken).toEqual(['purge', 'overdue', 'delivery']);
  const page = await (await send('/minh-bach/', {}, options)).text();
  expect(page).toContain('Có thông tin đã quá hạn lưu mà chưa xóa.');
});

test('names the oldest record with its end, what was erased lately, and the last drill once there was one', async () => {
  await postJson('/api/bookings', bookingFields());
  await recordHoldings(env.DB, NOW);
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

test('turns red while sending is off, when a key is lost, and when cron never ran', async () => {
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

describe('a request about personal data past its day', () => {
  const LATE = 'Có yêu cầu về dữ liệu cá nhân đã quá hạn';
  const at = (day: string) => ({ now: new Date(`${day}T09:00:00+07:00`) });
  const isRed = async (day: string) => {
    await recordHoldings(env.DB, at(day).now);
    const { broken }: Status = await (await send('/api/status', {}, at(day))).json();
    const page = await (await send('/minh-bach/', {}, at(day))).text();
    expect(page.includes(LATE)).toBe(broken.includes('rights'));
    return broken.includes('rights');
  };
  const setState = (id: string, state: string) =>
    env.DB.prepare('update messages set state = ? where id = ?').bind(state, id).run();

  test('turns the page red from the day after the first reply was due, and back once it is given', async () => {
    const { id } = await submitMessage({ kind: 'privacy' });
    expect([await isRed('2026-11-26'), await isRed('2026-11-27')]).toEqual([false, true]);
    await setState(id, 'answered');
    expect(await isRed('2026-11-27')).toBe(false);
  });

  test('turns it red past the day of what was asked, until that is extended or closed', async () => {
    const { id } = await submitMessage({ kind: 'privacy' });
    await setState(id, 'answered');
    expect([await isRed('2026-12-03'), await isRed('2026-12-04')]).toEqual([false, true]);
    const message = await findMessage(env.DB, id);
    if (message === null) throw new Error('No message');
    await writeExtension(env.DB, { message, reason: 'search', now: NOW });
    expect(await isRed('2026-12-04')).toBe(false);
    expect([await isRed('2026-12-13'), await isRed('2026-12-14')]).toEqual([false, true]);
    await setState(id, 'closed');
    expect(await isRed('2026-12-14')).toBe(false);
  });

  test('turns it red by what was asked behind a link too, and back once nothing is kept', async () => {
    const { id } = await submitMessage();
    const days = { firstReplyDue: '2026-11-26', dueOn: '2026-12-13' };
    const request = { id: 'r1', subjectId: id, kind: 'erase', createdAt: NOW, ...days } as const;
    await openRightsRequest(env.DB, request);
    expect([await isRed('2026-12-13'), await isRed('2026-12-14')]).toEqual([false, true]);
    const { lateRights }: Status = await (await send('/api/status', {}, at('2026-12-14'))).json();
    expect(lateRights).toBe(1);
    await env.DB.prepare('update messages set erased_at = ?').bind(NOW.toISOString()).run();
    expect(await isRed('2026-12-14')).toBe(false);
  });

  test('is no matter of a complaint that waits', async () => {
    await submitMessage();
    expect(await isRed('2026-12-14')).toBe(false);
  });
});
