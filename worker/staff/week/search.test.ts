import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { company } from '../../../shared/content/catalogue.ts';
import { parseCode } from '../../../shared/jobs/code.ts';
import { makePaymentReference } from '../../../shared/jobs/payment-reference.ts';
import { later } from '../../../shared/time.ts';
import { eraseRecord } from '../../personal-data/erase.ts';
import { readPerson } from '../../personal-data/read-person.ts';
import { transitionBooking } from '../../records/booking-transition.ts';
import { weekPath } from '../../signing/staff-links.ts';
import { Visitor } from '../../test/browser.ts';
import { NOW } from '../../test/fixtures.ts';
import { count, submitBooking, submitMessage } from '../../test/records.ts';
import { staffSigning } from '../../test/staff.ts';

async function openSearch(drawnAt = NOW) {
  const me = new Visitor(NOW);
  const path = await weekPath(staffSigning(drawnAt));
  const form = (await me.open(path)).forms.find(({ action }) => action.endsWith('/tim/'));
  if (form === undefined) throw new Error('no form');
  return (q: string) => me.submit(form, { q });
}

/** The part of the page that lists what was found. */
function foundIn(html: string): string {
  return /aria-label="Tìm thấy"[^]*?<\/ul>/.exec(html)?.[0] ?? '';
}

test.each([
  ['the code, typed without its dash', (code: string) => code.replace('-', '').toLowerCase(), 0],
  ['the whole phone number', () => '0912.345.678', 1],
  ['a part of the name without its marks', () => 'thi hoa', 1],
])('a booking of long ago is found by %s, with a link that opens it', async (_, typed, rows) => {
  const { code } = await submitBooking();
  const other = await submitBooking({ name: 'Trần Văn Nam', phone: '0913 000 111' });
  await env.DB.prepare("update bookings set state = 'completed', visit_date = '2026-10-01'").run();
  const search = await openSearch();
  const page = await search(typed(code));
  expect(page.status).toBe(200);
  const found = foundIn(page.text);
  expect(found).toContain(code);
  expect(found).not.toContain(other.code);
  expect(page.text).not.toMatch(/Nguyễn Thị Hoa|345 678/);
  expect(await count('disclosures')).toBe(rows);
  const [href = ''] = new RegExp(`/viec/${code}\\.[^"]+`).exec(page.text) ?? [];
  expect((await new Visitor(NOW).open(href)).status).toBe(200);
});

test('a name that reads as a code is found as a name', async () => {
  expect(parseCode(company.codePrefix, 'le thanh')).not.toBeNull();
  const { code } = await submitBooking({ name: 'Lê Thanh' });
  const search = await openSearch();
  expect(foundIn((await search('le thanh')).text)).toContain(code);
});

test('a job is found by what its customer wrote into the transfer, without opening anybody', async () => {
  const { id, code } = await submitBooking();
  await submitBooking({ name: 'Trần Văn Nam', phone: '0913 000 111' });
  await env.DB.prepare(
    'insert into prices (subject_id, version, amount_vnd, at) select id, 1, 450000, created_at from bookings',
  ).run();
  const search = await openSearch();
  const reference = await makePaymentReference(id);
  const page = await search(reference.toLowerCase());
  const found = /aria-label="Tìm thấy"[^]*?<\/ul>/.exec(page.text)?.[0] ?? '';
  expect(found.match(/<b>[^<]*/g)).toEqual([`<b>${code}`]);
  expect(await count('disclosures')).toBe(0);
});

test('a message is found by its code, and what is not there is said', async () => {
  const { code } = await submitMessage();
  const search = await openSearch();
  expect((await search(code)).words).toContain('Khiếu nại');
  expect((await search('0900 111 222')).words).toContain('Không tìm thấy');
});

// Two marks alone fold to nothing, which every name contains.
test.each([
  '',
  'H',
  '\u0301\u0301',
  '\u0323\u0301',
  '\u200B\u2060',
  '\u2800\u2800',
  '\uE000\uE001',
  '...',
  '🌸🌸',
])('what shows no two letters (%j) finds nobody and opens nothing', async (q) => {
  await submitBooking();
  const search = await openSearch();
  expect((await search(q)).status).toBe(422);
  expect(await count('disclosures')).toBe(0);
});

test.each([
  '  Thị   Hoa ',
  '“Hoa”.',
  'Hoa\u200E',
  'H\u00ADoa',
  'thị hoa'.normalize('NFD'),
  'Ｈｏａ',
])('a name with what copying leaves on it (%j) is found', async (q) => {
  const { code } = await submitBooking();
  const search = await openSearch();
  expect(foundIn((await search(q)).text)).toContain(code);
});

test('a link searches 60 times a day', async () => {
  const search = await openSearch();
  await search('Hoa');
  await env.DB.prepare("update tries set count = 60 where name like 'search:%'").run();
  expect((await search('Hoa')).status).toBe(429);
  const drawnAnew = await openSearch(later(NOW, { minutes: -1 }));
  expect((await drawnAnew('Hoa')).status).toBe(429);
});

test('a number is found after a correction by the new one only, and by none after the erasure', async () => {
  const booking = await submitBooking();
  const view = await readPerson(env, booking, NOW);
  if (view.state !== 'open') throw new Error(view.state);
  const person = { ...view.person, phone: '+84913000111' };
  const change = { booking, transition: 'correct', actor: 'staff', person, now: NOW } as const;
  await transitionBooking(env, change);
  const search = await openSearch();
  const isFound = async (phone: string) => (await search(phone)).text.includes('"Tìm thấy"');
  expect([await isFound('0912 345 678'), await isFound('0913 000 111')]).toEqual([false, true]);
  await eraseRecord(env, { id: booking.id, cause: 'request', actor: 'customer', now: NOW });
  expect(await count('bookings', 'phone_bucket is not null')).toBe(0);
  expect(await isFound('0913 000 111')).toBe(false);
});
