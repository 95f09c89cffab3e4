import { env } from 'cloudflare:workers';
import { expect, test, vi } from 'vitest';
import { addDays, later } from '../../../shared/time';
import { listKeys, openKeyStore } from '../../personal-data/key-store';
import { transitionBooking } from '../../records/booking-transition';
import { runScheduled } from '../../scheduled';
import { staffPath, weekPath } from '../../signing/staff-links';
import { findBookingByCode } from '../../store/bookings';
import { formOf, type PageForm, type Page, Visitor } from '../browser';
import { answerDispatch } from '../dispatch';
import { bookingFields, NOW } from '../fixtures';
import { count, readBooking } from '../records';
import { postJson } from '../requests';
import { staffSigning } from '../staff';
import { systemMailsSent } from '../tasks';

vi.setConfig({ testTimeout: 120_000 });

const WINDOWS = ['sang-som', 'sang', 'chieu', 'chieu-muon'];
const POSTS = 300;
const AT_ONCE = 20;
const flooded = { ...env, FLOOD_LIMIT: '100000' };

interface Booked {
  code: string;
  id: string;
  state: string;
}

/** One booking as a program sends it that has fetched an intent; each in another window and for another person. */
async function post(number: number, address: string, now: Date): Promise<string> {
  const fields = bookingFields({
    name: `Lê Văn An ${number}`,
    phone: `09${String(12_000_000 + 7 * number)}`,
    email: undefined,
    date: addDays('2026-11-25', Math.floor(number / 8) % 3),
    window: WINDOWS[number % 4],
  });
  const headers = { 'CF-Connecting-IP': address };
  const answer = await postJson('/api/bookings', fields, { now, env: flooded, headers });
  const { code, status } = await answer.json<{ code: string; status: string }>();
  expect([answer.status, status]).toEqual([201, 'requested']);
  return code;
}

async function book(number: number, address: string, now: Date): Promise<Booked> {
  const code = await post(number, address, now);
  const booking = await findBookingByCode(env.DB, code);
  return { code, id: booking?.id ?? '', state: booking?.state ?? '' };
}

/** 300 bookings within ten seconds from so many addresses, some at the same time. */
async function attack(addresses: number): Promise<Booked[]> {
  for (let first = 0; first < POSTS; first += AT_ONCE) {
    const now = later(NOW, { ms: Math.floor((10_000 * first) / POSTS) });
    const posts = Array.from({ length: AT_ONCE }, async (_, index) => {
      const number = first + index;
      return post(number, `203.0.113.${number % addresses}`, now);
    });
    await Promise.all(posts);
  }
  const { results } = await env.DB.prepare('select id, code, state from bookings').all<Booked>();
  expect(results).toHaveLength(POSTS);
  return results;
}

function formWith(page: Page, name: string): PageForm {
  const form = page.forms.find(
    ({ values, radios }) => name in values || radios.some((radio) => radio.name === name),
  );
  if (form === undefined) throw new Error(`No form with ${name}`);
  return form;
}

test('300 bookings from one address take six seats, and confirmed ones do not hold up the seventh', async () => {
  const all = await attack(1);
  const seated = all.filter(({ state }) => state === 'requested');
  expect([seated.length, await count('seats')]).toEqual([6, 6]);
  for (const { id } of seated)
    await transitionBooking(env, {
      booking: await readBooking(id),
      transition: 'confirm',
      actor: 'staff',
      now: later(NOW, { minutes: 1 }),
    });
  await env.DB.prepare("delete from bookings where state = 'held'").run();
  const seventh = await book(400, '203.0.113.0', later(NOW, { minutes: 2 }));
  expect(seventh.state).toBe('requested');
});

