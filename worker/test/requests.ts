import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { later } from '../../shared/time.ts';
import { createApp } from '../app.ts';
import { issueIntent } from '../signing/links.ts';
import { readLinkKeys } from '../signing/tokens.ts';
import { NOW } from './fixtures.ts';

export const ORIGIN = 'https://example.com';

/** The settings without limits of senders, for tests that send as many people as there are. */
export const unlimited: Env = {
  ...env,
  FLOOD_LIMIT: '1000000',
  NETWORK_LIMIT: '1000000',
  UNCONFIRMED_LIMIT: '1000000',
  STAFF_MAIL_LIMIT: '1000000',
};

interface SendOptions {
  now?: Date;
  env?: Env;
}

/** Apps by the instant that they stand at: to build one takes as long as many a request. */
const apps = new Map<number, ReturnType<typeof createApp>>();
const APPS_MAX = 100;

/** The app at an instant. */
export function appAt(now: Date): ReturnType<typeof createApp> {
  const instant = now.getTime();
  const app = apps.get(instant) ?? createApp(() => new Date(instant));
  if (apps.size >= APPS_MAX) apps.clear();
  apps.set(instant, app);
  return app;
}

/** Sends a request to the app and waits for what it does after the answer. */
export async function send(
  path: string,
  init: RequestInit = {},
  options: SendOptions = {},
): Promise<Response> {
  const context = createExecutionContext();
  const request = new Request(new URL(path, ORIGIN), { redirect: 'manual', ...init });
  const response = await appAt(options.now ?? NOW).fetch(request, options.env ?? env, context);
  await waitOnExecutionContext(context);
  return response;
}

/** The forms that carry an intent, by the address that they are sent to. */
const intentForms: Readonly<Record<string, 'booking' | 'contact' | 'letters'>> = {
  '/api/bookings': 'booking',
  '/api/contact': 'contact',
  '/api/letters': 'letters',
};

/** Fields as somebody sends them who opened the form a minute before. An `intent` that is given stays, '' as none. */
export async function withIntent<Fields extends object>(
  path: string,
  fields: Fields,
  now: Date = NOW,
): Promise<Fields & { intent?: string }> {
  const form = intentForms[path];
  if (form === undefined || 'intent' in fields) return fields;
  const opened = { keys: readLinkKeys(env.LINK_KEYS), now: later(now, { minutes: -1 }) };
  return { ...fields, intent: await issueIntent(opened, form) };
}

/** Posts fields as a browser's form does. */
export async function postForm(
  path: string,
  fields: Readonly<Record<string, string>>,
  options: SendOptions & { headers?: Record<string, string> } = {},
): Promise<Response> {
  const headers = { Accept: 'text/html', ...options.headers };
  const body = new URLSearchParams(await withIntent(path, fields, options.now));
  return send(path, { method: 'POST', body, headers }, options);
}

/** Posts a value, or a text as it is, as a program does. */
export async function postJson(
  path: string,
  body: unknown,
  options: SendOptions & { headers?: Record<string, string> } = {},
): Promise<Response> {
  const headers = {
    Accept: 'application/json',
    'Content-Type': 'application/json',
    ...options.headers,
  };
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  const value = isObject ? await withIntent(path, body, options.now) : body;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return send(path, { method: 'POST', body: text, headers }, options);
}
