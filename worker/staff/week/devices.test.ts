import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { later } from '../../../shared/time.ts';
import { toBase64Url } from '../../base/encoding.ts';
import { sendDueDeliveries } from '../../outbox/sweep.ts';
import { addPhone, openPhones } from '../../push/phones.ts';
import { issueWeekActionToken, weekPath } from '../../signing/staff-links.ts';
import { clearOldHashes } from '../../tasks/clean-up.ts';
import { notifyOutage } from '../../tasks/staff-mails.ts';
import { Visitor } from '../../test/browser.ts';
import { NOW } from '../../test/fixtures.ts';
import {
  count,
  readDatabase,
  readDeliveries,
  submitBooking,
  submitMessage,
} from '../../test/records.ts';
import { send } from '../../test/requests.ts';
import { staffSigning } from '../../test/staff.ts';

async function makeKeys() {
  const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, [
    'deriveBits',
  ]);
  const point = await crypto.subtle.exportKey('raw', pair.publicKey);
  const { d = '' } = await crypto.subtle.exportKey('jwk', pair.privateKey);
  return { publicKey: toBase64Url(new Uint8Array(point)), privateKey: d };
}

const [vapid, phoneKeys] = [await makeKeys(), await makeKeys()];
const keys = { p256dh: phoneKeys.publicKey, auth: toBase64Url(new Uint8Array(16)) };
const subscription = { endpoint: 'https://push.example.net/send/1', keys };
const pushing: Env = {
  ...env,
  PUSH_HOSTS: 'push.example.net',
  VAPID_KEYS: `${vapid.publicKey}.${vapid.privateKey}`,
};

async function openWeek() {
  const path = await weekPath(staffSigning());
  const weekToken = path.split('/').at(-2) ?? '';
  return { path, token: await issueWeekActionToken(staffSigning(), weekToken) };
}

function postJson(path: string, body: unknown, now = NOW): Promise<Response> {
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
  const init = { method: 'POST', headers, body: JSON.stringify(body) };
  return send(`${path}thiet-bi/`, init, { env: pushing, now });
}

const add = (bindings: Env = pushing) =>
  addPhone(bindings, { name: 'Máy Lan', subscription, publicKey: vapid.publicKey }, NOW);

/** The channel's rows of a record. */
const pushesOf = async (id: string) =>
  (await readDeliveries(id)).filter(({ channel }) => channel === 'staff-push');

describe('POST /viec/lich/<token>/thiet-bi/', () => {
  test('adds a phone by name, shows it on the page and removes it there without a script', async () => {
    const { path, token } = await openWeek();
    expect((await postJson(path, { subscription, name: ' Máy  Lan ', token })).status).toBe(201);
    expect((await postJson(path, { subscription, name: '', token })).status).toBe(201);
    expect(await openPhones(pushing)).toMatchObject([{ name: 'Máy Lan', subscription }]);
    const stored = await readDatabase();
    expect(stored).not.toContain('push.example.net');
    expect(stored).not.toContain('Máy Lan');
    const page = await (await send(path, {}, { env: pushing })).text();
    expect(page).toContain('Máy Lan, thêm ngày 23/11/2026');
    expect(page).toContain(`data-key="${vapid.publicKey}"`);
    const [phone] = await openPhones(pushing);
    const me = new Visitor(NOW);
    const removing = { action: `${path}thiet-bi/go/`, values: { token }, radios: [] };
    expect((await me.submit(removing)).status).toBe(422);
    expect((await me.follow(removing, { device: phone?.id ?? '' })).words).toContain(
      'Đã gỡ điện thoại',
    );
    expect((await me.follow(removing, { device: phone?.id ?? '' })).words).toContain('đã gỡ rồi');
    expect(await count('push_phones')).toBe(0);
  });

  test('keeps a phone as one that opens, where two additions cross and after a change of the key that seals it', async () => {
    expect(new Set(await Promise.all([add(), add(), add()]))).toEqual(new Set(['added']));
    expect(await openPhones(pushing)).toMatchObject([{ name: 'Máy Lan' }]);
    const next = `whsec_${btoa('k'.repeat(32))}`;
    const rotated = { ...pushing, SEAL_KEYS: `${next} ${env.SEAL_KEYS}` };
    await addPhone(rotated, { name: '', subscription, publicKey: vapid.publicKey }, NOW);
    expect(await openPhones({ ...pushing, SEAL_KEYS: next })).toMatchObject([{ name: 'Máy Lan' }]);
    expect(await count('push_phones')).toBe(1);
  });

  test.each([
    ['no name', 422, { name: ' ' }],
    ['a long name', 422, { name: 'x'.repeat(41) }],
    ['a forged token', 403, { token: 'abc.def' }],
    ['an address off the list', 422, { subscription: { keys, endpoint: 'https://10.0.0.1/' } }],
    ['a key of another site', 422, { publicKey: phoneKeys.publicKey }],
  ])('refuses %s with %d and adds nothing', async (_what, status, changes) => {
    const { path, token } = await openWeek();
    const answer = await postJson(path, { subscription, name: 'a', token, ...changes });
    expect(answer.status).toBe(status);
    expect(await count('push_phones')).toBe(0);
  });

  test('adds nothing for a scanner that opens the page and sends every form as it stands', async () => {
    const { path, token } = await openWeek();
    const me = new Visitor(NOW);
    const page = await me.open(path);
    for (const form of page.forms) await me.submit(form);
    const asForm = await me.post(`${path}thiet-bi/`, {
      token,
      name: 'a',
      endpoint: 'https://push.example.net/',
    });
    expect(asForm.status).toBe(415);
    const late = await postJson(
      path,
      { subscription, name: 'a', token },
      later(NOW, { minutes: 31 }),
    );
    expect(late.status).toBe(403);
    expect(await count('push_phones')).toBe(0);
  });
});

