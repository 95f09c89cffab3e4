import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { ORIGIN, send } from '../test/requests.ts';

const byHttp = ORIGIN.replace('https:', 'http:');

describe('a request by http', () => {
  test.each([
    ['GET', '/dat-lich/?service=a'],
    ['POST', '/api/bookings'],
    ['GET', '/don/TS-1/?k=x'],
    ['GET', '//elsewhere.example/'],
  ])('%s %s is sent on by https', async (method, path) => {
    const answer = await send(byHttp + path, { method });
    expect(answer.status).toBe(308);
    expect(answer.headers.get('Location')).toBe(ORIGIN + path);
    expect(answer.headers.get('Cache-Control')).toBe('private, no-store');
  });

  test('goes to the site, whatever host it names', async () => {
    const answer = await send('http://elsewhere.example:8080/viec/');
    expect(answer.headers.get('Location')).toBe(`${ORIGIN}/viec/`);
  });

  test('is answered where the site itself is served by http', async () => {
    const local = { ...env, PUBLIC_ORIGIN: 'http://127.0.0.1:8787' };
    const answer = await send('http://127.0.0.1:8787/api/health', {}, { env: local });
    expect(answer.status).toBe(200);
  });
});
