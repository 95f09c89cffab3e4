import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { bookingFields } from '../test/fixtures.ts';
import { count } from '../test/records.ts';
import { postJson, send } from '../test/requests.ts';

interface Answer {
  code: string;
  statusUrl: string;
  plan: { code: string; statusUrl: string } | null;
  errors?: { field: string; message: string }[];
}

async function post(changes: Record<string, string>): Promise<{ status: number; body: Answer }> {
  const fields = bookingFields({ service: 've-sinh-nha-o', ...changes });
  const response = await postJson('/api/bookings', fields);
  return { status: response.status, body: await response.json() };
}

test.each([
  ['a rhythm that there is not', { repeat: 'daily' }, 'Anh/chị chọn Chỉ một lần, Mỗi tuần'],
  ['a service that comes once', { repeat: 'weekly', service: 'giat-ghe-sofa' }, 'từng lần'],
  ['a visit to look', { repeat: 'weekly', service: 've-sinh-tuong-son' }, 'chỉ đến xem'],
])('%s is refused at `repeat`, with why', async (_, changes, why) => {
  const { status, body } = await post(changes);
  expect([status, body.errors?.map(({ field }) => field)]).toEqual([422, ['repeat']]);
  expect(body.errors?.[0]?.message).toContain(why);
  expect(await count('bookings')).toBe(0);
});

test('a plan has a code and an address of its own beside those of its first visit', async () => {
  const { status, body } = await post({ repeat: 'two-weeks' });
  expect(status).toBe(201);
  const plan = await env.DB.prepare('select code from plans').first<{ code: string }>();
  expect(body.plan?.code).toBe(plan?.code);
  expect(body.plan?.code).not.toBe(body.code);
  expect((await send(body.plan?.statusUrl ?? '')).status).toBe(200);
  expect((await send(body.statusUrl)).status).toBe(200);
});

test('a single booking has no plan', async () => {
  for (const repeat of ['once', '']) {
    const { status, body } = await post({ repeat, phone: `091234567${repeat.length}` });
    expect([status, body.plan]).toEqual([201, null]);
  }
  expect(await count('plans')).toBe(0);
});

test('the same request again is the same plan, another rhythm is another', async () => {
  const first = await post({ repeat: 'weekly', intent: '' });
  const again = await post({ repeat: 'weekly', intent: '' });
  expect([again.status, again.body]).toEqual([200, first.body]);
  expect(await count('plans')).toBe(1);
  expect(await count('bookings')).toBe(1);
  expect((await post({ repeat: 'four-weeks', intent: '' })).status).toBe(201);
  expect(await count('plans')).toBe(2);
});
