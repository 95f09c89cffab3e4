import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { parseCode } from '../../shared/jobs/code.ts';
import { later } from '../../shared/time.ts';
import { customerPath, issueIntent } from '../signing/links.ts';
import { staffPath } from '../signing/staff-links.ts';
import { transitionBooking } from '../records/booking-transition.ts';
import { findBookingByCode } from '../store/bookings.ts';
import { takeConsoleErrors } from '../test/console-errors';
import { readLinkKeys } from '../signing/tokens.ts';
import { openPerson, openKeyStore } from '../personal-data/key-store.ts';
import { Visitor } from '../test/browser';
import { staffSigning } from '../test/staff.ts';
import { bookingFields, NOW } from '../test/fixtures';
import { countRows } from '../test/records';
import { postForm, postJson, send } from '../test/requests';

const PATH = '/api/bookings';
const EMPTY = { bookings: 0, messages: 0, seats: 0, receipts: 0, events: 0, deliveries: 0 };
const ONE = { bookings: 1, messages: 0, seats: 1, receipts: 1, events: 1, deliveries: 2 };

interface Accepted {
  code: string;
  status: string;
  statusUrl: string;
}

async function book(changes = {}, options = {}): Promise<Accepted> {
  const response = await postJson(PATH, bookingFields(changes), options);
  expect(response.status).toBe(201);
  return response.json();
}

interface Row {
  code: string;
  quantity: number;
  answers: string;
}

async function openStored(code: string) {
  const booking = await findBookingByCode(env.DB, code);
  if (booking === null) throw new Error('not stored');
  const opened = await openPerson(openKeyStore(env), booking.id, booking.sealed);
  if (opened.state === 'absent') throw new Error('no key');
  return { booking, person: opened.person };
}

function intentFor(now = NOW, firstAt = later(NOW, { ms: -60_000 })): Promise<string> {
  return issueIntent({ keys: readLinkKeys(env.LINK_KEYS), now }, 'booking', firstAt);
}

