import { env } from 'cloudflare:workers';
import { afterEach, describe, expect, test } from 'vitest';
import { bookingRules } from '../../shared/content/catalogue.ts';
import { later } from '../../shared/time.ts';
import { NOW } from '../test/fixtures.ts';
import { deliverDue, linkIn, mailsSent, subscribe } from '../test/letters.ts';
import { postForm, postJson, send, withIntent } from '../test/requests.ts';
import { purge } from '../personal-data/purge.ts';
import { clearOldHashes } from '../tasks/clean-up.ts';

const PATH = '/api/letters';
const FIELDS = { email: 'hoa@example.org', consent: 'yes' };
const SENT = '/ban-tin/?sent=yes';

const readRows = async (table: string) =>
  (await env.DB.prepare(`select * from ${table}`).all<Record<string, unknown>>()).results;
const countMails = async () =>
  env.DB.prepare(`select count(*) from deliveries where kind = 'letter.confirm'`).first('count(*)');

afterEach(() => {
  bookingRules.marketing = true;
});

describe('POST /api/letters', () => {
  test('stores the address sealed, a receipt of its own purpose, and asks by one mail', async () => {
    const answer = await postForm(PATH, FIELDS);
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, SENT]);
    expect((await send(SENT)).status).toBe(200);
    const [row] = await readRows('subscribers');
    expect(row).toMatchObject({
      state: 'asked',
      key_ends_at: later(NOW, { days: 2 }).toISOString(),
    });
    expect(await readRows('receipts')).toMatchObject([
      { purpose: 'marketing', wording: 'letters-1', subject_id: row?.['id'] },
    ]);
    const stored = await Promise.all(['subscribers', 'deliveries', 'tries'].map(readRows));
    expect(JSON.stringify(stored)).not.toContain('hoa@');
    await deliverDue(NOW);
    expect(mailsSent()).toMatchObject([{ to: 'hoa@example.org' }]);
  });

  test('answers a program 202', async () => {
    const answer = await postJson(PATH, FIELDS);
    expect([answer.status, await answer.json()]).toEqual([202, { status: 'asked' }]);
    expect(await countMails()).toBe(1);
  });

  test.each([
    ['no address', { email: '', consent: 'yes' }, 'email'],
    ['a wrong address', { email: 'hoa@', consent: 'yes' }, 'email'],
    ['no consent', { email: 'hoa@example.org' }, 'consent'],
  ])('gives the form back where there is %s', async (_, fields, field) => {
    const answer = await postForm(PATH, fields);
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page.includes(`href="#${field}"`)).toBe(true);
    if (fields.email !== '') expect(page.includes(`value="${fields.email}"`)).toBe(true);
    expect(await readRows('subscribers')).toEqual([]);
  });

  test.each([
    ['a filled honeypot', async () => ({ ...FIELDS, website: 'https://a.vn' })],
    ['no form view', async () => ({ ...FIELDS, intent: '' })],
    [
      'a form filled faster than a person can',
      async () => withIntent(PATH, FIELDS, later(NOW, { minutes: 1 })),
    ],
  ])('tells the same and asks nobody: %s', async (_, fields) => {
    const answer = await postForm(PATH, await fields());
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, SENT]);
    expect([await countMails(), await readRows('subscribers')]).toEqual([0, []]);
  });

  test('asks an address once in seven days, subscribed or not, and leaves no key behind', async () => {
    const post = async (email: string, now: Date) => {
      const answer = await postForm(PATH, { email, consent: 'yes' }, { now });
      expect([answer.status, answer.headers.get('Location')]).toEqual([303, SENT]);
      await deliverDue(now);
    };
    await subscribe('minh@example.org');
    await post('hoa@example.org', NOW);
    expect(await countMails()).toBe(2);
    const soon = later(NOW, { days: 6 });
    await post('HOA@example.org', soon);
    await post('minh@example.org', soon);
    expect(await countMails()).toBe(2);
    const week = later(NOW, { days: 7 });
    await post('hoa@example.org', week);
    await post('minh@example.org', week);
    expect(await countMails()).toBe(4);
    const rows = await readRows('subscribers');
    const { keys } = await env.VAULT.list();
    const known = rows.map(({ id }) => String(id));
    expect(keys.filter(({ name }) => !name.includes('/') && !known.includes(name))).toEqual([]);
    expect(rows.filter(({ state }) => state === 'subscribed')).toHaveLength(1);
  });

  test('asks five addresses of one network and a hundred in all on one day', async () => {
    const post = async (email: string, network: string) =>
      postForm(PATH, { email, consent: 'yes' }, { headers: { 'CF-Connecting-IP': network } });
    for (let at = 1; at <= 6; at += 1) await post(`a${at}@example.org`, '203.0.113.7');
    expect(await countMails()).toBe(5);
    await env.DB.prepare(`update tries set count = 99 where name = 'letters'`).run();
    await post('b1@example.org', '203.0.113.8');
    const last = await post('b2@example.org', '203.0.113.9');
    expect([last.status, last.headers.get('Location')]).toEqual([303, SENT]);
    expect(await countMails()).toBe(6);
  });
});

describe('a sign-up that nobody confirms', () => {
  test('ends after 48 hours, and leaves nothing after seven days', async () => {
    await postForm(PATH, FIELDS);
    await deliverDue(NOW);
    const path = linkIn(mailsSent()[0], 'xac-nhan');
    const ended = later(NOW, { hours: 49 });
    expect((await send(path, { method: 'POST' }, { now: ended })).status).toBe(410);
    await purge(env, ended);
    const [row] = await readRows('subscribers');
    expect(row).toMatchObject({ sealed: [], erased_at: ended.toISOString() });
    expect(await env.VAULT.get(String(row?.['id']))).toBeNull();
    await clearOldHashes(env, later(NOW, { days: 8 }));
    const left = await Promise.all(
      ['subscribers', 'receipts', 'disclosures', 'deliveries'].map(readRows),
    );
    expect(left).toEqual([[], [], [], []]);
  });
});

describe('where the company sends no letters', () => {
  test.each([
    ['GET', '/ban-tin/'],
    ['GET', '/ban-tin/xac-nhan/a.b.c/'],
    ['GET', '/ban-tin/roi/a.b.c/'],
    ['GET', PATH],
    ['POST', PATH],
  ])('there is nothing at %s %s', async (method, path) => {
    bookingRules.marketing = false;
    const body = method === 'POST' ? new URLSearchParams(FIELDS) : null;
    expect((await send(path, { method, body })).status).toBe(404);
    expect(await readRows('subscribers')).toEqual([]);
  });
});
