import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { later, fromVietnam } from '../../shared/time';
import { customerPath, issueIntent, type IntentForm, type LinkedRecord } from '../signing/links.ts';
import { staffPath, weekPath } from '../signing/staff-links.ts';
import { staffSigning } from '../test/staff.ts';
import { formOf, Visitor } from '../test/browser';
import { takeConsoleErrors } from '../test/console-errors';
import { readLinkKeys } from '../signing/tokens';
import { bookingFields, contactFields } from '../test/fixtures';
import { countRows, submitBooking } from '../test/records';
import { postForm, postJson } from '../test/requests';

const PATH = '/api/bookings';
const keys = readLinkKeys(env.LINK_KEYS);
/** Two minutes before a window on the 25th at 15:30 is too near for the form's 12 hours. */
const NOW = fromVietnam('2026-11-25', '03:28');
const lastWindow = bookingFields({ date: '2026-11-25', window: 'chieu-muon' });

function intentFor(form: IntentForm): Promise<string> {
  return issueIntent({ keys, now: later(NOW, { minutes: -2 }) }, form);
}

describe('the same request, when its window is too near for a new one', () => {
  test.each([
    ['with its intent, hours later', intentFor, 180],
    ['without one, within ten minutes', () => Promise.resolve(undefined), 9],
  ])('leads to the first %s', async (_kind, issue, minutes) => {
    const intent = await issue('booking');
    const fields = { ...lastWindow, ...(intent === undefined ? {} : { intent }) };
    const first = await postJson(PATH, fields, { now: NOW });
    expect(first.status).toBe(201);
    const then = { now: later(NOW, { minutes }) };
    const again = await postJson(PATH, fields, then);
    expect([again.status, await again.json()]).toEqual([200, await first.json()]);
    expect((await postForm(PATH, fields, then)).status).toBe(303);
    const other = await postJson(PATH, { ...fields, name: 'Người khác' }, then);
    expect(other.status).toBe(422);
    expect(await countRows()).toMatchObject({ bookings: 1, seats: 1 });
  });

  test('is answered with 503 when the database is down', async () => {
    vi.spyOn(env.DB, 'prepare').mockImplementation(() => {
      throw new Error('D1_ERROR: Network connection lost.');
    });
    const then = { now: later(NOW, { minutes: 5 }) };
    expect((await postJson(PATH, lastWindow, then)).status).toBe(503);
    expect(takeConsoleErrors()).toHaveLength(1);
  });

  test('is recognised when staff enter a caller twice', async () => {
    const me = new Visitor(fromVietnam('2026-11-25', '09:29'));
    const page = await me.open(`${await weekPath(staffSigning(me.now))}them/`);
    const [form] = page.forms;
    if (form === undefined) throw new Error('no form');
    const caller = { ...bookingFields({ date: undefined, window: undefined }), website: '' };
    const filled = { ...caller, slot: '2026-11-25/sang' };
    expect((await me.follow(form, filled)).words).toContain('Đã ghi vào lịch');
    me.now = fromVietnam('2026-11-25', '09:35');
    expect((await me.follow(form, filled)).words).toContain('đã được ghi rồi');
    expect((await me.submit(form, { ...filled, name: 'Ông Năm' })).status).toBe(422);
  });

  test.each([
    ['customer', (record: LinkedRecord) => customerPath(keys, record), '03:28'],
    ['staff', (record: LinkedRecord) => staffPath(staffSigning(), record), '15:28'],
  ])('is recognised when the %s reschedules to it twice', async (_who, pathOf, time) => {
    const booking = await submitBooking({ date: '2026-11-27' });
    const me = new Visitor(fromVietnam('2026-11-25', time));
    const form = formOf(await me.open(await pathOf(booking)), 'reschedule');
    const slot = '2026-11-25/chieu-muon';
    expect((await me.submit(form, { slot })).status).toBe(303);
    me.now = later(me.now, { minutes: 5 });
    const again = await me.submit(form, { slot });
    expect(again.status).toBe(200);
    expect(again.words).toContain('đã được ghi trước đó');
  });
});

describe("another's request with the same hashes", () => {
  // Both numbers lie in one bucket: they differ by 9973.
  const mine = '0912 345 678';
  const others = '0912 355 651';

  test.each([
    ['booking', PATH, bookingFields({ date: '2026-11-27' })],
    ['message', '/api/contact', contactFields()],
  ])('gets no link to the first %s, and is stored', async (_kind, path, fields) => {
    const first = await postJson(path, { ...fields, phone: mine }, { now: NOW });
    const second = await postJson(path, { ...fields, phone: others }, { now: NOW });
    const codes = [first, second].map(
      async (answer) => (await answer.json<{ code: string }>()).code,
    );
    const [firstCode, secondCode] = await Promise.all(codes);
    expect([second.status, secondCode === firstCode]).toEqual([201, false]);
    for (const [phone, code] of [
      [mine, firstCode],
      [others, secondCode],
    ]) {
      const again = await postJson(path, { ...fields, phone }, { now: NOW });
      expect([again.status, await again.json()]).toMatchObject([200, { code }]);
    }
  });

  test('with a stolen intent too is told that the form was used', async () => {
    const fields = { ...bookingFields({ date: '2026-11-27' }), intent: await intentFor('booking') };
    await postJson(PATH, { ...fields, phone: mine }, { now: NOW });
    const answer = await postJson(PATH, { ...fields, phone: others }, { now: NOW });
    expect([answer.status, JSON.stringify(await answer.json())]).toEqual([
      409,
      expect.not.stringContaining('/don/'),
    ]);
  });
});

describe('the same request, after a new key came in front', () => {
  const newKey = `whsec_${btoa('new'.padEnd(32, '.'))}`;
  const rotated = { now: NOW, env: { ...env, LINK_KEYS: `${newKey} ${env.LINK_KEYS}` } };

  test.each([
    ['a booking', PATH, bookingFields(), 'booking'],
    ['a message', '/api/contact', contactFields(), 'contact'],
  ] as const)('is found: %s', async (_kind, path, fields, form) => {
    const sent = { ...fields, ...(form === 'booking' ? { date: '2026-11-27' } : {}) };
    expect((await postJson(path, sent, { now: NOW })).status).toBe(201);
    expect((await postJson(path, sent, rotated)).status).toBe(200);
    const withIntent = { ...sent, name: 'Trần Văn Hai', intent: await intentFor(form) };
    expect((await postJson(path, withIntent, { now: NOW })).status).toBe(201);
    expect((await postJson(path, withIntent, rotated)).status).toBe(200);
  });

  test("still counts the phone's requests of the day", async () => {
    const windows = ['sang-som', 'sang', 'chieu', 'chieu-muon'];
    const order = (index: number) =>
      bookingFields({
        name: `Căn hộ ${index}`,
        date: `2026-12-0${index < 6 ? 1 : 2}`,
        window: windows[index % 4],
      });
    for (let index = 1; index <= 10; index += 1) {
      expect((await postJson(PATH, order(index), { now: NOW })).status).toBe(201);
    }
    expect((await postJson(PATH, order(11), rotated)).status).toBe(201);
    const held = await env.DB.prepare(
      "select hold_reason from bookings where state = 'held'",
    ).all();
    expect(held.results).toEqual([{ hold_reason: 'phone' }]);
  });
});
