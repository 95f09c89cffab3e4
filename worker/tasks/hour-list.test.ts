import { env } from 'cloudflare:workers';
import { expect, test, vi } from 'vitest';
import { fromVietnam, later } from '../../shared/time';
import { runScheduled } from '../scheduled';
import { count, submitMessage } from '../test/records';
import { systemMailsSent } from '../test/tasks';

vi.setConfig({ testTimeout: 60_000 });

const START = fromVietnam('2026-11-23', '09:05');
const LIMIT = Number(env.STAFF_MAIL_LIMIT);

test('mails beyond the hour stand in one list at the full hour, each once, and the next hour has its own', async () => {
  const codes: string[] = [];
  for (let at = 0; at < LIMIT + 20; at += 1) {
    const now = later(START, { minutes: at });
    codes.push((await submitMessage({ message: `Khiếu nại ${at}` }, { now })).code);
  }
  expect(await count('deliveries', "status = 'waiting' and after_id = 'hour-list'")).toBe(20);
  await runScheduled(env, later(START, { minutes: 54 }));
  await runScheduled(env, later(START, { minutes: 55 }));
  await runScheduled(env, later(START, { minutes: 56 }));
  const mails = systemMailsSent();
  const lists = mails.filter(({ subject }) => subject.startsWith('Nhiều việc cùng lúc'));
  expect(lists.map(({ subject }) => subject)).toEqual(['Nhiều việc cùng lúc: 0 đơn, 20 tin nhắn']);
  expect(lists[0]?.text.match(/^- (TS-\w+)/gm)?.map((line) => line.slice(2))).toEqual(
    codes.slice(LIMIT),
  );
  const single = mails.filter(({ text }) => codes.some((code) => text.includes(code)));
  expect(single.length).toBe(LIMIT + 1);
  expect(await count('deliveries', "status in ('waiting', 'due')")).toBe(0);
  await submitMessage({ message: 'Sau một giờ' }, { now: later(START, { hours: 2 }) });
  expect(await count('deliveries', "status = 'due'")).toBe(1);
  await runScheduled(env, later(START, { hours: 3 }));
  expect(
    systemMailsSent().filter(({ subject }) => subject.startsWith('Nhiều việc cùng lúc')),
  ).toHaveLength(1);
});
