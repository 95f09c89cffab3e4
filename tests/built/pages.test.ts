import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { services } from '../../shared/content/catalogue.ts';
import { decodeEntities } from '../../shared/text.ts';
import { DIST, meta, readFiles, readListedPages, visibleText } from './site.ts';

const PAGE_MAX_BYTES = 14 * 1024;
const FONT_MAX_BYTES = 10 * 1024;
const pages = readListedPages();
const readIfThere = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : null);
const titleOf = (html: string) =>
  decodeEntities(/<title[^>]*>([^<]*)<\/title>/.exec(html)?.[1] ?? '');
/** Compressed as well as can be where that decides: it takes fifty times as long. */
const compressedSize = (html: string) =>
  [5, 11]
    .map((quality) => ({ params: { [constants.BROTLI_PARAM_QUALITY]: quality } }))
    .reduce(
      (size, options) => (size > PAGE_MAX_BYTES ? brotliCompressSync(html, options).length : size),
      Infinity,
    );
const length = (text: string) => Array.from(text).length;

describe.each(pages)('$path', ({ html, url }) => {
  test('has one h1, one main, a title and a description of the right length', () => {
    expect(html.match(/<h1[ >]/g)).toHaveLength(1);
    expect(html.match(/<main[ >]/g)).toHaveLength(1);
    expect(length(titleOf(html))).toBeGreaterThan(0);
    expect(length(titleOf(html))).toBeLessThanOrEqual(60);
    const description = length(meta(html, 'description') ?? '');
    expect(description).toBeGreaterThanOrEqual(50);
    expect(description).toBeLessThanOrEqual(160);
  });

  test('names itself as the address to keep', () => {
    expect(/<link rel="canonical" href="([^"]+)"/.exec(html)?.[1]).toBe(url);
    expect(meta(html, 'og:url')).toBe(url);
  });

  test('is one small file that asks no other host for anything', () => {
    expect(compressedSize(html)).toBeLessThanOrEqual(PAGE_MAX_BYTES);
    expect(html).not.toMatch(/<link[^>]+rel="(?:stylesheet|modulepreload)"/);
    expect(html).not.toMatch(
      /<(?:script|img|iframe|source|video|track)[^>]+(?:src|poster)="(?:https?:)?\/\//,
    );
  });

  test('asks ahead for the typeface of headings, which is small, and for nothing else', () => {
    const ahead = [...html.matchAll(/<link[^>]+rel="preload"[^>]*>/g)].map(([link]) => link);
    const [, font = ''] = /href="(\/_astro\/fonts\/[^"]+\.woff2)"/.exec(ahead[0] ?? '') ?? [];
    expect(ahead).toHaveLength(1);
    expect(html).toContain('font-display:optional');
    expect(statSync(path.join(DIST, font)).size).toBeLessThanOrEqual(FONT_MAX_BYTES);
  });

  test('has a picture for sharing, 1200 by 630', async () => {
    const picture = new URL(meta(html, 'og:image') ?? '').pathname;
    const { width, height } = await sharp(path.join(DIST, picture)).metadata();
    expect([width, height]).toEqual([1200, 630]);
  });
});

describe('the whole site', () => {
  test('calls the page of prices a list of prices only where there are prices', () => {
    const isListed = services.some(({ prices }) => prices.length > 0);
    // The frozen words of a policy keep the name that they were published with.
    const own = pages.filter(({ path: at }) => !at.startsWith('/chinh-sach/'));
    const names = own.flatMap(({ html }) =>
      Array.from(html.matchAll(/<a[^>]+href="\/bang-gia\/"[^>]*>([^<]*)/g), ([, name = '']) =>
        name.trim(),
      ),
    );
    const titles = pages
      .filter(({ path: at }) => at === '/bang-gia/')
      .map(({ html }) => titleOf(html));
    const ours = [...names, ...titles].filter((name) => /^(?:Bảng giá|Cách tính giá)/.test(name));
    expect(ours.length).toBeGreaterThan(own.length);
    expect(ours.some((name) => name.startsWith('Bảng giá'))).toBe(isListed);
  });

  test('leads each promise on the home page to the place where a policy holds it', () => {
    const home = pages.find(({ path: at }) => at === '/')?.html ?? '';
    const kept = home.matchAll(/href="(\/chinh-sach\/[^"#]+)#([^"]+)"/g);
    for (const [, policy, section = ''] of kept) {
      const html = pages.find(({ path: at }) => at === policy)?.html ?? '';
      expect([policy, section, html.includes(`id="${section}"`)]).toEqual([policy, section, true]);
    }
  });

  test('announces no list that is empty', () => {
    const texts = [
      ...pages.map(({ html }) => visibleText(html)),
      readFileSync(path.join(DIST, 'tim-kiem/index.json'), 'utf8'),
    ];
    // A name may hold a colon of its own, as drawn ones do, after a space.
    expect(texts.flatMap((text) => text.match(/.{0,40}\S: ?\./g) ?? [])).toEqual([]);
    const empty = pages.filter(({ html }) => /<(?:ul|ol|dl|optgroup)\b[^>]*>\s*<\//.test(html));
    expect(empty.map(({ path: at }) => at)).toEqual([]);
  });

  test('has a footer of groups with at most four links', () => {
    const [, footer = ''] =
      /aria-label="Cuối trang"[^>]*>([^]*?)<\/nav>/.exec(pages[0]?.html ?? '') ?? [];
    const groups = footer.split('</section>').slice(0, -1);
    expect(groups).toHaveLength(3);
    for (const group of groups) expect(group.match(/<a /g)?.length).toBeLessThanOrEqual(4);
  });

  test('gives no two pages one title or one description', () => {
    const titles = pages.map(({ html }) => titleOf(html));
    expect(titles).toHaveLength(new Set(titles).size);
    const descriptions = pages.map(({ html }) => meta(html, 'description'));
    expect(descriptions).toHaveLength(new Set(descriptions).size);
  });

  test('lists every page that may be found, and none that may not', () => {
    const listed = new Set(pages.map((page) => page.path));
    for (const { file, text } of readFiles('index.html')) {
      if (file.startsWith('admin/')) continue;
      const page = `/${file.replace(/index\.html$/, '')}`;
      expect([page, listed.has(page)]).toEqual([page, !text.includes('content="noindex"')]);
    }
  });

  test.each([
    'robots.txt',
    'llms.txt',
    '.well-known/security.txt',
    'tin-tuc/rss.xml',
    'favicon.ico',
    'apple-touch-icon.png',
  ])('holds %s', (file) => expect(existsSync(path.join(DIST, file))).toBe(true));

  test('leads each old address to a page that is there', () => {
    const [owners, file] = ['content/_redirects', path.join(DIST, '_redirects')].map(readIfThere);
    expect(file).toBe(owners);
    const rules = (file ?? '').split('\n').filter((line) => line.startsWith('/'));
    for (const [from = '', to = ''] of rules.map((line) => line.split(/\s+/))) {
      const page = to.replace(/[?#].*$/, '');
      expect([to, existsSync(path.join(DIST, page, 'index.html'))]).toEqual([to, true]);
      expect([from, existsSync(path.join(DIST, from))]).toEqual([from, false]);
    }
  });

  test('renews the end of security.txt, within a year', () => {
    const text = readFileSync(path.join(DIST, '.well-known/security.txt'), 'utf8');
    const ends = Date.parse(/^Expires: (.+)$/m.exec(text)?.[1] ?? '');
    expect(ends).toBeGreaterThan(Date.now());
    expect(ends).toBeLessThan(Date.now() + 365 * 86_400_000);
  });
});
