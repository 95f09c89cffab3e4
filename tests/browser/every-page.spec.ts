import { expect, type Page, test } from '@playwright/test';
import { ENGLISH_PATH } from '../../shared/languages.ts';
import { findAxeFaults } from './axe-faults.ts';
import { findLayoutFaults } from './layout-faults.ts';
import { forgetLayoutShift, readLayoutShift, watchLayoutShift } from './layout-shift.ts';
import { readPageKinds } from './page-kinds.ts';
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

for (const { path, isTemplate, isNew } of readPageKinds()) {
  test(`${path} is sound on a phone, small${isNew ? ', large, light and dark' : ''}, and stays where it is`, async () => {
    const html = await openSettled(path);
    expect(await readLayoutShift(page)).toEqual([]);
    // Colours are the template's. What has no element of a new kind differs in words, which html-validate reads.
    if (isNew) {
      const without = isTemplate ? [] : ['color-contrast'];
      expect(await findAxeFaults(page, { without })).toEqual([]);
    }
    if (isTemplate) {
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await findAxeFaults(page, { only: ['color-contrast'] })).toEqual([]);
    }

    for (const size of isNew ? [SMALLEST, WIDE] : [SMALLEST]) {
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
    for (const size of isTemplate ? [PHONE, WIDE] : isNew ? [PHONE] : []) {
      await page.setViewportSize(size);
      await forgetLayoutShift(page);
      await renderPieceByPiece(page, cutAfterHead(html, 1500));
      expect(await readLayoutShift(page)).toEqual([]);
    }
  });
}

/** Opens a page, waits for its counter, which the page in English lacks, and returns its HTML. */
async function openSettled(path: string): Promise<string> {
  const counted =
    path === ENGLISH_PATH
      ? undefined
      : page.waitForResponse((answer) => answer.url().includes('/api/visits?'));
  const answer = await page.goto(path);
  await counted;
  return (await answer?.text()) ?? '';
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
