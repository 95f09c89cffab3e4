import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { keyringNames } from '../../../shared/keyrings.ts';
import { createApp } from '../../app';
import { runScheduled } from '../../scheduled';
import { customerPath } from '../../signing/links';
import { readLinkKeys } from '../../signing/tokens';
import { takeConsoleErrors } from '../console-errors';
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

describe('a key that is missing or too short', () => {
  const faults = [
    ['missing', undefined],
    ['empty', ' '],
    ['a byte long', 'whsec_QQ=='],
    ['the second one', `${env.LINK_KEYS.split(' ')[0]} whsec_${btoa('k'.repeat(31))}`],
  ] as const;

  test.each(
    keyringNames.flatMap((name) => faults.map(([how, text]) => [name, how, text] as const)),
  )(
    'in %s (%s) lets nothing be served: 503 with the phone number, and is logged without a path',
    async (name, _how, text) => {
      const bad = { ...env, [name]: text } as Env;
      const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
      const entry = JSON.stringify({ event: 'key_too_short', keyrings: name });
      const app = createApp(() => NOW);
      for (const [path, accept, lines] of [
        ['/dat-lich/', 'text/html', [entry]],
        ['/api/bookings', 'application/json', [entry]],
        ['/don/TS-0000000/?k=x', 'text/html', []],
        ['/viec/TS-0000000.x/', 'text/html', []],
      ] as const) {
        log.mockClear();
        const answer = await app.request(
          `https://example.com${path}`,
          { headers: { Accept: accept } },
          bad,
        );
        expect(answer.status).toBe(503);
        expect(await answer.text()).toContain('0859 363 789');
        expect(log.mock.calls.flat()).toEqual(lines);
      }
      log.mockClear();
      await runScheduled(bad, NOW);
      takeConsoleErrors();
      expect(log.mock.calls.flat()).toContain(entry);
    },
  );
});

describe('an answer that leads on', () => {
  test('is kept by nobody, since the address may hold a key', async () => {
    const path = await customerPath(readLinkKeys(env.LINK_KEYS), await submitBooking());
    const answer = await ask(path.replace('/?', '?'));
    expect(answer.status).toBe(308);
    expect(answer.headers.get('Cache-Control')).toBe('private, no-store');
  });
});
