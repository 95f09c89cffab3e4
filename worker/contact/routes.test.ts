import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { later } from '../../shared/time.ts';
import { contactFields, type FieldChanges, NOW } from '../test/fixtures';
import { countRows } from '../test/records';
import { postForm, postJson, send } from '../test/requests';

const PATH = '/api/contact';
const EMPTY = { bookings: 0, messages: 0, seats: 0, receipts: 0, events: 0, deliveries: 0 };
/** A valid question, which needs consent. */
const question = (changes: FieldChanges = {}) =>
  contactFields({ kind: 'question', consent: 'yes', ...changes });

const ONE = { bookings: 0, messages: 1, seats: 0, receipts: 1, events: 1, deliveries: 1 };

describe('POST /api/contact', () => {
  test('answers 303 to the sender’s page, notifies staff and never dispatch', async () => {
    const response = await postForm(PATH, question());
    expect(response.status).toBe(303);
    const location = response.headers.get('Location') ?? '';
    expect(location).toMatch(/^\/don\/TS-[0-9A-Z]{7}\/\?k=[\w-]+$/);
    expect((await send(location)).status).toBe(200);
    expect(await countRows()).toEqual(ONE);
    expect(await env.DB.prepare('select channel from deliveries').first('channel')).toBe(
      'staff-email',
    );
  });

  test('answers 201 to a program, and 200 with the same body for the same message', async () => {
    const first = await postJson(PATH, question());
    expect(first.status).toBe(201);
    const again = await postJson(PATH, question());
    expect([again.status, await again.json()]).toEqual([200, await first.json()]);
    expect(await countRows()).toEqual(ONE);
  });

  test.each(['complaint', 'privacy'])(
    'asks no consent for %s and writes no receipt',
    async (kind) => {
      const response = await postJson(PATH, contactFields({ kind }));
      expect(response.status).toBe(201);
      expect(await countRows()).toEqual({ ...ONE, receipts: 0 });
    },
  );

  test('counts seven working days for a complaint, holidays left out', async () => {
    await postJson(PATH, contactFields());
    // From Monday 23/11/2026; Tuesday 24/11 is a holiday.
    expect(await env.DB.prepare('select due_on from messages').first('due_on')).toBe('2026-12-03');
  });

  test.each([
    ['kind=quote', 'Xin báo giá'],
    ['kind=complaint', 'Báo chỗ chưa đạt'],
    ['kind=complaint&code=ts4444444', 'Báo chỗ chưa đạt'],
    ['kind=privacy', 'Yêu cầu về dữ liệu cá nhân'],
    ['kind=question', 'Liên hệ'],
    ['kind=constructor', 'Liên hệ'],
  ])('opens by its purpose, the form first: %s', async (query, heading) => {
    const page = await (await send(`/lien-he/?${query}`)).text();
    expect(/<h1[^>]*>([^<]*)/.exec(page)?.[1]?.trim().replaceAll('\u00a0', ' ')).toBe(heading);
    expect(page.indexOf('<form')).toBeLessThan(page.indexOf('id="goi"'));
  });

  test('takes an e-mail address instead of a phone', async () => {
    const fields = question({ phone: undefined, email: 'hoa@example.com' });
    expect((await postJson(PATH, fields)).status).toBe(201);
  });

  test.each([
    ['kind', { kind: undefined }],
    ['kind', { kind: 'spam' }],
    ['name', { name: undefined }],
    ['phone', { phone: undefined }],
    ['phone', { phone: '123' }],
    ['email', { email: 'hoa@' }],
    ['code', { code: 'TS-1234567' }],
    ['message', { message: '  ' }],
    ['message', { message: 'x'.repeat(4001) }],
    ['message', { message: '🌸'.repeat(2049) }],
    ['message', { message: 'ạ'.repeat(2731) }],
    ['consent', { consent: undefined }],
    ['policy', { policy: '999' }],
  ])('refuses at %s: %o', async (field, changes) => {
    const fields = question(changes);
    const json = await postJson(PATH, fields);
    const problem: { errors: { field: string }[] } = await json.json();
    expect([json.status, problem.errors.map((error) => error.field)]).toEqual([422, [field]]);
    const html = await postForm(PATH, fields);
    const page = await html.text();
    expect(html.status).toBe(422);
    expect(page).toContain('<title>Lỗi: ');
    if (fields['name'] !== undefined) expect(page).toContain('value="Nguyễn Thị Hoa"');
    if (field === 'consent') expect(page).toContain('Sofa còn vết bẩn');
    expect(await countRows()).toEqual(EMPTY);
  });

  test('quarantines a message with a filled honeypot: no delivery, the same answer', async () => {
    const response = await postJson(PATH, question({ website: 'x' }));
    expect(response.status).toBe(201);
    expect(await countRows()).toEqual({ ...ONE, deliveries: 0 });
  });

  test('names what is missing in the order of the form', async () => {
    const { errors } = await (
      await postJson(PATH, {})
    ).json<{ errors: readonly { field: string }[] }>();
    const fields = ['kind', 'message', 'name', 'phone', 'consent'];
    expect(errors.map(({ field }) => field)).toEqual(fields);
  });

  test('takes a message of 8 KB', async () => {
    expect((await postJson(PATH, question({ message: '🌸'.repeat(2000) }))).status).toBe(201);
    expect((await postJson(PATH, question({ message: 'ạ'.repeat(2730) }))).status).toBe(201);
  });

  test('gives programs an intent, without which a question is kept aside and a complaint is not', async () => {
    const { intent } = await (await send(`${PATH}/intent`)).json<{ intent: string }>();
    const soon = { now: later(NOW, { ms: 2_000 }) };
    const states = async () =>
      (await env.DB.prepare('select state, hold_reason from messages order by created_at').raw())
        .flat()
        .join();
    await postJson(PATH, question({ intent: '' }));
    await postJson(PATH, contactFields({ intent: '' }), { now: later(NOW, { ms: 1_000 }) });
    await postJson(PATH, question({ intent, message: 'Giá giặt rèm?' }), soon);
    expect(await states()).toBe('held,intent,open,,open,');
  });

  test('takes the same words as new after ten minutes', async () => {
    await postJson(PATH, question());
    const muchLater = { now: later(NOW, { minutes: 11 }) };
    expect((await postJson(PATH, question(), muchLater)).status).toBe(201);
  });
});
