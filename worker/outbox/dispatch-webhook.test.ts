import { createHmac } from 'node:crypto';
import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { later } from '../../shared/time';
import { listDisclosures } from '../store/disclosures';
import { deliverOne } from './attempt';
import { signWebhook } from './dispatch-webhook';
import { sendDueDeliveries } from './sweep';
import { bookingFields, type FieldChanges, NOW } from '../test/fixtures';
import { readDeliveries, submitBooking, writeAsBefore } from '../test/records';

interface Received {
  url: string;
  init: RequestInit;
  headers: Headers;
  body: string;
}

function receive(answer: () => Response | Promise<Response>): Received[] {
  const received: Received[] = [];
  vi.mocked(globalThis.fetch).mockImplementation(async (input, init) => {
    received.push({
      url: input instanceof Request ? input.url : String(input),
      init: init ?? {},
      headers: new Headers(init?.headers),
      body: typeof init?.body === 'string' ? init.body : '',
    });
    return answer();
  });
  return received;
}

async function submitDispatch(changes: FieldChanges = {}) {
  const booking = await submitBooking(changes);
  const rows = await readDeliveries(booking.id);
  const id = rows.find(({ channel }) => channel === 'dispatch')?.id ?? '';
  const row = async () => (await readDeliveries(booking.id)).find((found) => found.id === id);
  return { booking, id, row };
}

/** Every path of keys in a JSON value, sorted: what the contract lists. */
function listKeys(value: unknown, prefix = ''): string[] {
  if (typeof value !== 'object' || value === null) return [prefix];
  return Object.entries(value)
    .flatMap(([key, inner]) => listKeys(inner, prefix === '' ? key : `${prefix}.${key}`))
    .toSorted();
}

