import { createECDH, createPublicKey, type ECDH, randomBytes, verify } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import * as ece from 'http_ece';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { fromBase64Url, toBase64Url } from '../../worker/base/encoding.ts';
import { later } from '../../shared/time.ts';
import { collectSources } from '../../worker/outbox/prepare.ts';
import { prepareStaffPush } from '../../worker/outbox/staff-push.ts';
import { addPhone, openPhones } from '../../worker/push/phones.ts';
import type { Booking } from '../../worker/store/bookings.ts';
import type { DeliveryBy } from '../../worker/store/deliveries.ts';
import { NOW } from '../../worker/test/fixtures.ts';
import { asD1, makeDatabase } from './sqlite-d1.ts';

const PUBLIC_ORIGIN = 'https://example.com';

function makePair(): string {
  const pair = createECDH('prime256v1');
  pair.generateKeys();
  return `${pair.getPublicKey('base64url')}.${pair.getPrivateKey('base64url').padStart(43, 'A')}`;
}

/** A browser: what it subscribes with, and what it alone can read. */
function makeBrowser(name: string, host = 'push.example.net') {
  const keys: ECDH = createECDH('prime256v1');
  keys.generateKeys();
  const auth = toBase64Url(randomBytes(16));
  const subscription = {
    endpoint: `https://${host}/send/${name}`,
    keys: { p256dh: keys.getPublicKey('base64url'), auth },
  };
  const read = async (body: Uint8Array<ArrayBuffer>): Promise<unknown> => {
    const params = { version: 'aes128gcm', privateKey: keys, authSecret: auth } as const;
    const text = ece.decrypt(await buffer(new Blob([body]).stream()), params);
    return JSON.parse(new TextDecoder().decode(text));
  };
  return { name, subscription, read };
}

function makeEnv(pairs: readonly string[] = [makePair()]): Env {
  const stores = { DB: asD1(makeDatabase()), SEAL_KEYS: `whsec_${btoa('seal'.padEnd(32, '.'))}` };
  const push = { VAPID_KEYS: pairs.join(' '), PUSH_HOSTS: 'push.example.net *.push.example.org' };
  return { ...stores, ...push, PUBLIC_ORIGIN } as unknown as Env;
}

const publicOf = (pair = '') => pair.split('.')[0] ?? '';

function add(env: Env, { name, subscription }: ReturnType<typeof makeBrowser>, now = NOW) {
  const publicKey = publicOf(env.VAPID_KEYS?.split(' ')[0]);
  return addPhone(env, { name, subscription, publicKey }, now);
}

const job = {
  id: 'b1',
  code: 'TS-8K3M2QX',
  state: 'requested',
  visit: 'work',
  services: [{ id: 'giat-ghe-sofa', quantity: null, answers: {} }],
  ward: '16690',
  visitDate: '2026-11-26',
  window: 'sang',
  visitStartsAt: new Date('2026-11-26T00:30:00.000Z'),
  visitEndsAt: new Date('2026-11-26T02:00:00.000Z'),
} as Booking;

async function push(env: Env, { booking = job, now = NOW } = {}) {
  const delivery = {
    ...{ id: '0193c2f4-0000-4000-8000-000000000001', subjectId: booking.id, createdAt: NOW },
    ...{ subjectKind: 'booking', channel: 'staff-push', kind: 'booking.requested' },
  } as DeliveryBy<'staff-push'>;
  const claimed = {
    findBooking: () => booking,
    findMessage: () => null,
    findReason: () => null,
    findPlanCode: () => null,
    staffEpoch: 0,
  };
  const records = collectSources(env, claimed, now);
  const prepared = await prepareStaffPush({ env, delivery, now, records });
  return prepared.ready ? prepared.value.send() : prepared.result;
}

/** The push services, which answer each phone with a status and keep what they were sent. */
function standIn(answer: (address: string) => ResponseInit = () => ({ status: 201 })) {
  const seen: {
    address: string;
    headers: Headers;
    body: Uint8Array<ArrayBuffer>;
    redirect: unknown;
  }[] = [];
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const address = typeof input === 'string' ? input : '';
    const body = init?.body as Uint8Array<ArrayBuffer>;
    seen.push({ address, headers: new Headers(init?.headers), body, redirect: init?.redirect });
    return new Response(null, answer(address));
  });
  return seen;
}

afterEach(() => vi.restoreAllMocks());

