import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { transitionBooking } from '../../records/booking-transition.ts';
import { setCrewOff } from '../../store/crews.ts';
import { lockWindow } from '../../store/seats.ts';
import { setCrews, useCrews } from '../../test/crews.ts';
import { answerDispatch } from '../../test/dispatch.ts';
import { NOW } from '../../test/fixtures.ts';
import { readBooking, submitBooking, submitMessage } from '../../test/records.ts';
import { runTasks, systemMailsSent } from '../../test/tasks.ts';

useCrews();

const digests = () => systemMailsSent().filter(({ subject }) => subject.startsWith('Tổng kết'));

test('the digest begins with the jobs of tomorrow that no crew has, those of a crew that is off among them', async () => {
  answerDispatch();
  await runTasks('2026-11-23', '09:00');
  const date = '2026-11-24';
  const [given, crewOff, open] = [
    await submitBooking({ date }),
    await submitBooking({ date, name: 'Trần Văn Nam', phone: '0913 000 111' }),
    await submitBooking({ date, name: 'Lê Thị Ba', phone: '0914 000 222' }),
  ];
  const give = env.DB.prepare('update bookings set crew = ?2 where id = ?1');
  await env.DB.batch([give.bind(given.id, 'doi-1'), give.bind(crewOff.id, 'doi-2')]);
  await setCrewOff(env.DB, { date, crew: 'doi-2', off: true });
  await runTasks('2026-11-23', '18:00');
  const [{ text = '' } = {}] = digests();
  expect(text).toContain('Ngày mai còn 2 việc chưa có đội.');
  const section = text.slice(text.indexOf('Ngày mai chưa có đội'), text.indexOf('Ngày mai, '));
  expect([given, crewOff, open].map(({ code }) => section.includes(code))).toEqual([
    false,
    true,
    true,
  ]);
  setCrews([]);
  await runTasks('2026-11-24', '18:00');
  expect(digests()[1]?.text).not.toContain('chưa có đội');
});

test('the digest names the visits that plans made, and the days that wait for another window', async () => {
  answerDispatch();
  const first = await submitBooking({ service: 've-sinh-nha-o', repeat: 'weekly' });
  await lockWindow(env.DB, { date: '2026-12-03', window: 'sang' }, NOW);
  const confirm = { transition: 'confirm', actor: 'staff', now: NOW } as const;
  await transitionBooking(env, { booking: await readBooking(first.id), ...confirm });
  await runTasks('2026-11-23', '09:01');
  await runTasks('2026-11-23', '18:00');
  const [{ text = '' } = {}] = digests();
  const [, open = '', made = ''] =
    /Khách định kỳ, cần chọn giờ khác([^]*)Buổi định kỳ mới xếp([^]*?)\n\n\n/.exec(
      `${text}\n\n\n`,
    ) ?? [];
  expect(open).toMatch(/TS-\w{7} · Thứ Năm, 03\/12\/2026 · khung giờ đã khóa/);
  expect(open).toMatch(/\/viec\/TS-\w{7}\.[^/]+\/\?ngay=2026-12-03#chon-gio/);
  expect(made.match(/TS-\w{7} · Đã xác nhận/g)).toHaveLength(5);
});

test('the digest counts what is kept aside without what the law wants answered, which stands above', async () => {
  answerDispatch();
  await submitBooking({}, { holdReason: 'links' });
  const { code } = await submitMessage({}, { holdReason: 'links' });
  await runTasks('2026-11-23', '18:00');
  const [{ text = '' } = {}] = digests();
  expect(text).toContain('Để riêng, chờ xem lại: 1\n');
  expect(text.slice(text.indexOf('Theo luật'), text.indexOf('Để riêng, chờ'))).toContain(code);
});
