import { expect, type Page, test } from '@playwright/test';
import { ENGLISH_PATH } from '../../shared/languages.ts';
import { readListedPages } from '../built/site.ts';
import { findAxeFaults } from './axe-faults.ts';
import { findLayoutFaults } from './layout-faults.ts';
import { forgetLayoutShift, readLayoutShift, watchLayoutShift } from './layout-shift.ts';
import { cutAfterHead, renderPieceByPiece } from './piece-by-piece.ts';

const PHONE = { width: 360, height: 740 };
const SMALLEST = { width: 320, height: 640 };
const WIDE = { width: 1280, height: 800 };

/** What pages did since they were last asked. */
const seen = { foreign: [] as string[], messages: [] as string[] };

// One window for all pages: they keep nothing from one another.
let page: Page;

test.beforeAll(async ({ browser, baseURL }) => {
  page = await browser.newPage({ baseURL, viewport: PHONE, hasTouch: true, isMobile: true });
  await watchLayoutShift(page);
  page.on('request', (request) => {
    if (!request.url().startsWith(`${baseURL}/`)) seen.foreign.push(request.url());
  });
  page.on('console', (message) => seen.messages.push(message.text()));
  page.on('pageerror', (error) => seen.messages.push(error.message));
});

test.afterAll(() => page.close());

test.beforeEach(async () => {
  seen.foreign.length = 0;
  seen.messages.length = 0;
  await page.setViewportSize(PHONE);
  await page.emulateMedia({ colorScheme: 'light' });
});

const paths = readListedPages().map(({ path }) => path);
const folderOf = (path: string) => path.replace(/[^/]+\/$/, '');

for (const path of paths) {
  // Pages of one folder have one template: what depends on it alone is looked at once.
  const isFirst = paths.find((other) => folderOf(other) === folderOf(path)) === path;
  const isTemplate = isFirst || folderOf(path) === '/';

  test(`${path} is sound on a phone, small, large, light and dark, and stays where it is`, async () => {
    // The page in English has no counter.
    const counted =
      path === ENGLISH_PATH
        ? undefined
        : page.waitForResponse((answer) => answer.url().includes('/api/visits?'));
    const html = (await (await page.goto(path))?.text()) ?? '';
    await counted;
    expect(await readLayoutShift(page)).toEqual([]);
    // Colours are the template's.
    expect(await findAxeFaults(page, { without: isTemplate ? [] : ['color-contrast'] })).toEqual(
      [],
    );
    if (isTemplate) {
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await findAxeFaults(page, { only: ['color-contrast'] })).toEqual([]);
    }

    for (const size of [SMALLEST, WIDE]) {
      await page.setViewportSize(size);
      expect(await findLayoutFaults(page)).toEqual([]);
    }

    await page.setViewportSize(PHONE);
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '225%';
    });
    expect(await findLayoutFaults(page)).toEqual([]);
    expect(seen).toEqual({ foreign: [], messages: [] });

    // It comes in slowly.
    for (const size of isTemplate ? [PHONE, WIDE] : [PHONE]) {
      await page.setViewportSize(size);
      await forgetLayoutShift(page);
      await renderPieceByPiece(page, cutAfterHead(html, 1500));
      expect(await readLayoutShift(page)).toEqual([]);
    }
  });
}

for (const path of ['/don/', '/tim-kiem/']) {
  test(`${path}, which the header leads to and no list names, lies well on a wide screen`, async () => {
    await page.setViewportSize(WIDE);
    await page.goto(path);
    expect(await findLayoutFaults(page)).toEqual([]);
    const heights = await page
      .locator('.reach a')
      .evaluateAll((links) => links.map((link) => link.getBoundingClientRect().height));
    expect(Math.max(...heights)).toBeLessThan(80);
  });
}

// The page's own name in the menu is bold, so the menu is at its widest here.
for (const width of [320, 360, 800, 1024, 1280]) {
  test(`the header stays where it is at ${width} px, wherever the pieces end`, async () => {
    await page.setViewportSize({ width, height: 740 });
    const html = (await (await page.goto('/gioi-thieu/'))?.text()) ?? '';
    const end = html.indexOf('</header>');
    await renderPieceByPiece(page, [...cutAfterHead(html.slice(0, end), 50), html.slice(end)]);
    expect(await readLayoutShift(page)).toEqual([]);
  });
}