test('300 bookings from 60 addresses take twelve seats; staff set them aside, undo it, and dispatch is told in order', async () => {
  const dispatch = answerDispatch();
  const minute = (minutes: number) => later(NOW, { minutes });
  const all = await attack(60);
  const seated = all.filter(({ state }) => state === 'requested');
  expect([seated.length, await count('seats')]).toEqual([12, 12]);
  await runScheduled(env, minute(1));
  expect(dispatch.map(({ type }) => type)).toEqual(Array(12).fill('job.requested'));

  // The honest customer gets the same answer, stands in a mail within 15 minutes and takes the seat by one press.
  const honest = await book(500, '198.51.100.1', minute(2));
  expect(honest.state).toBe('held');
  for (let at = 3; at <= 17; at += 1) await runScheduled(env, minute(at));
  const notices = systemMailsSent().filter(({ subject }) => subject.startsWith('Để riêng'));
  expect(notices.at(-1)?.text).toContain(honest.code);
  expect(notices.length).toBeLessThanOrEqual(2);
  const me = new Visitor(minute(18));
  const job = await me.open(await staffPath(staffSigning(me.now), honest));
  await me.follow(formOf(job, 'release'), { sure: 'yes' });
  expect((await readBooking(honest.id)).state).toBe('requested');
  await runScheduled(env, minute(19));

  // Staff set the attack aside in one action, a page of 50 at a time is shown.
  me.now = minute(20);
  const path = await weekPath(staffSigning(me.now));
  const week = await me.open(path);
  expect(week.words).toContain('Để riêng, chờ xem lại 288');
  expect(week.words).toContain('trang 1 trên 6');
  expect((await me.open(`${path}?rieng=6`)).words).toContain('trang 6 trên 6');
  const span = { sentFrom: '2026-11-23T09:00', sentTo: '2026-11-23T09:01' };
  expect((await me.submit(formWith(week, 'sentFrom'), span)).status).toBe(422);
  dispatch.length = 0;
  const done = await me.follow(formWith(week, 'sentFrom'), { ...span, sure: 'yes' });
  expect(done.words).toContain('Đã để riêng và trả lại chỗ');
  expect(done.words).toContain('12 đơn để riêng lúc Thứ Hai, 23/11/2026, 9:20');
  expect(await count('seats')).toBe(1);
  await runScheduled(env, minute(21));
  expect(dispatch.map(({ type, version }) => [type, version])).toEqual(
    Array(12).fill(['job.cancelled', 2]),
  );

  // The next honest customers take seats without a hand: the windows of two of the attack are then full.
  const [first] = seated;
  if (first === undefined) throw new Error('none');
  const { visitDate, window } = await readBooking(first.id);
  for (const name of ['Một', 'Hai', 'Ba']) {
    const fields = bookingFields({ name, date: visitDate, window, email: undefined });
    const headers = { 'CF-Connecting-IP': '198.51.100.2' };
    await postJson('/api/bookings', fields, { now: minute(22), headers });
  }
  expect(await count('seats')).toBe(4);
  const lost =
    (await count('bookings', inWindow(visitDate, window, 'held'))) -
    (await heldBefore(all, visitDate, window));

  // Undo brings back what is still free and lists the rest.
  dispatch.length = 0;
  me.now = minute(25);
  const undo = formWith(await me.open(path), 'setAside');
  const back = await me.follow(undo, { setAside: undo.radios[0]?.value ?? '' });
  expect(back.words).toContain('Đơn hết chỗ còn ở mục “Để riêng”');
  expect(back.words).toContain('cần chọn giờ khác');
  expect(lost).toBeGreaterThan(0);
  expect(await count('bookings', "state = 'held' and hold_reason = 'set-aside'")).toBe(lost);
  expect(await count('seats')).toBe(4 + 12 - lost);
  await runScheduled(env, minute(26));
  const again = dispatch.filter(({ version }) => version === 3);
  expect(again.map(({ type }) => type)).toEqual(Array(12 - lost).fill('job.requested'));
});

function inWindow(date: string, window: string, state: string): string {
  return `visit_date = '${date}' and arrival_window = '${window}' and state = '${state}'`;
}

/** How many of the attack were held at once in a window. */
async function heldBefore(all: readonly Booked[], date: string, window: string): Promise<number> {
  const ids = all.filter(({ state }) => state === 'held').map(({ id }) => `'${id}'`);
  return count('bookings', `${inWindow(date, window, 'held')} and id in (${ids.join()})`);
}

test('what cron drops after seven days is gone, row, key and receipt, and its link says so', async () => {
  const held = await postJson('/api/bookings', bookingFields({ website: 'x' }));
  const { statusUrl } = await held.json<{ statusUrl: string }>();
  const me = new Visitor(later(NOW, { days: 6 }));
  expect((await me.open(statusUrl)).words).toContain('Đã nhận, chờ xác nhận');
  await runScheduled(env, later(NOW, { days: 7 }));
  for (const table of ['bookings', 'receipts', 'repeats', 'events', 'seats'])
    expect(await count(table)).toBe(0);
  const left = (await Array.fromAsync(listKeys(openKeyStore(env)))).flat();
  expect(left).toEqual([]);
  me.now = later(NOW, { days: 8 });
  const page = await me.open(statusUrl);
  expect([page.status, page.words]).toEqual([
    410,
    expect.stringContaining('Chưa liên lạc được, đã đóng'),
  ]);
  const forged = await me.open(statusUrl.replace(/.{6}$/, 'AAAAAA'));
  expect([forged.status, forged.words]).toEqual([403, expect.not.stringContaining('đã đóng')]);
});