describe('POST /api/bookings accepts', () => {
  test('a form with 303 to the status page, and stores booking, seat, receipt, event and deliveries', async () => {
    const response = await postForm(PATH, bookingFields());
    expect(response.status).toBe(303);
    const location = response.headers.get('Location') ?? '';
    expect(location).toMatch(/^\/don\/TS-[0-9A-Z]{7}\/\?k=[\w-]+$/);
    expect(await countRows()).toEqual(ONE);
    const cookie = response.headers.get('Set-Cookie')?.split(';')[0] ?? '';
    const page = await send(location, { headers: { Accept: 'text/html', Cookie: cookie } });
    expect(page.status).toBe(200);
    expect(page.headers.get('Cache-Control')).toBe('private, no-store');
    expect(await page.text()).toContain('0912 345 678');
  });

  test('JSON with 201 and the code, in the shape of the contract', async () => {
    const accepted = await book();
    expect(Object.keys(accepted)).toEqual(['code', 'status', 'statusUrl', 'plan']);
    expect(accepted.status).toBe('requested');
    expect(parseCode('TS-', accepted.code)).toBe(accepted.code);
  });

  test.each([
    ['a form', { 'giat-ghe-sofa.seats': '6', 'giat-ghe-sofa.cloth': 'leather' }],
    ['nested JSON', { answers: { 'giat-ghe-sofa': { seats: 6, cloth: 'leather' } } }],
  ])('answers about the service as %s, and shows them to staff and sender', async (_kind, sent) => {
    const fields = {
      ...bookingFields({ quantity: undefined }),
      'quantity.giat-ghe-sofa': '2',
    };
    const accepted =
      'answers' in sent
        ? await postJson(PATH, { ...fields, ...sent })
        : await postForm(PATH, { ...fields, ...sent });
    expect(accepted.status).toBeLessThan(400);
    const row = await env.DB.prepare(
      'select id, code, quantity, answers from bookings',
    ).first<Row>();
    expect(row?.answers).toBe('{"giat-ghe-sofa":{"seats":6,"cloth":"leather"}}');
    expect(row?.quantity).toBe(2);
    const booking = await findBookingByCode(env.DB, row?.code ?? '');
    if (booking === null) throw new Error('not stored');
    const own = await new Visitor(NOW).open(
      await customerPath(readLinkKeys(env.LINK_KEYS), booking),
    );
    const staff = await new Visitor(NOW).open(await staffPath(staffSigning(), booking));
    for (const { words } of [own, staff])
      expect(words).toMatch(/Số chỗ ngồi ?:? 6 chỗ.*Bọc bằng gì ?:? Da/s);
  });

  test('the same answers once, and others as another request', async () => {
    const answered = (seats: string) => ({ ...bookingFields(), 'giat-ghe-sofa.seats': seats });
    for (const seats of ['6', '6', '7']) await postJson(PATH, answered(seats));
    expect((await countRows()).bookings).toBe(2);
  });

  test('multipart', async () => {
    const body = new FormData();
    for (const [name, value] of Object.entries(bookingFields())) body.set(name, value);
    body.set('intent', await intentFor());
    const response = await send(PATH, { method: 'POST', body, headers: { Accept: 'text/html' } });
    expect(response.status).toBe(303);
  });

  test('day and window in one slot', async () => {
    const fields = bookingFields({ date: undefined, window: undefined, slot: '2026-11-25/chieu' });
    expect((await postForm(PATH, fields)).status).toBe(303);
  });

  test.each<Record<string, string>>([
    { Origin: 'null' },
    { Origin: 'https://example.com', 'Sec-Fetch-Site': 'same-origin' },
  ])('from %o', async (headers) => {
    expect((await postForm(PATH, bookingFields(), { headers })).status).toBe(303);
  });

  test.each([
    ['NFD', 'Nguyễn Thị Hương'.normalize('NFD'), 'Nguyễn Thị Hương'],
    ['emoji', 'Chị Lan 🌸👩‍👩‍👧', 'Chị Lan 🌸👩‍👩‍👧'],
    ['HTML', '<script>alert(1)</script> & "Lan"', '<script>alert(1)</script> & "Lan"'],
    ['SQL', "'; drop table bookings; --", "'; drop table bookings; --"],
  ])('%s in every free-text field, stored in NFC', async (_kind, typed, stored) => {
    const { code } = await book({ name: typed, address: typed, note: typed });
    const { person } = await openStored(code);
    expect([person.name, person.address, person.note]).toEqual([stored, stored, stored]);
  });

  test.each([
    '0912345678',
    '0912.345.678',
    '0912 345 678',
    '0912-345-678',
    '(0912) 345 678',
    '+84912345678',
    '+84 912 345 678',
    '84912345678',
    '0084 912 345 678',
    '０９１２３４５６７８',
    ' +84 (0) 912 345 678 ',
  ])('the phone written %s', async (phone) => {
    const { code } = await book({ phone });
    expect((await openStored(code)).person.phone).toBe('+84912345678');
  });

  test('a retired number, translated and shown back', async () => {
    const { code, statusUrl } = await book({ phone: '01699 999 999' });
    expect((await openStored(code)).person.phone).toBe('+84399999999');
    const page = await new Visitor(NOW).openAll(statusUrl);
    expect(page.words).toContain('0399 999 999');
    expect(page.words).toContain('01699999999');
  });

  test('and names the policy version only where the form did', async () => {
    await book();
    const receipt = await env.DB.prepare('select policy_named from receipts').first('policy_named');
    expect(receipt).toBe(0);
  });
});

