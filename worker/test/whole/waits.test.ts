import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { createApp } from '../../app';
import { findBookingByCode } from '../../store/bookings';
import { bookingFields, NOW } from '../fixtures';
import { readDeliveries } from '../records';
import { withIntent } from '../requests';
import { wrapDatabase } from '../wrap-database';

const ANSWER_MS = 10_000;

const never = () => new Promise<never>(() => undefined);

/** The environment with a queue, a mail service and a dispatch that never answer, and what the database was asked. */
function hang() {
  const asked: string[] = [];
  vi.mocked(globalThis.fetch).mockImplementation(never);
  const DB = wrapDatabase(env.DB, async (call) => {
    const answer = await call();
    asked.push(Array.isArray(answer) ? 'batch' : 'statement');
    return answer;
  });
  const mail = { send: never } as unknown as SendEmail;
  const DELIVERIES = { send: never, sendBatch: never } as unknown as Queue;
  return { asked, env: { ...env, DB, DELIVERIES, STAFF_EMAIL: mail, CUSTOMER_EMAIL: mail } };
}

async function post(path: string, fields: object, broken: Env): Promise<Response> {
  const request = new Request(`https://example.com${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(await withIntent(path, fields)),
  });
  // Nobody waits for what was handed to waitUntil.
  return createApp(() => NOW).fetch(request, broken, createExecutionContext());
}

describe('while queue, mail and dispatch never answer', () => {
  test('a booking is stored and answered, in one batch', { timeout: ANSWER_MS }, async () => {
    const { asked, env: broken } = hang();
    const response = await post('/api/bookings', bookingFields(), broken);
    expect(response.status).toBe(201);
    const { code } = await response.json<{ code: string }>();
    const booking = await findBookingByCode(env.DB, code);
    expect((await readDeliveries(booking?.id ?? '')).map(({ status }) => status)).toEqual([
      'due',
      'due',
    ]);
    expect(asked).toEqual(['batch']);
  });

  test('a contact message is stored and answered', { timeout: ANSWER_MS }, async () => {
    const message = { kind: 'complaint', name: 'Hoa', phone: '0912 345 678', message: 'Còn bẩn' };
    const response = await post('/api/contact', message, hang().env);
    expect(response.status).toBe(201);
  });
});
