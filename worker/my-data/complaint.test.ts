import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { later } from '../../shared/time.ts';
import { customerPath } from '../signing/links.ts';
import { staffPath } from '../signing/staff-links.ts';
import { staffSigning } from '../test/staff.ts';
import { purge } from '../personal-data/purge.ts';
import { formOf, type Page, Visitor } from '../test/browser.ts';
import { count, readMessage, submitBooking } from '../test/records.ts';
import { readLinkKeys } from '../signing/tokens.ts';
import { contactFields, NOW } from '../test/fixtures.ts';

const keys = readLinkKeys(env.LINK_KEYS);
const isErased = async () => (await count('bookings', 'erased_at is not null')) === 1;

async function arrange() {
  const booking = await submitBooking();
  await env.DB.prepare("update bookings set state = 'completed'").run();
  return { ...booking, own: await customerPath(keys, booking), me: new Visitor(NOW) };
}

/** Follows the link to complain on a booking's page, and sends the form that it leads to. */
async function complain(me: Visitor, page: Page, changes: Record<string, string> = {}) {
  const [, href = ''] = /href="(\/lien-he\/\?kind=complaint[^"]*)"/.exec(page.text) ?? [];
  const contact = await me.open(href.replaceAll('&amp;', '&'));
  const proof = contact.forms.find(({ action }) => action === '/api/contact')?.values['proof'];
  const code = new URLSearchParams(href.replaceAll('&amp;', '&')).get('code') ?? '';
  const fields = contactFields({ code, ...(proof === undefined ? {} : { proof }), ...changes });
  expect((await me.post('/api/contact', fields)).status).toBe(303);
  const row = await env.DB.prepare('select id from messages order by rowid desc').first<{
    id: string;
  }>();
  return readMessage(row?.id ?? '');
}

async function erase(me: Visitor, own: string): Promise<void> {
  const data = own.replace('/?', '/du-lieu/?');
  await me.follow(formOf(await me.openAll(data), 'erase'), { sure: 'yes' });
}

describe('a complaint delays the erasure of its booking', () => {
  test('where it was sent from the customer’s own page', async () => {
    const { own, me } = await arrange();
    const message = await complain(me, await me.open(own));
    expect(message.isGenuine).toBe(true);
    await erase(me, own);
    expect(await isErased()).toBe(false);
  });

  test('where staff marked it genuine, until it is closed', async () => {
    const { own, me } = await arrange();
    const message = await complain(me, await me.open(own), { proof: '' });
    expect(message.isGenuine).toBe(false);
    const staff = new Visitor(NOW);
    const path = await staffPath(staffSigning(), message);
    const form = formOf(await staff.open(path), 'genuine');
    expect((await staff.submit(form)).status).toBe(422);
    const marked = await staff.follow(form, { sure: 'yes' });
    expect(marked.words).toContain('đúng là khách của đơn');
    await erase(me, own);
    expect(await isErased()).toBe(false);
    await staff.follow(formOf(marked, 'close'), { sure: 'yes' });
    await purge(env, later(NOW, { hours: 1 }));
    expect(await isErased()).toBe(true);
  });

  test.each(['5678', '0912 345 678'])('never by a link that "%s" led to', async (digits) => {
    const { code, own, me } = await arrange();
    const stranger = new Visitor(NOW);
    const found = await stranger.post('/don/', { code, digits });
    const page = await stranger.open(found.headers.get('Location') ?? '');
    const message = await complain(stranger, page);
    expect(message.isGenuine).toBe(false);
    await erase(me, own);
    expect(await isErased()).toBe(true);
  });

  test('and of no other booking', async () => {
    const { own, me } = await arrange();
    const other = await submitBooking({ phone: '0987 654 321', date: '2026-11-27' });
    const message = await complain(me, await me.open(own), { code: other.code });
    expect(message.isGenuine).toBe(false);
  });
});
