import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { createApp } from '../../app';
import { customerPath } from '../../signing/links';
import { readLinkKeys } from '../../signing/tokens';
import { NOW } from '../fixtures';
import { submitBooking } from '../records';

const ask = (path: string, init: RequestInit = {}) =>
  createApp(() => NOW).request(`https://example.com${path}`, init, env);

describe('a method that no route takes', () => {
  test.each([
    ['PUT', '/api/bookings', 'GET, HEAD, POST'],
    ['DELETE', '/api/contact/', 'GET, HEAD, POST'],
    ['POST', '/api/availability', 'GET, HEAD'],
    ['PATCH', '/api/visits', 'GET, HEAD, POST'],
    ['PUT', '/don/', 'GET, HEAD, POST'],
  ])('%s %s answers 405 and names %s', async (method, path, allowed) => {
    const answer = await ask(path, { method, headers: { Accept: 'application/json' } });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('Allow')).toBe(allowed);
    expect(await answer.json()).toMatchObject({ status: 405 });
  });

  test('is answered 404 at an address that nothing serves', async () => {
    const answer = await ask('/api/unknown', { method: 'PUT' });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('Allow')).toBeNull();
  });
});

describe('an answer that leads on', () => {
  test('is kept by nobody, since the address may hold a key', async () => {
    const path = await customerPath(readLinkKeys(env.LINK_KEYS), await submitBooking());
    const answer = await ask(path.replace('/?', '?'));
    expect(answer.status).toBe(308);
    expect(answer.headers.get('Cache-Control')).toBe('private, no-store');
  });
});
