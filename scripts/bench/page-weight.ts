import { brotliCompressSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { knownChromium } from '../tools/chromium.mjs';

/** What a phone asks for to read a page without scrolling. */
export interface Weight {
  /** HTML with its CSS, as brotli. */
  html: number;
  /** Everything else that was asked for, as it came over the wire. */
  other: number;
  requests: number;
  scripts: number;
}

const PHONE = { width: 360, height: 740 };

/** Opens each page once on an empty cache and counts what it asks for. */
export async function weighPages(
  origin: string,
  paths: readonly string[],
): Promise<Map<string, Weight>> {
  const browser = await chromium.launch({
    executablePath: knownChromium(),
    args: ['--no-sandbox'],
  });
  const weights = new Map<string, Weight>();
  for (const path of paths) {
    const context = await browser.newContext({ viewport: PHONE, isMobile: true, hasTouch: true });
    const page = await context.newPage();
    const weight = { html: 0, other: 0, requests: 0, scripts: 0 };
    const sizes: Promise<void>[] = [];
    page.on('requestfinished', (request) => {
      const size = request.sizes().then(({ responseBodySize }) => {
        const isPage = request.resourceType() === 'document';
        weight.requests += 1;
        if (!isPage) weight.other += responseBodySize;
        if (request.resourceType() === 'script') weight.scripts += responseBodySize;
      });
      sizes.push(size);
    });
    const answer = await page.goto(origin + path, { waitUntil: 'networkidle' });
    weight.html = brotliCompressSync((await answer?.body()) ?? '').length;
    await Promise.all(sizes);
    weights.set(path, weight);
    await context.close();
  }
  await browser.close();
  return weights;
}
