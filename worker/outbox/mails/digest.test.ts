import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { setCrewOff } from '../../store/crews.ts';
import { setCrews, useCrews } from '../../test/crews.ts';
import { answerDispatch } from '../../test/dispatch.ts';
import { submitBooking } from '../../test/records.ts';
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
