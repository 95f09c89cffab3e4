import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { createApp } from '../app.ts';
import { NOW } from './fixtures.ts';

export const ORIGIN = 'https://example.com';

interface SendOptions {
  now?: Date;
  env?: Env;
}

/** Sends a request to the app and waits for what it does after the answer. */
export async function send(
  path: string,
  init: RequestInit = {},
  options: SendOptions = {},
): Promise<Response> {
  const context = createExecutionContext();
  const app = createApp(() => options.now ?? NOW);
  const request = new Request(new URL(path, ORIGIN), { redirect: 'manual', ...init });
  const response = await app.fetch(request, options.env ?? env, context);
  await waitOnExecutionContext(context);
  return response;
}

/** Posts fields as a browser's form does. */
export function postForm(
  path: string,
  fields: Readonly<Record<string, string>>,
  options: SendOptions & { headers?: Record<string, string> } = {},
): Promise<Response> {
  const headers = { Accept: 'text/html', ...options.headers };
  return send(path, { method: 'POST', body: new URLSearchParams(fields), headers }, options);
}

/** Posts a value, or a text as it is, as a program does. */
export function postJson(
  path: string,
  body: unknown,
  options: SendOptions & { headers?: Record<string, string> } = {},
): Promise<Response> {
  const headers = {
    Accept: 'application/json',
    'Content-Type': 'application/json',
    ...options.headers,
  };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return send(path, { method: 'POST', body: text, headers }, options);
}
