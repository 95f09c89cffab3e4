import { describe, expect, test } from 'vitest';
import { company } from '../../shared/content/catalogue.ts';
import { NOW } from '../test/fixtures';
import { send } from '../test/requests';

interface Totals {
  today: number;
  total: number;
  pages: Record<string, number>;
  ratings: unknown;
}
const POLICY = '/chinh-sach/bao-mat-thong-tin/';
const BEFORE = company.visitsBefore;

const person = {
  'Content-Type': 'application/json',
  'User-Agent': 'Mozilla/5.0 (Linux; Android 14) Chrome/156.0 Mobile',
  'Sec-Fetch-Site': 'same-origin',
};
const report = (path: unknown, headers: Record<string, string> = {}, now = NOW) =>
  send(
    '/api/visits',
    { method: 'POST', body: JSON.stringify({ path }), headers: { ...person, ...headers } },
    { now },
  );
const read = async (query = '', now = NOW) =>
  (await send(`/api/visits${query}`, {}, { now })).json<Totals>();

describe('POST /api/visits', () => {
  test('counts one visit and answers 204 without a body or a cookie', async () => {
    const answer = await report('/');
    expect(answer.status).toBe(204);
    expect(answer.headers.get('Set-Cookie')).toBeNull();
    expect(await read()).toEqual({
      today: 1,
      total: BEFORE.total + 1,
      pages: { ...BEFORE.pages, '/': 1 },
      ratings: null,
    });
  });

  test.each([
    ['a crawler', { 'User-Agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' }],
    ['a link preview', { 'User-Agent': 'facebookexternalhit/1.1' }],
    ['a command line', { 'User-Agent': 'curl/8.5.0' }],
    ['a script', { 'User-Agent': 'node' }],
    ['an assistant', { 'User-Agent': 'Mozilla/5.0 (compatible; ChatGPT-User/1.0)' }],
    ['a browser without a screen', { 'User-Agent': 'Mozilla/5.0 HeadlessChrome/156.0' }],
    ['no name at all', { 'User-Agent': '' }],
    ['a page loaded ahead', { 'Sec-Purpose': 'prefetch;prerender' }],
    ["another part of the company's site", { 'Sec-Fetch-Site': 'same-site' }],
  ])('counts nothing for %s', async (_, headers) => {
    expect((await report('/', headers)).status).toBe(204);
    expect((await read()).today).toBe(0);
  });

  test.each(['/nope/', '/don/', '/viec/abc/', '/khung/don/', '/tim-kiem/', 'https://x/', '', 7])(
    'counts nothing for %j, which is no page that people read',
    async (path) => {
      expect((await report(path)).status).toBe(204);
      expect((await read()).total).toBe(BEFORE.total);
    },
  );

  test('counts a browser too old to name the site it comes from', async () => {
    const headers = new Headers(person);
    headers.delete('Sec-Fetch-Site');
    await send('/api/visits', { method: 'POST', body: '{"path":"/"}', headers });
    expect((await read()).today).toBe(1);
  });

  test('refuses what cannot be read', async () => {
    const headers = { ...person, Accept: 'application/json' };
    const broken = await send('/api/visits', { method: 'POST', body: '{', headers });
    expect(broken.status).toBe(400);
  });
});

describe('GET /api/visits', () => {
  test("adds the old site's numbers to a page's own", async () => {
    await report(POLICY);
    expect(await read(`?path=${POLICY}`)).toEqual({
      today: 1,
      total: BEFORE.total + 1,
      pages: { [POLICY]: (BEFORE.pages[POLICY] ?? 0) + 1 },
      ratings: null,
    });
    expect((await read('?path=/')).pages).toEqual({});
  });

  test('begins a new day at midnight in Vietnam', async () => {
    const before = new Date('2026-11-23T16:59:00.000Z');
    const after = new Date('2026-11-23T17:01:00.000Z');
    await report('/', {}, before);
    await report('/', {}, after);
    expect((await read('', before)).today).toBe(1);
    expect(await read('', after)).toMatchObject({ today: 1, total: BEFORE.total + 2 });
  });

  test('is not kept by anyone', async () => {
    expect((await send('/api/visits')).headers.get('Cache-Control')).toBe('no-store');
  });
});
