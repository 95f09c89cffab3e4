import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliCompressSync, constants } from 'node:zlib';
import { chromium } from '@playwright/test';
import lighthouse from 'lighthouse';
import { ensureChromium } from '../tools/chromium.mjs';
import { freePort } from '../tools/free-port.mjs';
import { median } from './figures.ts';

const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

/** Content types that Cloudflare compresses, with about the quality that it uses. */
const TEXT = /^(?:text\/|application\/(?:json|javascript|xml|rss\+xml|ld\+json)|image\/svg)/;
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

async function launch(port?: number) {
  const debugging = port === undefined ? [] : [`--remote-debugging-port=${port}`];
  const executablePath = await ensureChromium();
  return chromium.launch({ executablePath, args: ['--no-sandbox', ...debugging] });
}

/** Bytes that a phone asks for when it opens a page on an empty cache; `html` is the page with its CSS, as brotli. */
export async function weighPage(url: string) {
  const browser = await launch();
  const page = await browser.newPage(PHONE);
  const weight = { html: 0, other: 0, scripts: 0, requests: 0 };
  const sizes: Promise<void>[] = [];
  page.on('requestfinished', (request) => {
    weight.requests += 1;
    const type = request.resourceType();
    const size = request.sizes().then(({ responseBodySize }) => {
      if (type !== 'document') weight.other += responseBodySize;
      if (type === 'script') weight.scripts += responseBodySize;
    });
    sizes.push(size);
  });
  const answer = await page.goto(url, { waitUntil: 'networkidle' });
  weight.html = brotliCompressSync((await answer?.body()) ?? '').length;
  await Promise.all(sizes);
  await browser.close();
  return weight;
}

/** Medians of several Lighthouse runs on a simulated phone. */
export async function auditPage(url: string, runs: number) {
  const found: Awaited<ReturnType<typeof auditOnce>>[] = [];
  for (let run = 0; run < runs; run += 1) found.push(await auditOnce(url));
  return {
    scores: CATEGORIES.map((_, at) => median(found.map(({ scores }) => scores[at] ?? 0))),
    lcp: median(found.map(({ lcp }) => lcp)),
    cls: median(found.map(({ cls }) => cls)),
  };
}

async function auditOnce(url: string) {
  const port = await freePort();
  const browser = await launch(port);
  const result = await lighthouse(url, { port, output: 'json', logLevel: 'error' });
  await browser.close();
  if (result === undefined) throw new Error(`Lighthouse gave no result for ${url}`);
  const { audits, categories } = result.lhr;
  return {
    scores: CATEGORIES.map((id) => Math.round((categories[id]?.score ?? 0) * 100)),
    lcp: audits['largest-contentful-paint']?.numericValue ?? Number.NaN,
    cls: audits['cumulative-layout-shift']?.numericValue ?? Number.NaN,
  };
}

/** Serves another origin's answers with text as brotli, since `wrangler dev` compresses nothing. */
export async function startCompressingProxy(origin: string) {
  const server = createServer((request, response) => {
    void ask(origin, request).then(async (answer) => {
      const headers = Object.fromEntries(answer.headers);
      delete headers['content-encoding'];
      delete headers['content-length'];
      const body = new Uint8Array(await answer.arrayBuffer());
      const isText = TEXT.test(headers['content-type'] ?? '');
      if (isText) headers['content-encoding'] = 'br';
      response.writeHead(answer.status, headers);
      response.end(isText ? brotliCompressSync(body, QUALITY) : body);
    });
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${port}`, stop: () => void server.close() };
}

async function ask(origin: string, request: IncomingMessage): Promise<Response> {
  const { method = 'GET', url = '/' } = request;
  const type = request.headers['content-type'];
  return fetch(origin + url, {
    method,
    redirect: 'manual',
    ...(type === undefined ? {} : { headers: { 'content-type': type } }),
    ...(method === 'POST' ? { body: await buffer(request) } : {}),
  });
}
