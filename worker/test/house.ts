import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { createApp } from '../app';

/** The time in tests: Monday 23 November 2026, 09:00 in Vietnam. */
export const NOW = new Date('2026-11-23T02:00:00.000Z');

const ORIGIN = 'https://example.com';

/** Sends a request to the Worker's app at a fixed time, and waits for what it does after the answer. */
export async function send(
  path: string,
  init: RequestInit = {},
  options: { now?: Date; env?: Env } = {},
): Promise<Response> {
  const context = createExecutionContext();
  const app = createApp(() => options.now ?? NOW);
  const request = new Request(new URL(path, ORIGIN), { redirect: 'manual', ...init });
  const response = await app.fetch(request, options.env ?? env, context);
  await waitOnExecutionContext(context);
  return response;
}

/** A valid booking form; fields can be changed, or left out with undefined. */
export function bookingFields(
  changes: Readonly<Record<string, string | undefined>> = {},
): Record<string, string> {
  return without({
    service: 've-sinh-nha-o',
    quantity: '80',
    ward: '16690',
    address: '12 ngõ 5 đường Lê Hồng Phong',
    date: '2026-11-25',
    window: 'sang',
    name: 'Nguyễn Thị Lan',
    phone: '0912 345 678',
    email: 'lan@example.com',
    note: 'Nhà có trẻ nhỏ',
    consent: 'yes',
    ...changes,
  });
}

/** A valid contact form. */
export function contactFields(
  changes: Readonly<Record<string, string | undefined>> = {},
): Record<string, string> {
  return without({
    kind: 'question',
    name: 'Trần Văn Minh',
    phone: '0912 345 679',
    message: 'Công ty có giặt rèm không?',
    consent: 'yes',
    ...changes,
  });
}

/** Posts fields as a browser's form does. */
export function postForm(
  path: string,
  fields: Readonly<Record<string, string>>,
  options: Parameters<typeof send>[2] & { headers?: Record<string, string> } = {},
): Promise<Response> {
  const headers = { Accept: 'text/html', ...options.headers };
  return send(path, { method: 'POST', body: new URLSearchParams(fields), headers }, options);
}

/** Posts fields as a program does. */
export function postJson(
  path: string,
  body: unknown,
  options: Parameters<typeof send>[2] & { headers?: Record<string, string> } = {},
): Promise<Response> {
  const headers = {
    Accept: 'application/json',
    'Content-Type': 'application/json',
    ...options.headers,
  };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return send(path, { method: 'POST', body: text, headers }, options);
}

/** How many rows each table of the main job holds. */
export async function countRows(): Promise<Record<string, number>> {
  const tables = ['bookings', 'messages', 'seats', 'receipts', 'events', 'deliveries'];
  const answers = await env.DB.batch<{ count: number }>(
    tables.map((table) => env.DB.prepare(`select count(*) as count from ${table}`)),
  );
  return Object.fromEntries(
    tables.map((table, at) => [table, answers[at]?.results[0]?.count ?? -1]),
  );
}

function without(fields: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept = Object.entries(fields).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(kept);
}
