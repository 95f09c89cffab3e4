import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { later, fromVietnam } from '../../shared/time';
import { Visitor } from '../test/browser';
import { readDatabase, count } from '../test/records';
import { systemMailsSent, runTasks } from '../test/tasks';

const NOW = fromVietnam('2026-11-23', '09:10');

describe('/viec/', () => {
  test('sends nothing to someone who only looks, or submits the form as it stands', async () => {
    const me = new Visitor(NOW);
    const page = await me.open('/viec/');
    const before = await readDatabase();
    expect(page.status).toBe(200);
    expect((await me.open('/viec')).status).toBe(308);
    for (const form of page.forms) expect((await me.submit(form)).status).toBe(422);
    expect(await readDatabase()).toBe(before);
  });

  test('mails the link to the staff address only, with the same answer to anyone', async () => {
    const me = new Visitor(NOW);
    const answers = [];
    for (let time = 0; time < 5; time += 1) answers.push(await me.post('/viec/', { send: 'yes' }));
    expect(new Set(answers.map(({ text, status }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(200);
    expect(answers[0]?.words).toContain('Thư gửi chưa quá 15 phút thì dùng thư đó');
    await runTasks('2026-11-23', '09:11');
    const mails = systemMailsSent();
    expect(mails.map(({ to }) => to)).toEqual([env.STAFF_ADDRESS]);
    const [, path = ''] =
      /https:\/\/example\.com(\/viec\/lich\/\S+)/.exec(mails[0]?.text ?? '') ?? [];
    me.now = later(NOW, { days: 6 });
    expect((await me.open(path)).words).toContain('Lịch tuần');
  });

  test('mails no second link within 15 minutes and no fourth within an hour', async () => {
    const me = new Visitor(NOW);
    const mailed = async (minutes: number) => {
      me.now = later(NOW, { minutes });
      const posts = Array.from({ length: 3 }, () => me.post('/viec/', { send: 'yes' }));
      await Promise.all(posts);
      return count('deliveries', "kind = 'staff-link'");
    };
    const counts = [];
    for (const minutes of [0, 14, 15, 29, 30, 45, 59, 60, 74, 75])
      counts.push(await mailed(minutes));
    expect(counts).toEqual([1, 1, 2, 2, 3, 3, 3, 4, 4, 5]);
  });
});
