import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { fromVietnam } from '../../../shared/time.ts';
import { dayPath, freshStaffPath } from '../../signing/staff-links.ts';
import { formOf, Visitor } from '../../test/browser.ts';
import { useCrews } from '../../test/crews.ts';
import { NOW } from '../../test/fixtures.ts';
import { submitBooking } from '../../test/records.ts';
import { staffSigning } from '../../test/staff.ts';

useCrews();

const DAY = '2026-11-26';

/** A visit of both morning windows by the first crew, and one in the second of them. */
async function arrange() {
  const long = await submitBooking({ window: 'sang-som' }, { origin: 'phone' });
  const short = await submitBooking(
    { window: 'sang', name: 'Trần Văn Nam', phone: '0913 000 111' },
    { origin: 'phone' },
  );
  await env.DB.batch([
    env.DB.prepare("update bookings set crew = 'doi-1', visit_ends_at = ?2 where id = ?1").bind(
      long.id,
      fromVietnam(DAY, '11:00').toISOString(),
    ),
    env.DB.prepare("update bookings set state = 'confirmed' where id = ?").bind(long.id),
  ]);
  return { long, short, office: new Visitor(NOW) };
}

test('a crew that has another job at the time is named as busy, and where it gets both, both say so', async () => {
  const { long, short, office } = await arrange();
  const sheet = await office.open(await dayPath(staffSigning(), DAY));
  const opened = await office.follow(formOf(sheet, 'open'), { sure: 'yes' });
  expect(opened.words).toContain('7:30–9:00 làm đến 11:00');
  expect(opened.words).toMatch(/Giao cho\s+Đội 1 \(bận\)\s+Đội 2\s+Đội 3/);
  expect(opened.words).not.toContain('Trùng giờ');
  const form = opened.forms.find(
    ({ values }) => values['act'] === 'assign' && values['job'] === short.id,
  );
  if (form === undefined) throw new Error('no form');
  const both = await office.follow(form, { crew: 'doi-1' });
  expect(both.words).toContain(`Đội 1 còn việc ${short.code}, 9:30–11:00`);
  expect(both.words).toContain(`Đội 1 còn việc ${long.code}, 7:30–9:00, làm đến 11:00`);
  const job = await office.open(await freshStaffPath(staffSigning(), long));
  expect(job.words).toContain(`Trùng giờ: Đội 1 còn việc ${short.code}`);
});

test('the text for a crew says how long a visit goes on, and that a request is not confirmed', async () => {
  const { short, office } = await arrange();
  await env.DB.prepare("update bookings set crew = 'doi-2', state = 'requested' where id = ?")
    .bind(short.id)
    .run();
  const sheet = await office.open(await dayPath(staffSigning(), DAY));
  const opened = await office.follow(formOf(sheet, 'open'), { sure: 'yes' });
  const textOf = (name: string) =>
    new RegExp(`${name}</span>\\s*<textarea[^>]*>([^<]*)<`).exec(opened.text)?.[1] ?? '';
  expect(textOf('Đội 1')).toContain('7:30–9:00 · làm đến 11:00 · ');
  expect(textOf('Đội 1')).not.toContain('CHƯA XÁC NHẬN');
  expect(textOf('Đội 2')).toContain('CHƯA XÁC NHẬN với khách');
});