describe('the channel staff-push', () => {
  test('has no row without a phone or without keys, and takes nothing from the other channels', async () => {
    const { id } = await submitBooking({}, { env: pushing });
    expect(await pushesOf(id)).toEqual([]);
    await add();
    const other = await submitBooking({ phone: '0913 000 111' });
    expect(await pushesOf(other.id)).toEqual([]);
    expect((await readDeliveries(id)).map(({ channel }) => channel)).toEqual([
      'dispatch',
      'staff-email',
    ]);
  });

  test('tells of a request and a message once, of a held one not at all, and is tried again by its own times', async () => {
    await add();
    const { id } = await submitBooking({}, { env: pushing });
    const message = await submitMessage({}, { env: pushing });
    const held = await submitBooking(
      { phone: '0913 000 111' },
      { env: pushing, holdReason: 'honeypot' },
    );
    expect(await pushesOf(held.id)).toEqual([]);
    let status = 503;
    const asked: string[] = [];
    vi.mocked(globalThis.fetch).mockImplementation(async (url) => {
      const address = typeof url === 'string' ? url : '';
      if (!address.includes('push.example.net')) return new Response(null, { status: 204 });
      asked.push(address);
      return new Response(null, { status });
    });
    await sendDueDeliveries(pushing, NOW);
    expect(await pushesOf(id)).toMatchObject([{ status: 'due', attempts: 1, last_result: '503' }]);
    status = 201;
    await sendDueDeliveries(pushing, later(NOW, { minutes: 2 }));
    await sendDueDeliveries(pushing, later(NOW, { minutes: 4 }));
    expect(await pushesOf(id)).toMatchObject([{ status: 'delivered', attempts: 2 }]);
    expect(await pushesOf(message.id)).toMatchObject([{ status: 'delivered', attempts: 2 }]);
    expect(asked).toHaveLength(4);
    expect(await count('disclosures', `kind = 'booking.requested' and recipient <> 'office'`)).toBe(
      0,
    );
  });

  test('tells of an outage once', async () => {
    await add();
    await env.DB.prepare(`insert into channels (name, failing_since) values ('dispatch', ?)`)
      .bind(later(NOW, { minutes: -30 }).toISOString())
      .run();
    await notifyOutage(pushing, NOW);
    await notifyOutage(pushing, later(NOW, { minutes: 1 }));
    expect(await count('deliveries', `channel = 'staff-push' and kind = 'outage'`)).toBe(1);
  });

  test('forgets a phone that was not seen for 60 days, and keeps one that is seen', async () => {
    await add();
    await clearOldHashes(pushing, later(NOW, { days: 59 }));
    expect(await count('push_phones')).toBe(1);
    await clearOldHashes(pushing, later(NOW, { days: 60, minutes: 1 }));
    expect(await count('push_phones')).toBe(0);
  });
});