describe('push to the phones of staff', () => {
  test('is read by a library of another hand, says nothing personal, and is signed by the pair of the phone', async () => {
    const pair = makePair();
    const env = makeEnv([pair]);
    const phone = makeBrowser('lan');
    expect(await add(env, phone)).toBe('added');
    const seen = standIn();
    // The pair that the phone knows goes on, though a newer one stands first.
    env.VAPID_KEYS = `${makePair()} ${pair}`;
    expect(await push(env)).toMatchObject({ outcome: 'delivered', result: '1-phones' });
    const [sent] = seen;
    const told = await phone.read(sent?.body ?? new Uint8Array());
    expect(told).toMatchObject({
      code: 'TS-8K3M2QX',
      kind: 'booking.requested',
      date: '2026-11-26',
    });
    expect(Object.keys(told as object)).toEqual([
      ...['code', 'kind', 'service', 'ward', 'date', 'window'],
    ]);
    expect((told as { window: string }).window).toMatch(/^\d+:\d\d–\d+:\d\d$/);
    expect(sent?.body.byteLength).toBeLessThanOrEqual(4096);
    expect(sent?.redirect).toBe('manual');
    expect(sent?.headers.get('content-encoding')).toBe('aes128gcm');
    const [, token = '', key] =
      /^vapid t=(\S+), k=(\S+)$/.exec(sent?.headers.get('authorization') ?? '') ?? [];
    expect(key).toBe(publicOf(pair));
    const [head = '', claims = '', signature = ''] = token.split('.');
    const point = fromBase64Url(publicOf(pair)) ?? new Uint8Array();
    const [x, y] = [point.slice(1, 33), point.slice(33)].map(toBase64Url);
    const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
    const signed = new TextEncoder().encode(`${head}.${claims}`);
    const how = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
    expect(verify('sha256', signed, how, fromBase64Url(signature) ?? new Uint8Array())).toBe(true);
    expect(JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/')))).toMatchObject({
      aud: 'https://push.example.net',
      sub: PUBLIC_ORIGIN,
    });
  });

  test.each([404, 410])('drops a phone that the service answers with %d', async (status) => {
    const env = makeEnv();
    await add(env, makeBrowser('gone'));
    await add(env, makeBrowser('here'));
    standIn((address) => ({ status: address.endsWith('gone') ? status : 201 }));
    expect(await push(env)).toMatchObject({ outcome: 'delivered' });
    expect((await openPhones(env)).map(({ name }) => name)).toEqual(['here']);
  });

  test.each([301, 429, 500, 503])(
    'tries again after %d, and not the phones that have it',
    async (status) => {
      const env = makeEnv();
      await add(env, makeBrowser('busy'));
      await add(env, makeBrowser('told'));
      const headers = { 'Retry-After': '120', Location: 'https://elsewhere.example/' };
      let answer: ResponseInit = { status, headers };
      const seen = standIn((address) => (address.endsWith('busy') ? answer : { status: 201 }));
      expect(await push(env)).toEqual({
        ...{ outcome: 'again', result: String(status), answered: true },
        notBefore: later(NOW, { minutes: 2 }),
      });
      answer = { status: 201 };
      expect(await push(env, { now: later(NOW, { minutes: 3 }) })).toMatchObject({
        outcome: 'delivered',
      });
      const order = seen.map(({ address }) => address.replace(/.*\//, ''));
      expect([order.slice(0, 2).toSorted(), order.slice(2)]).toEqual([['busy', 'told'], ['busy']]);
    },
  );

  test('sends nothing that is too long, too late, held or for a phone of a pair that is gone', async () => {
    const env = makeEnv();
    await add(env, makeBrowser('one'));
    const seen = standIn();
    const long = { ...job, ward: 'x'.repeat(4000) };
    expect(await push(env, { booking: long })).toMatchObject({ result: 'too-long' });
    expect(await push(env, { now: later(NOW, { hours: 4 }) })).toMatchObject({
      result: 'too-late',
    });
    expect(await push(env, { booking: { ...job, state: 'held' } })).toMatchObject({
      result: 'nothing-to-say',
    });
    env.VAPID_KEYS = makePair();
    expect(await push(env)).toMatchObject({ outcome: 'delivered', result: '0-phones' });
    expect(await openPhones(env)).toEqual([]);
    expect(seen).toEqual([]);
  });
});

describe('addPhone', () => {
  const good = makeBrowser('one').subscription;

  test.each([
    ['http', { ...good, endpoint: good.endpoint.replace('https', 'http') }],
    ['a host off the list', { ...good, endpoint: 'https://elsewhere.example/send' }],
    [
      'a host that ends like one of the list',
      { ...good, endpoint: 'https://evilpush.example.net/' },
    ],
    [
      'the domain of an entry with a star',
      { ...good, endpoint: 'https://push.example.org.evil.example/' },
    ],
    ['another port', { ...good, endpoint: 'https://push.example.net:8443/send' }],
    ['a user', { ...good, endpoint: 'https://push.example.net@127.0.0.1/send' }],
    ['a machine of a private network', { ...good, endpoint: 'https://127.0.0.1/send' }],
    ['no address', { ...good, endpoint: 'send' }],
    ['an endless endpoint', { ...good, endpoint: `${good.endpoint}${'x'.repeat(1000)}` }],
    [
      'a key that is no point',
      { ...good, keys: { ...good.keys, p256dh: toBase64Url(new Uint8Array(65).fill(4)) } },
    ],
    ['a short secret', { ...good, keys: { ...good.keys, auth: 'AAAA' } }],
    ['no keys', { endpoint: good.endpoint }],
    ['nothing', null],
  ])('refuses %s', async (_what, subscription) => {
    const env = makeEnv();
    const publicKey = publicOf(env.VAPID_KEYS);
    expect(await addPhone(env, { name: 'a', subscription, publicKey }, NOW)).toBe('refused');
    expect(await openPhones(env)).toEqual([]);
  });

  test('takes hosts below a star, keeps a phone once, and twenty at most', async () => {
    const env = makeEnv();
    for (let n = 1; n <= 20; n += 1) {
      expect(await add(env, makeBrowser(`m${n}`, 'a.b.push.example.org'))).toBe('added');
    }
    expect(await add(env, makeBrowser('one too many'))).toBe('full');
    const [first] = await openPhones(env);
    expect(
      await add(env, { ...makeBrowser('renamed'), subscription: first?.subscription ?? good }),
    ).toBe('added');
    expect((await openPhones(env)).map(({ name }) => name)).toHaveLength(20);
    expect((await openPhones(env)).map(({ name }) => name)).toContain('renamed');
  });

  test('adds none where push is off', async () => {
    const env = makeEnv([]);
    expect(await add(env, makeBrowser('one'))).toBe('off');
  });
});
