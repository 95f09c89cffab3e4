import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { bookingRules } from '../../../shared/content/catalogue';
import { addDays, toVietnamDate } from '../../../shared/time';
import { customerPath } from '../../signing/links.ts';
import { staffPath, weekPath } from '../../signing/staff-links.ts';
import { staffSigning } from '../staff.ts';
import { readLinkKeys } from '../../signing/tokens';
import { bookingFields, NOW } from '../fixtures';
import { submitBooking } from '../records';
import { postForm, send } from '../requests';

const keys = readLinkKeys(env.LINK_KEYS);
const today = toVietnamDate(NOW);
const last = addDays(today, bookingRules.horizonDays);

const odd = [
  '',
  'x',
  ' ',
  '9999-12-31',
  '0000-01-01',
  '-000001-01-01',
  '+010000-01-01',
  '2026-02-30',
  '2026-11-24T00:00',
  '24/11/2026',
  '1e1',
  '0x10',
  'constructor',
  addDays(today, -1),
  addDays(last, 1),
];

/** The days that a page offers windows of, or links to. */
function shownDays(page: string): string[] {
  const [slots, links] = [/value="([^"/]*)\/[\w-]+"/g, /[?&](?:amp;)?from=([^"&#]*)/g];
  return [slots, links].flatMap((shape) => Array.from(page.matchAll(shape), ([, day = '']) => day));
}

async function expectSane(response: Response): Promise<void> {
  expect(response.status).toBeLessThan(500);
  const page = await response.text();
  expect(page).not.toMatch(/\bNaN\b|Invalid Date|\+0\d{5}/);
  const outside = shownDays(page).filter(
    (day) => /^\d/.test(day) && (day < addDays(today, -60) || day > addDays(last, 7)),
  );
  expect(outside).toEqual([]);
}

describe.each(odd)('a page asked for from %j', (day) => {
  const from = encodeURIComponent(day);

  test('shows days of the calendar only', async () => {
    const booking = await submitBooking();
    const week = await weekPath(staffSigning());
    const customer = await customerPath(keys, booking);
    const staff = await staffPath(staffSigning(), booking);
    for (const path of [
      `/dat-lich/?from=${from}`,
      `${week}?from=${from}`,
      `${week}them/?from=${from}&week=${from}`,
      `${customer}&from=${from}`,
      `${staff}?from=${from}`,
    ]) {
      await expectSane(await send(path, { headers: { Accept: 'text/html' } }));
    }
  });

  test('shows them too where a form sent it, and stores no booking for such a day', async () => {
    for (const fields of [
      { from: day },
      { from: '2026-11-24', date: day },
      { from: '2026-11-24', slot: `${day}/sang` },
    ]) {
      await expectSane(await postForm('/dat-lich/', bookingFields(fields)));
    }
    const answer = await postForm('/api/bookings', bookingFields({ date: day }));
    expect(answer.status).toBe(422);
    await expectSane(answer);
  });
});