describe('POST /api/bookings refuses at the field', () => {
  const missing = [
    ['service', {}, 'service'],
    ['ward', {}, 'ward'],
    ['address', {}, 'address'],
    ['date', {}, 'date'],
    ['window', {}, 'window'],
    ['name', {}, 'name'],
    ['phone', {}, 'phone'],
    ['consent', {}, 'consent'],
  ] as const;
  const malformed = [
    ['service', { service: 'giat-tham' }],
    ['quantity', { quantity: 'nhiều' }],
    ['quantity', { quantity: '-1' }],
    ['ward', { ward: '00000' }],
    ['address', { address: 'x'.repeat(201) }],
    ['date', { date: '2026-02-31' }],
    ['date', { date: '2026-11-22' }],
    ['date', { date: '2026-11-29' }],
    ['date', { date: '2027-03-01' }],
    ['window', { window: 'khuya' }],
    ['window', { date: '2026-11-23', window: 'sang' }],
    ['name', { name: 'x'.repeat(101) }],
    ['phone', { phone: '0123456789' }],
    ['phone', { phone: 'gọi tôi' }],
    ['email', { email: 'lan@' }],
    ['note', { note: 'x'.repeat(1001) }],
    ['consent', { consent: 'on' }],
    ['policy', { policy: '999' }],
  ] as const;

  test.each(missing.map(([field]) => field))('%s when it is missing', async (field) => {
    await expectRefused(field, bookingFields({ [field]: undefined }));
  });

  test.each(malformed)('%s when it is %o', async (field, changes) => {
    await expectRefused(field, bookingFields(changes));
  });

  test('window when both come in one slot', async () => {
    const fields = bookingFields({ date: undefined, window: undefined, slot: '2026-11-22/sang' });
    await expectRefused('window', fields);
  });

  async function expectRefused(field: string, fields: Record<string, string>): Promise<void> {
    const json = await postJson(PATH, fields);
    expect(json.status).toBe(422);
    expect(json.headers.get('Content-Type')).toContain('application/problem+json');
    const problem: { errors: { field: string; message: string }[] } = await json.json();
    expect(problem.errors.map((error) => error.field)).toEqual([field]);
    expect(problem.errors[0]?.message).toMatch(/[àáâãèéêìíòóôõùúýăđơưạ-ỹ]/i);
    const html = await postForm(PATH, fields);
    expect(html.status).toBe(422);
    const page = await html.text();
    expect(page).toContain(escapeHtml(problem.errors[0]?.message ?? ''));
    expect(page).toContain('<title>Lỗi: ');
    for (const name of ['name', 'phone', 'address', 'email'] as const) {
      if (fields[name] !== undefined) expect(page).toContain(`value="${escapeHtml(fields[name])}"`);
    }
    expect(await countRows()).toEqual(EMPTY);
    expect((await env.VAULT.list()).keys).toEqual([]);
  }
});

