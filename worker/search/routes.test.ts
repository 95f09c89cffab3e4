import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { foldText } from '../../shared/text.ts';
import { later } from '../../shared/time.ts';
import { send } from '../test/requests';
import { NOW } from '../test/fixtures';
import { submitBooking } from '../test/records';

const navigate = { headers: { Accept: 'text/html', 'Sec-Fetch-Mode': 'navigate' } };
/** The page of a search; spaces that do not break count as spaces. */
const search = async (query: string) => {
  const answer = await send(`/tim-kiem/?q=${encodeURIComponent(query)}`, navigate);
  return (await answer.text()).replaceAll('\u00a0', ' ');
};
const links = (html: string) =>
  Array.from(
    /<ol class="rows"[^]*?<\/ol>/.exec(html)?.[0].matchAll(/href="([^"]+)"/g) ?? [],
    ([, to]) => to,
  );

/** The last page of the built index that lies in a folder. */
async function findEntry(folder: string): Promise<{ path: string; title: string }> {
  const index = await env.ASSETS.fetch('https://example.com/tim-kiem/index.json');
  const entries: { path: string; title: string }[] = await index.json();
  const found = entries.findLast(({ path }) => path.startsWith(folder) && path !== folder);
  if (found === undefined) throw new Error(`Nothing under ${folder} in the index`);
  return found;
}

describe('GET /tim-kiem/', () => {
  test.each(['/dich-vu/', '/chinh-sach/'])(
    'puts a page under %s first where its title is typed, with and without marks',
    async (folder) => {
      const { path, title } = await findEntry(folder);
      expect(links(await search(title))[0]).toBe(path);
      expect(links(await search(foldText(title)))[0]).toBe(path);
    },
  );

  test.each(['vinh tan', 'Hồng Sơn'])('finds the ward that was called %s', async (query) => {
    expect(links(await search(query))[0]).toBe('/dat-lich/?ward=16690');
  });

  test.each([
    ['theo dõi đơn', '/don/'],
    ['mã đơn', '/don/'],
    ['0859363789', '/lien-he/'],
    ['+84859363789', '/lien-he/'],
    ['+84 859 363 789', '/lien-he/'],
  ])('answers %s with %s first', async (query, path) => {
    expect(links(await search(query))[0]).toBe(path);
  });

  test('leads from a code to the page that opens a request', async () => {
    const { code } = await submitBooking();
    for (const typed of [code, code.toLowerCase().replace('-', ' ')]) {
      expect(links(await search(typed))).toEqual(['/don/']);
    }
  });

  test.each([
    ['hotline', 'hotline?', 'hotline:', '“hotline”', '(Hotline)', 'ｈｏｔｌｉｎｅ'],
    ['email', 'email?', '(email)', 'e-mail', 'e‑mail.'],
    ['m²', 'm2', 'M2?', 'm².'],
  ])('finds the same for %s as for %s, %s and others', async (plain, ...others) => {
    const found = links(await search(plain));
    expect(found).not.toEqual([]);
    for (const other of others) expect([other, links(await search(other))]).toEqual([other, found]);
  });

  test.each(['?', '...', '🌸', 'xyzzy?'])('says that nothing was found for %s', async (query) => {
    expect(await search(query)).toContain('Không tìm thấy');
  });

  test('says that more was found than is shown', async () => {
    expect(await search('bài')).toContain('20 kết quả đầu cho');
    expect(await search('sofa')).not.toContain('kết quả đầu');
  });

  test('offers examples where nothing was asked, and help where nothing was found', async () => {
    const empty = await search('');
    expect(empty).toContain('Thử tìm');
    expect(empty).not.toContain('Không tìm thấy');
    const nothing = await search('xyzzy');
    expect(nothing).toContain('Không tìm thấy');
    expect(nothing).toContain('tel:');
  });

  test('escapes the query and reads its first 100 characters', async () => {
    const html = await search('"><script>alert(1)</script>');
    expect(html).not.toContain('<script>alert');
    expect(html).toContain('value="&quot;>&lt;script>alert(1)&lt;/script>"');
    expect(await search('&lt;b')).toContain('value="&amp;lt;b"');
    const long = await search(`${'a'.repeat(100)}b`);
    expect(long).toContain(`value="${'a'.repeat(100)}"`);
  });

  test('leaves no marker and no state behind', async () => {
    const answer = await send('/tim-kiem/?q=sofa', navigate);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('ETag')).toBeNull();
    expect(answer.headers.get('Cache-Control')).toBe('private, no-cache');
    expect(await answer.text()).not.toMatch(/data-(?:each|text|if|unless|attr)=|<template/);
  });

  test('is counted in the flood limit, together with posts', async () => {
    const few = { now: later(NOW, { days: 3 }), env: { ...env, FLOOD_LIMIT: '2' } };
    const ask = async () => (await send('/tim-kiem/?q=sofa', navigate, few)).status;
    const post = async () => (await send('/api/contact', { method: 'POST' }, few)).status;
    expect([await post(), await ask(), await ask(), await post()]).toEqual([415, 200, 429, 429]);
  });

  test('adds the slash and keeps the query', async () => {
    const answer = await send('/tim-kiem?q=sofa', navigate);
    expect([answer.status, answer.headers.get('Location')]).toEqual([308, '/tim-kiem/?q=sofa']);
  });

  test('serves the index from the built site', async () => {
    const index = await env.ASSETS.fetch('https://example.com/tim-kiem/index.json');
    expect(index.status).toBe(200);
  });
});
