import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createEntry, kinds } from '../../scripts/content/new.ts';
import { freePort } from '../../scripts/tools/free-port.mjs';
import { buildCheckout, makeCheckout } from '../../scripts/tools/checkout.ts';

const NOW = new Date('2026-11-22T03:00:00Z');
const SERVICES = 'content/services.json';
const DRAFT = 'content/news/bai-con-nhap.mdx';

/** Titles whose addresses begin or end as pages do that are listed nowhere. */
const ODD_NAMES = ['404 điều cần biết', 'Việc', 'Đơn', 'Tìm kiếm'];

let checkout: ReturnType<typeof makeCheckout>;
const made = new Map<string, string>();

/** A file of the checkout; spaces that do not break count as spaces. */
const read = (file: string) =>
  readFileSync(path.join(checkout.folder, file), 'utf8').replaceAll('\u00a0', ' ');
const isBuilt = (page: string) =>
  existsSync(path.join(checkout.folder, 'dist', page, 'index.html'));

/** Writes an entry for the site: a sentence in every marked place, and no draft any more. */
async function write(kind: string, title: string, moments = ''): Promise<string> {
  const file = await createEntry(checkout.folder, { kind, title, now: NOW });
  for (const one of kind === 'service' ? [file, SERVICES] : [file]) {
    const text = read(one)
      .replace(/Thay câu này:/g, 'Đã viết xong:')
      .replace('thay-ma-nay', 'dQw4w9WgXcQ');
    const switchedOn = text.replace(/^( *"?draft"?): true$/m, `$1: false\n${moments}`.trimEnd());
    writeFileSync(path.join(checkout.folder, one), switchedOn);
  }
  return file;
}

beforeAll(async () => {
  checkout = makeCheckout();
  for (const kind of Object.keys(kinds)) {
    const title = `Giặt rèm cửa ${kind}`;
    made.set(kind, await write(kind, title));
    // Left as it was generated: a draft, which stays off the site.
    await createEntry(checkout.folder, { kind, title: `Còn nháp ${kind}`, now: NOW });
  }
  await createEntry(checkout.folder, { kind: 'article', title: 'Bài còn nháp', now: NOW });
  await write('article', 'Bài chưa đến giờ', 'publishAt: 2999-01-01T08:00');
  await write('article', 'Bài đã hết hạn', 'expireAt: 2020-01-01T08:00');
  await write(
    'article',
    'Bài đã đến giờ',
    'publishAt: 2020-01-01T08:00\nexpireAt: 2999-01-01T08:00',
  );
  for (const title of ODD_NAMES) await write('article', title);
  const { status, stderr } = buildCheckout(checkout.folder);
  expect([status, stderr]).toEqual([0, '']);
});

afterAll(() => checkout.remove());

describe('what npm run content -- new makes', () => {
  test('is an article, a service, a group of pictures, a film, a policy and a letter', () => {
    expect([...made.keys()]).toEqual(['article', 'service', 'album', 'video', 'policy', 'letter']);
  });

  test('is listed whatever its name is', () => {
    const lists = ['sitemap-0.xml', 'llms.txt', 'tim-kiem/index.json', 'tin-tuc/rss.xml'];
    for (const slug of ['404-dieu-can-biet', 'viec', 'don', 'tim-kiem']) {
      const found = lists.filter((list) => read(`dist/${list}`).includes(`/tin-tuc/${slug}/`));
      expect([slug, found]).toEqual([slug, lists]);
    }
  });

  test('is built as a page of its own or on its list', () => {
    expect(isBuilt('tin-tuc/giat-rem-cua-article')).toBe(true);
    expect(isBuilt('dich-vu/giat-rem-cua-service')).toBe(true);
    expect(isBuilt('chinh-sach/giat-rem-cua-policy')).toBe(true);
    expect(read('dist/album/index.html')).toContain('Giặt rèm cửa album');
    expect(read('dist/video/index.html')).toContain('Giặt rèm cửa video');
    expect(read('dist/dat-lich/index.html')).toContain('giat-rem-cua-service');
  });

  test('is on no page and not bookable while it is a draft', () => {
    const names = readdirSync(path.join(checkout.folder, 'dist'), {
      recursive: true,
      encoding: 'utf8',
    });
    const files = names.filter((name) => /\.(?:html|xml|txt|json)$/.test(name));
    const spoken = files.filter((name) => /con-nhap|Còn nháp/.test(read(`dist/${name}`)));
    expect([...names.filter((name) => name.includes('con-nhap')), ...spoken]).toEqual([]);
  });
});

describe('an article', () => {
  test.each([
    ['bai-con-nhap', false],
    ['bai-chua-den-gio', false],
    ['bai-da-het-han', false],
    ['bai-da-den-gio', true],
  ])('%s is on the site: %s', (slug, shown) => {
    expect(isBuilt(`tin-tuc/${slug}`)).toBe(shown);
    expect(read('dist/sitemap-0.xml').includes(`/${slug}/`)).toBe(shown);
    expect(read('dist/tin-tuc/rss.xml').includes(`/${slug}/`)).toBe(shown);
  });
});

test('npm run dev shows what is still a draft, and the editor', async () => {
  expect(read(DRAFT)).toContain('draft: true');
  const port = await freePort();
  const command = ['node_modules/astro/bin/astro.mjs', 'dev', '--port', `${port}`];
  const own = { NODE_ENV: 'development', ASTRO_TELEMETRY_DISABLED: '1' };
  // Astro serves no page to a server that believes itself part of a test.
  const env = { ...process.env, VITEST: undefined, ...own };
  const server = spawn(process.execPath, command, { cwd: checkout.folder, stdio: 'ignore', env });
  const get = (page: string) => fetch(`http://localhost:${port}${page}`);
  try {
    const answer = await vi.waitFor(() => get('/tin-tuc/bai-con-nhap/'), {
      timeout: 50_000,
      interval: 200,
    });
    expect([answer.status, await answer.text()]).toEqual([
      200,
      expect.stringContaining('Bài còn nháp'),
    ]);
    expect(await (await get('/admin/')).text()).toContain('/admin/start.mjs');
    const words = await get('/admin/sveltia/locales/vi.json');
    expect(words.headers.get('content-type')).toBe('text/javascript');
  } finally {
    server.kill();
  }
});
