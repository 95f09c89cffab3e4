import { Hono } from 'hono';
import { expect, test } from 'vitest';
import type { AppEnv } from './context';
import { wantsHtml } from './problems';

const app = new Hono<AppEnv>().all('/', (c) => c.text(wantsHtml(c) ? 'html' : 'json'));

async function answerTo(headers: Record<string, string>): Promise<string> {
  return (await app.request('https://example.com/', { method: 'POST', headers })).text();
}

test.each([
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'html'],
  ['application/json', 'json'],
  ['application/problem+json', 'json'],
  ['APPLICATION/JSON; charset=utf-8', 'json'],
  ['application/json, text/html', 'json'],
  ['text/html, application/json', 'html'],
  ['text/html;q=0.5, application/json', 'json'],
  ['application/json;q=0.1, text/html;q=0.9', 'html'],
  ['application/json;q=0, text/html', 'html'],
])('Accept: %s wants %s', async (accept, wanted) => {
  expect(await answerTo({ Accept: accept })).toBe(wanted);
});

test.each([
  ['application/json', '*/*', 'json'],
  ['application/x-www-form-urlencoded', '*/*', 'html'],
  ['application/x-www-form-urlencoded', 'image/png', 'html'],
])('where %s was sent, Accept: %s wants %s', async (sent, accept, wanted) => {
  expect(await answerTo({ 'Content-Type': sent, Accept: accept })).toBe(wanted);
});