describe('POST /api/bookings refuses with the phone number', () => {
  test.each([
    [
      'broken JSON',
      400,
      { method: 'POST', body: '{', headers: { 'Content-Type': 'application/json' } },
    ],
    [
      'a JSON list',
      400,
      { method: 'POST', body: '[]', headers: { 'Content-Type': 'application/json' } },
    ],
    ['a wrong type', 415, { method: 'POST', body: 'x', headers: { 'Content-Type': 'text/plain' } }],
    ['no type', 415, { method: 'POST', body: new Uint8Array([1]) }],
    ['1 MB', 413, { method: 'POST', body: new URLSearchParams({ note: 'x'.repeat(2 ** 20) }) }],
    [
      '10 MB',
      413,
      { method: 'POST', body: new URLSearchParams({ note: 'x'.repeat(10 * 2 ** 20) }) },
    ],
    [
      'another origin',
      403,
      {
        method: 'POST',
        body: new URLSearchParams(bookingFields()),
        headers: { Origin: 'https://evil.test', 'Sec-Fetch-Site': 'same-origin' },
      },
    ],
    [
      'a cross-site request',
      403,
      {
        method: 'POST',
        body: new URLSearchParams(bookingFields()),
        headers: { 'Sec-Fetch-Site': 'cross-site' },
      },
    ],
  ])('%s: %i', async (_name, status, init) => {
    for (const accept of ['text/html', 'application/json']) {
      const headers = { ...(init as RequestInit & { headers?: Record<string, string> }).headers };
      const response = await send(PATH, { ...init, headers: { ...headers, Accept: accept } });
      expect(response.status).toBe(status);
      expect(await response.text()).toContain('0859 363 789');
    }
    expect(await countRows()).toEqual(EMPTY);
  });

  test('floods: 429 with Retry-After, by network and minute', async () => {
    const quick = { env: { ...env, FLOOD_LIMIT: '3' }, now: later(NOW, { days: 9 }) };
    const headers = { 'CF-Connecting-IP': '2001:db8:1:2:3::4' };
    const statuses = [];
    for (let index = 0; index < 5; index += 1) {
      const response = await postForm(PATH, {}, { ...quick, headers });
      const givesBack = (await response.text()).includes('vẫn còn ở trang này');
      statuses.push([response.status, response.headers.get('Retry-After'), givesBack]);
    }
    expect(statuses).toEqual([
      [422, null, false],
      [422, null, false],
      [422, null, false],
      [429, '60', true],
      [429, '60', true],
    ]);
  });

  test('reports of visits have a tenth of the flood limit, counted apart', async () => {
    const quick = { env: { ...env, FLOOD_LIMIT: '20' }, now: later(NOW, { days: 10 }) };
    const headers = { 'CF-Connecting-IP': '2001:db8:1:2:3::5' };
    const visit = () => postJson('/api/visits', { path: '/' }, { ...quick, headers });
    const post = () => postForm(PATH, {}, { ...quick, headers });
    const visits = [await visit(), await visit(), await visit(), await visit()];
    expect(visits.map(({ status }) => status)).toEqual([204, 204, 429, 429]);
    const posts = [];
    for (let index = 0; index < 21; index += 1) posts.push((await post()).status);
    expect(posts).toEqual([...Array<number>(20).fill(422), 429]);
  });

  test('a database that is down: 503, values kept, nothing acknowledged', async () => {
    vi.spyOn(env.DB, 'batch').mockRejectedValue(new Error('D1_ERROR: Network connection lost.'));
    const slot = { date: undefined, window: undefined, slot: '2026-11-25/chieu' };
    const response = await postForm(PATH, bookingFields(slot));
    expect(response.status).toBe(503);
    expect(response.headers.get('Retry-After')).toBe('60');
    const page = await response.text();
    expect(page).toContain('value="Nguyễn Thị Hoa"');
    expect(/<input id="date"[^>]*>/.exec(page)?.[0]).toContain('value="2026-11-25"');
    expect(page.match(/<input[^>]*name="window"[^>]* checked/g)).toHaveLength(1);
    expect(/<input[^>]*name="window"[^>]* checked/.exec(page)?.[0]).toContain('value="chieu"');
    expect(page).toMatch(/href="tel:\+84\d{9}"/);
    expect(takeConsoleErrors().join()).not.toContain('Hoa');
  });

  test('a key store that is down: 503 and nothing stored', async () => {
    vi.spyOn(env.VAULT, 'put').mockRejectedValue(
      new Error('KV PUT failed: 500 Internal Server Error'),
    );
    const response = await postJson(PATH, bookingFields());
    expect(response.status).toBe(503);
    expect(response.headers.get('Retry-After')).toBe('60');
    expect(await countRows()).toEqual(EMPTY);
    expect(takeConsoleErrors()).toHaveLength(1);
  });
});