describe('a dispatch webhook', () => {
  test('carries exactly the keys of the contract and the values of the booking', async () => {
    const { booking, id } = await submitDispatch({
      service: 'giat-ghe-sofa,ve-sinh-sau-xay-dung',
      quantity: undefined,
      'quantity.giat-ghe-sofa': '2',
      'giat-ghe-sofa.seats': '6',
      've-sinh-sau-xay-dung.floors': '3',
      've-sinh-sau-xay-dung.lift': 'no',
    });
    const received = receive(() => new Response(null, { status: 204 }));
    expect(await deliverOne(env, id, NOW)).toBe('delivered');
    const body: unknown = JSON.parse(received[0]?.body ?? '');
    expect(listKeys(body)).toEqual([
      'data.address.line',
      'data.address.province',
      'data.address.ward',
      'data.address.wardCode',
      'data.code',
      'data.crewNote',
      'data.date',
      'data.name',
      'data.phone',
      'data.plan',
      'data.services.0.answers.floors',
      'data.services.0.answers.lift',
      'data.services.0.id',
      'data.services.0.quantity',
      'data.services.1.answers.seats',
      'data.services.1.id',
      'data.services.1.quantity',
      'data.version',
      'data.visit',
      'data.window.from',
      'data.window.to',
      'timestamp',
      'type',
    ]);
    expect(body).toEqual({
      type: 'job.requested',
      timestamp: NOW.toISOString(),
      data: {
        code: booking.code,
        version: 1,
        visit: 'work',
        services: [
          {
            id: 've-sinh-sau-xay-dung',
            quantity: null,
            answers: { floors: 3, lift: false },
          },
          { id: 'giat-ghe-sofa', quantity: 2, answers: { seats: 6 } },
        ],
        name: bookingFields().name,
        phone: '+84912345678',
        address: {
          line: bookingFields().address,
          ward: 'Phường Trường Vinh',
          wardCode: '16690',
          province: 'Nghệ An',
        },
        date: '2026-11-26',
        window: { from: '09:30', to: '11:00' },
        plan: null,
        crewNote: null,
      },
    });
  });

  test('made before visits had several services is sent in the new shape, under its old id', async () => {
    const { booking, id } = await submitDispatch();
    await writeAsBefore(booking.id);
    const received = receive(() => new Response(null, { status: 204 }));
    expect(await deliverOne(env, id, NOW)).toBe('delivered');
    expect(received[0]?.headers.get('webhook-id')).toBe(id);
    const { data } = JSON.parse(received[0]?.body ?? '') as { data: Record<string, unknown> };
    expect(data).toMatchObject({
      visit: 'work',
      services: [{ id: 'giat-ghe-sofa', quantity: 2, answers: {} }],
      plan: null,
      crewNote: null,
    });
    expect(data).not.toHaveProperty('service');
  });

  test('is signed with both live keys, the first one first, as another implementation computes it', async () => {
    const { id } = await submitDispatch();
    const received = receive(() => new Response(null, { status: 200 }));
    await deliverOne(env, id, NOW);
    const { headers, body, url } = received[0] ?? { headers: new Headers(), body: '', url: '' };
    const stamp = String(Math.floor(NOW.getTime() / 1000));
    const expected = env.DISPATCH_KEYS.split(' ').map((key) => {
      const secret = Uint8Array.fromBase64(key.slice('whsec_'.length));
      const mac = createHmac('sha256', secret).update(`${id}.${stamp}.${body}`).digest('base64');
      return `v1,${mac}`;
    });
    expect(url).toBe(env.DISPATCH_URL);
    expect(headers.get('webhook-id')).toBe(id);
    expect(headers.get('webhook-timestamp')).toBe(stamp);
    expect(headers.get('webhook-signature')).toBe(expected.join(' '));
    expect(expected).toHaveLength(2);
  });

  test('refuses to be signed with no key', () => {
    expect(() => signWebhook(' ', { id: 'a', now: NOW, body: '' })).toThrow('DISPATCH_KEYS');
  });

  test('is repeated under the same id and with the same body', async () => {
    const { id, row } = await submitDispatch();
    const answers = [500, 204];
    const received = receive(() => new Response(null, { status: answers.shift() ?? 500 }));
    expect(await deliverOne(env, id, NOW)).toBe('due');
    const next = new Date((await row())?.next_attempt_at ?? 0);
    expect(await deliverOne(env, id, next)).toBe('delivered');
    expect(received[1]?.headers.get('webhook-id')).toBe(id);
    expect(received[1]?.body).toBe(received[0]?.body);
  });

  test.each([
    [500, 'down 500'],
    [429, 'down 429'],
    [302, 'down 302'],
    [401, 'down 401'],
    [404, 'down 404'],
    [400, '400'],
  ])('is tried again after %i', async (status, result) => {
    const { id, row } = await submitDispatch();
    const received = receive(
      () => new Response(null, { status, headers: { location: 'https://elsewhere.example' } }),
    );
    expect(await deliverOne(env, id, NOW)).toBe('due');
    expect(received).toHaveLength(1);
    expect(received[0]?.init.redirect).toBe('manual');
    expect(await row()).toMatchObject({ status: 'due', attempts: 1, last_result: result });
  });

  test('waits as long as a busy receiver asks', async () => {
    const { id, row } = await submitDispatch();
    receive(() => new Response(null, { status: 503, headers: { 'retry-after': '1800' } }));
    await deliverOne(env, id, NOW);
    expect((await row())?.next_attempt_at).toBe(later(NOW, { minutes: 30 }).toISOString());
  });

  test('is over when the receiver is silent or cannot be reached', async () => {
    const { id, row } = await submitDispatch();
    receive(() => Promise.reject(new DOMException('late', 'TimeoutError')));
    await deliverOne(env, id, NOW);
    expect((await row())?.last_result).toBe('down timeout');
    receive(() => Promise.reject(new Error('Network connection lost.')));
    await deliverOne(env, id, later(NOW, { minutes: 5 }));
    expect((await row())?.last_result).toBe('down network');
  });

  test('stops the channel at 410 until a person resumes it, and notifies staff', async () => {
    const { id } = await submitDispatch();
    const received = receive(() => new Response(null, { status: 410 }));
    expect(await deliverOne(env, id, NOW)).toBe('due');
    expect(await deliverOne(env, id, later(NOW, { days: 1 }))).toBe('skipped');
    expect(received).toHaveLength(1);
    const mail = await env.DB.prepare(
      `select kind from deliveries where subject_kind = 'system'`,
    ).all();
    expect(mail.results).toEqual([{ kind: 'dead' }]);
    vi.mocked(env.STAFF_EMAIL.send).mockClear();
    await sendDueDeliveries(env, later(NOW, { minutes: 11 }));
    const texts = vi
      .mocked(env.STAFF_EMAIL.send)
      .mock.calls.map(([sent]) => ('text' in sent ? String(sent.text) : ''));
    // As it is typed for the deployed database; on this machine a command without --remote means the local one.
    expect(texts.join()).toContain('npm run deliveries -- resume dispatch --remote');
  });

  test.each(['http://dispatch.example.com/jobs', 'ftp://x', 'jobs'])(
    'goes to no address like %s',
    async (url) => {
      const { booking, id } = await submitDispatch();
      const received = receive(() => new Response(null, { status: 204 }));
      expect(await deliverOne({ ...env, DISPATCH_URL: url }, id, NOW)).toBe('due');
      expect(received).toHaveLength(0);
      expect(await listDisclosures(env.DB, booking.id)).toEqual([]);
    },
  );

  test('goes to this machine without https', async () => {
    const { id } = await submitDispatch();
    receive(() => new Response(null, { status: 204 }));
    const local = { ...env, DISPATCH_URL: 'http://127.0.0.1:9000/jobs' };
    expect(await deliverOne(local, id, NOW)).toBe('delivered');
  });

  test('stands in the ledger with its fields and what became of it', async () => {
    const { booking, id } = await submitDispatch();
    receive(() => new Response(null, { status: 503 }));
    await deliverOne(env, id, NOW);
    const entry = { id, recipient: 'dispatch', kind: 'job.requested' };
    const fields = ['name', 'phone', 'address'];
    expect(await listDisclosures(env.DB, booking.id)).toMatchObject([
      { ...entry, fields, result: 'refused' },
    ]);
    receive(() => new Response(null, { status: 204 }));
    await deliverOne(env, id, later(NOW, { minutes: 2 }));
    expect(await listDisclosures(env.DB, booking.id)).toMatchObject([
      { ...entry, fields, result: 'delivered' },
    ]);
  });

  test('of an erasure carries code and version and nothing else', async () => {
    const { booking, id } = await submitDispatch();
    await env.DB.prepare(`update deliveries set kind = 'job.erased', version = 4 where id = ?`)
      .bind(id)
      .run();
    await env.DB.prepare(`update bookings set sealed = x'', erased_at = ? where id = ?`)
      .bind(NOW.toISOString(), booking.id)
      .run();
    const received = receive(() => new Response(null, { status: 204 }));
    expect(await deliverOne(env, id, NOW)).toBe('delivered');
    const body: unknown = JSON.parse(received[0]?.body ?? '');
    expect(body).toEqual({
      type: 'job.erased',
      timestamp: NOW.toISOString(),
      data: { code: booking.code, version: 4 },
    });
    expect(await listDisclosures(env.DB, booking.id)).toMatchObject([
      { kind: 'job.erased', fields: [], result: 'delivered' },
    ]);
  });
});

describe('a dispatch webhook without the details', () => {
  test('is tried again while the key may not have spread yet, and is dead after that', async () => {
    const { booking, id } = await submitDispatch();
    await env.VAULT.delete(booking.id);
    expect(await deliverOne(env, id, later(NOW, { minutes: 1 }))).toBe('due');
    expect(await deliverOne(env, id, later(NOW, { minutes: 11 }))).toBe('dead');
  });

  test('has nothing left to say where the record was erased', async () => {
    const { booking, id } = await submitDispatch();
    await env.VAULT.delete(booking.id);
    await env.DB.prepare(`update bookings set sealed = x'', erased_at = ? where id = ?`)
      .bind(NOW.toISOString(), booking.id)
      .run();
    expect(await deliverOne(env, id, later(NOW, { minutes: 1 }))).toBe('superseded');
  });
});
