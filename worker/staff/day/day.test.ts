import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { later } from '../../../shared/time.ts';
import { dayPath, weekPath } from '../../signing/staff-links.ts';
import { type Page, Visitor } from '../../test/browser.ts';
import { NOW } from '../../test/fixtures.ts';
import { count, readDatabase, submitBooking } from '../../test/records.ts';
import { staffSigning } from '../../test/staff.ts';

const DAY = '2026-11-26';
const PERSONAL = /Nguyễn Thị Hoa|12 Lê Lợi|0912 345 678|\+84912345678|Cổng sau/;

async function arrange() {
  await submitBooking({ window: 'chieu' });
  const early = await submitBooking({
    window: 'sang-som',
    name: 'Trần Văn Nam',
    phone: '0913 000 111',
  });
  return { early, path: await dayPath(staffSigning(), DAY), me: new Visitor(NOW) };
}

const openForm = ({ forms }: Page) => {
  const form = forms.find(({ values }) => values['act'] === 'open');
  if (form === undefined) throw new Error('no form');
  return form;
};

test('the sheet of a day is one press from the start page and one more to everybody in it', async () => {
  const { early, me } = await arrange();
  const start = await me.open(await weekPath(staffSigning()));
  const [path = ''] = /\/viec\/ngay\/2026-11-2[34]\/[^"]+/.exec(start.text) ?? [];
  expect((await me.open(path)).status).toBe(200);
  const sheet = await me.open(await dayPath(staffSigning(), DAY));
  expect(sheet.words.indexOf('7:30')).toBeLessThan(sheet.words.indexOf('13:30'));
  expect(sheet.text).not.toMatch(PERSONAL);
  const opened = await me.follow(openForm(sheet), { sure: 'yes' });
  for (const words of ['Nguyễn Thị Hoa', '12 Lê Lợi', 'Cổng sau', 'Trần Văn Nam']) {
    expect(opened.words).toContain(words);
  }
  expect(opened.text).toContain('href="tel:+84912345678"');
  expect(await count('disclosures', "kind = 'opened'")).toBe(2);
  const [, text = ''] = /<textarea id="chep"[^>]*>([^<]*)</.exec(opened.text) ?? [];
  expect(text).toContain('Trần Văn Nam');
  expect(text).not.toContain(early.code);
});

test('nothing is shown or written without the radio, and a job that joins needs another press', async () => {
  const { path, me } = await arrange();
  const before = await readDatabase();
  const sheet = await me.open(path);
  const refused = await me.submit(openForm(sheet));
  expect(refused.status).toBe(422);
  expect(refused.text).not.toMatch(PERSONAL);
  expect(await readDatabase()).toBe(before);
  await me.follow(openForm(sheet), { sure: 'yes' });
  await submitBooking({ window: 'chieu', name: 'Lê Thị Ba', phone: '0914 000 222' });
  const joined = await me.open(path);
  expect(joined.words).not.toContain('Lê Thị Ba');
  expect(joined.text).not.toMatch(PERSONAL);
});

test('a link opens its own day only, ends after 24 hours and with those that were closed', async () => {
  const { path, me } = await arrange();
  expect((await me.open(path.replace(DAY, '2026-11-27'))).status).toBe(403);
  me.now = later(NOW, { hours: 24, ms: 1 });
  expect((await me.open(path)).status).toBe(403);
  me.now = NOW;
  await env.DB.prepare("insert into link_epochs (kind, epoch) values ('staff', 5)").run();
  expect((await me.open(path)).status).toBe(403);
});
