import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { services } from '../../shared/content/catalogue.ts';
import { ROOT } from '../tools/environment.mjs';
import { type Build, timeBuilds } from './build-time.ts';
import { printTable } from './figures.ts';
import { startSite } from './hosts.ts';
import { auditPage, startCompressingProxy, weighPage } from './pages.ts';

const articles = readdirSync(path.join(ROOT, 'content/news')).toSorted();

/** The pages that Lighthouse audits, one of each kind. */
const AUDITED = [
  '/',
  `/dich-vu/${services[0]?.id}/`,
  `/tin-tuc/${articles.at(-2)?.replace(/\.mdx?$/, '')}/`,
  '/chinh-sach/bao-hanh/',
  '/dat-lich/',
  '/lien-he/',
];

/** One page of every further template. */
const OTHERS = [
  ...['/gioi-thieu/', '/dich-vu/', '/bang-gia/', '/tin-tuc/', '/album/', '/video/'],
  ...['/chinh-sach/', '/chinh-sach/bao-mat-thong-tin/', '/tim-kiem/', '/minh-bach/', '/don/'],
];

interface Plan {
  /** Of `build`, `pages` and `lighthouse`; the last two look at what `npm run build` left. */
  parts: readonly string[];
  /** Of `md` and `mdx`. */
  kinds: readonly string[];
  /** Numbers of articles, rising. */
  counts: readonly number[];
  /** Lighthouse runs of each page. */
  runs: number;
}

/** Measures the build, the weight of the pages and what Lighthouse says of them. */
export async function benchSite({ parts, kinds, counts, runs }: Plan): Promise<void> {
  const wrong = kinds.find((kind) => kind !== 'md' && kind !== 'mdx');
  if (wrong !== undefined) throw new Error(`An article is md or mdx, not ${wrong}`);
  if (parts.includes('build')) for (const kind of kinds) await reportBuilds(kind, counts);
  if (!parts.includes('pages') && !parts.includes('lighthouse')) return;
  if (!existsSync(path.join(ROOT, 'dist/index.html'))) throw new Error('First: npm run build');
  const state = mkdtempSync(path.join(tmpdir(), 'bench-'));
  const server = await startSite(state);
  try {
    if (parts.includes('pages')) await reportPages(server.url);
    if (parts.includes('lighthouse')) await reportLighthouse(server.url, runs);
  } finally {
    await server.stop();
    rmSync(state, { recursive: true });
  }
}

async function reportBuilds(kind: string, counts: readonly number[]): Promise<void> {
  const { rows, pictureMs } = await timeBuilds(kind, counts);
  const cells = ({ seconds, cpu, megabytes }: Build) =>
    [seconds.toFixed(1), cpu.toFixed(1), megabytes.toFixed(0)] as const;
  printTable(
    [`.${kind}`, 'bare s', 'bare CPU s', 'bare MB', 'ours s', 'ours CPU s', 'ours MB'],
    rows.map(({ count, bare, ours }) => [count, ...cells(bare), ...cells(ours)]),
  );
  console.log(`\nA picture for sharing, not in the cache: ${pictureMs.toFixed(1)} ms`);
  const [from, to] = rows.slice(-2);
  if (from === undefined || to === undefined) return;
  const perArticle = (of: 'ours' | 'bare') =>
    ((to[of].seconds - from[of].seconds) * 1000) / (to.count - from.count);
  const [ours, bare] = [perArticle('ours'), perArticle('bare')];
  console.log(
    `${from.count} → ${to.count}: ${ours.toFixed(1)} ms a further article, bare ${bare.toFixed(1)} ms: ${(ours / bare).toFixed(2)} ×`,
  );
}

async function reportPages(origin: string): Promise<void> {
  const rows: (string | number)[][] = [];
  for (const page of [...AUDITED, ...OTHERS]) {
    const { html, other, scripts, requests } = await weighPage(origin + page);
    rows.push([page, html, other, scripts, requests]);
  }
  printTable(['page', 'HTML + CSS, brotli', 'other bytes', 'of it scripts', 'requests'], rows);
}

async function reportLighthouse(origin: string, runs: number): Promise<void> {
  const proxy = await startCompressingProxy(origin);
  const rows: (string | number)[][] = [];
  for (const page of AUDITED) {
    const { scores, lcp, cls } = await auditPage(proxy.url + page, runs);
    rows.push([page, scores.join(' / '), Math.round(lcp), cls]);
  }
  proxy.stop();
  printTable(['page', 'P / A / B / S', 'LCP ms', 'CLS'], rows);
}
