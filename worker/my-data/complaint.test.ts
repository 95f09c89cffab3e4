import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { later } from '../../shared/time.ts';
import { customerPath } from '../signing/links.ts';
import { staffPath } from '../signing/staff-links.ts';
import { staffSigning } from '../test/staff.ts';
import { purge } from '../personal-data/purge.ts';
import { transitionBooking } from '../records/booking-transition.ts';
import { followPlan } from '../records/follow-plan.ts';
import { findPlan } from '../store/plans.ts';
import { formOf, type Page, Visitor } from '../test/browser.ts';
import { count, readBooking, readMessage, submitBooking, submitMessage } from '../test/records.ts';
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

describe('a complaint that names a plan', () => {
  /** A plan that runs, and a complaint with its code that staff marked genuine. */
  async function arrangePlan() {
    const first = await submitBooking({ service: 've-sinh-nha-o', repeat: 'weekly' });
    const confirm = { transition: 'confirm', actor: 'staff', now: NOW } as const;
    await transitionBooking(env, { booking: await readBooking(first.id), ...confirm });
    await followPlan(env, first.planId ?? '', { now: NOW });
    const plan = await findPlan(env.DB, first.planId ?? '');
    if (plan === null) throw new Error('no plan');
    const message = await submitMessage({ code: plan.code });
    const staff = new Visitor(NOW);
    const page = await staff.open(await staffPath(staffSigning(), message));
    await staff.submit(formOf(page, 'genuine'), { sure: 'yes' });
    return { first, plan, me: new Visitor(NOW) };
  }

  test('delays the erasure of that plan, which ends, until the complaint is closed', async () => {
    const { plan, me } = await arrangePlan();
    const own = (await customerPath(keys, plan)).replace('/?', '/du-lieu/?');
    const page = await me.follow(formOf(await me.openAll(own), 'erase'), { sure: 'yes' });
    expect(page.words).toContain('Yêu cầu xóa đã nhận. Đang có khiếu nại');
    expect(await count('plans', "state = 'ended' and erased_at is null")).toBe(1);
    expect(await count('bookings', "state = 'confirmed'")).toBe(0);
    await purge(env, later(NOW, { hours: 1 }));
    expect(await count('plans', 'erased_at is null')).toBe(1);
    await env.DB.prepare("update messages set state = 'closed'").run();
    await purge(env, later(NOW, { hours: 2 }));
    expect(await count('plans', 'erased_at is null')).toBe(0);
  });

  test('delays the erasure of its visits, too', async () => {
    const { first, me } = await arrangePlan();
    await erase(me, await customerPath(keys, first));
    expect((await readBooking(first.id)).erasedAt).toBeNull();
  });
});