describe('POST /api/bookings and the same request', () => {
  test('answers 200 with the first body for the same content within ten minutes', async () => {
    const first = await book();
    const again = await postJson(PATH, bookingFields(), { now: later(NOW, { minutes: 9 }) });
    expect(again.status).toBe(200);
    expect(await again.json()).toEqual(first);
    expect(await countRows()).toEqual(ONE);
  });

  test('takes the same content as new after ten minutes, but not with the same intent', async () => {
    const intent = await intentFor();
    const first = await book({ intent });
    const muchLater = { now: later(NOW, { minutes: 11 }) };
    const same = await postJson(PATH, bookingFields({ intent }), muchLater);
    expect([same.status, await same.json()]).toEqual([200, first]);
    expect((await postJson(PATH, bookingFields(), muchLater)).status).toBe(201);
  });

  test('answers 409 with everything kept and a new intent when an intent comes with other content', async () => {
    const intent = await intentFor();
    await book({ intent });
    const edited = bookingFields({ intent, name: 'Nguyễn Thị Mai' });
    const response = await postForm(PATH, edited);
    expect(response.status).toBe(409);
    const page = await response.text();
    expect(page).toContain('Gửi thêm yêu cầu mới?');
    expect(page).toContain('<title>Lỗi: ');
    expect(page).toContain('value="Nguyễn Thị Mai"');
    const given = /name="intent" value="([^"]+)"/.exec(page)?.[1] ?? '';
    expect(given).not.toBe(intent);
    expect((await postForm(PATH, { ...edited, intent: given })).status).toBe(303);
  });

  test('gives a stranger with the same phone, service, date and window no link to the first', async () => {
    const first = await book();
    const response = await postJson(PATH, bookingFields({ name: 'Người khác' }));
    const second: Accepted = await response.json();
    expect(response.status).toBe(201);
    expect(second.code).not.toBe(first.code);
    expect(JSON.stringify(second)).not.toContain(first.code);
  });

  test.each(['', 'a.b.c.d', 'forged'])('keeps aside what has the intent "%s"', async (text) => {
    const intent = text === 'forged' ? `${await intentFor()}x` : text;
    const { code, status } = await book({ intent });
    const booking = await findBookingByCode(env.DB, code);
    expect([status, booking?.state, booking?.holdReason]).toEqual(['requested', 'held', 'intent']);
  });

  test('gives the form back with a new intent and the first time when its intent has expired', async () => {
    const day = later(NOW, { hours: -25 });
    const intent = await intentFor(day, day);
    const fields = bookingFields({ intent });
    const problem = await postJson(PATH, fields);
    expect([problem.status, await problem.json()]).toMatchObject([
      422,
      { errors: [{ field: 'intent' }] },
    ]);
    const again = await postForm(PATH, fields);
    const page = await again.text();
    expect([again.status, page.includes('value="Nguyễn Thị Hoa"')]).toEqual([200, true]);
    expect(await countRows()).toEqual(EMPTY);
    const given = /name="intent" value="([^"]+)"/.exec(page)?.[1] ?? '';
    expect(given.split('.')[2]).toBe(intent.split('.')[2]);
    expect((await postForm(PATH, { ...fields, intent: given })).status).toBe(303);
    expect((await countRows())['seats']).toBe(1);
  });

  test('takes two flats of one customer, and a new booking after a cancelled one', async () => {
    const intent = await intentFor();
    const first = await book({ intent });
    const flat = await book({ address: '14 ngõ 5 đường Lê Hồng Phong' });
    expect(flat.code).not.toBe(first.code);
    const booking = await findBookingByCode(env.DB, first.code);
    if (booking === null) throw new Error('not stored');
    await transitionBooking(env, { booking, transition: 'cancel', actor: 'customer', now: NOW });
    const again = await book({ intent });
    expect(again.code).not.toBe(first.code);
    expect((await postJson(PATH, bookingFields({ intent }))).status).toBe(200);
  });

  test('leaves an intent unused after a 422', async () => {
    const intent = await intentFor();
    expect((await postForm(PATH, bookingFields({ intent, phone: '' }))).status).toBe(422);
    await book({ intent });
  });
});

describe('POST /api/bookings and a full window', () => {
  test('answers 409 with alternatives once the seats are taken, and leaves nothing', async () => {
    for (const name of ['Một', 'Hai', 'Ba']) await book({ name });
    const before = await countRows();
    const response = await postJson(PATH, bookingFields({ name: 'Bốn' }));
    expect(response.status).toBe(409);
    const problem: { alternatives: { date: string; window: string }[] } = await response.json();
    expect(problem.alternatives[0]).toEqual({ date: '2026-11-26', window: 'sang-som' });
    expect(await countRows()).toEqual(before);
    expect((await env.VAULT.list()).keys).toHaveLength(3);
    const page = await (await postForm(PATH, bookingFields({ name: 'Bốn' }))).text();
    expect(page).toContain('href="#slot-2026-11-26-sang-som"');
    expect(page).toContain('value="Bốn"');
  });
});

describe('POST /api/bookings quarantines instead of refusing', () => {
  test.each([
    ['a filled honeypot', { website: 'https://spam.test' }],
    ['three links in the note', { note: 'http://a.test http://b.test www.c.test' }],
  ])('%s', async (_reason, changes) => {
    const { code, status } = await book(changes);
    expect(status).toBe('requested');
    expect((await findBookingByCode(env.DB, code))?.state).toBe('held');
    expect(await countRows()).toEqual({ ...ONE, seats: 0, deliveries: 0 });
  });

  test('what was sent within two seconds of the first view', async () => {
    const intent = await intentFor(NOW, later(NOW, { ms: -1_500 }));
    const { code } = await book({ intent });
    expect((await findBookingByCode(env.DB, code))?.state).toBe('held');
  });
});

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
