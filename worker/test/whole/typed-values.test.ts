import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { customerPath } from '../../signing/links.ts';
import { staffPath, weekPath } from '../../signing/staff-links.ts';
import { staffSigning } from '../staff.ts';
import { readLinkKeys } from '../../signing/tokens';
import { formOf, Visitor } from '../browser';
import { bookingFields, contactFields, NOW } from '../fixtures';
import { submitBooking, submitMessage } from '../records';
import { postForm, postJson } from '../requests';

const keys = readLinkKeys(env.LINK_KEYS);

/** Nothing of a value shows: blank by design, ignorable, a lone mark, private use, a noncharacter. */
const BLANK = '\u2800\u200B\u0301\uE000\uFFFF';
const NAMED = 'Anh/chị chưa ghi họ và tên.';
const CALLABLE = 'Số này chúng tôi không gọi lại được.';

/** A value with what copying leaves on it. */
function copied(value: string): string {
  return `\u202A“${value.replaceAll('-', '\u2011')}\u200E”.\u202C`;
}

/** Every form that asks for a person, as its route answers what was typed. */
const routes = {
  'POST /api/bookings': async (typed: Record<string, string>) =>
    (await postForm('/api/bookings', bookingFields(typed))).text(),
  'POST /api/contact': async (typed: Record<string, string>) =>
    (await postForm('/api/contact', contactFields(typed))).text(),
  'the form for callers': async (typed: Record<string, string>) => {
    const me = new Visitor(NOW);
    const path = await weekPath(staffSigning());
    const [form] = (await me.open(`${path}them/`)).forms;
    if (form === undefined) throw new Error('no form');
    const slot = { slot: '2026-11-26/sang' };
    return (await me.submit(form, { ...bookingFields(), ...slot, ...typed })).text;
  },
  'the form to correct': async (typed: Record<string, string>) => {
    const me = new Visitor(NOW);
    const own = (await customerPath(keys, await submitBooking())).replace('/?', '/du-lieu/?');
    return (await me.submit(formOf(await me.openAll(own), 'correct'), { ...typed, sure: 'yes' }))
      .text;
  },
};

describe.each(Object.entries(routes))('%s', (_name, submit) => {
  test('takes a name that shows nothing for none, and no number that nobody answers', async () => {
    const page = await submit({ name: BLANK, phone: '1900 1234' });
    expect(page).toContain(NAMED);
    expect(page).toContain(CALLABLE);
  });
});

describe('a code with what copying leaves on it', () => {
  test('opens a request, stands in a complaint and in the field of staff', async () => {
    const { code } = await submitBooking();
    const found = await postForm('/don/', { code: copied(code), digits: '\u200E５６７８.' });
    expect(found.status).toBe(303);
    const complaint = contactFields({ code: copied(code), phone: copied('0912 345 678') });
    expect((await postJson('/api/contact', complaint)).status).toBe(201);
    const message = await submitMessage({ kind: 'privacy' });
    const staff = new Visitor(NOW);
    const form = formOf(await staff.open(await staffPath(staffSigning(), message)), 'data');
    expect((await staff.submit(form, { code: copied(code), sure: 'yes' })).status).toBe(303);
  });
});
