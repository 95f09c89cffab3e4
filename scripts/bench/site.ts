import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { services } from '../../shared/content/catalogue.ts';
import { ROOT } from '../tools/environment.mjs';
import { startDevServer } from '../tools/dev-server.mjs';
import { freePort } from '../tools/free-port.mjs';
import { type Build, timeBuilds } from './build-time.ts';
import { startCompressingProxy } from './compressing-proxy.ts';
import { auditPage } from './lighthouse.ts';
import { weighPages } from './page-weight.ts';

/** The pages that Lighthouse audits, one of each kind. */
const AUDITED = [
  '/',
  `/dich-vu/${services[0]?.id}/`,
  `/tin-tuc/${readdirSync(path.join(ROOT, 'content/news'))
    .toSorted()
    .at(-2)
    ?.replace(/\.mdx?$/, '')}/`,
  '/chinh-sach/bao-hanh/',
  '/dat-lich/',
  '/lien-he/',
];

/** One page of every further template. */
const OTHERS = [
  ...['/gioi-thieu/', '/dich-vu/', '/bang-gia/', '/tin-tuc/', '/album/', '/video/'],
  ...['/chinh-sach/', '/chinh-sach/bao-mat-thong-tin/', '/tim-kiem/', '/minh-bach/', '/don/'],
];

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  console.log(['', line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n'));
}

async function reportBuilds(kinds: readonly string[], counts: readonly number[]): Promise<void> {
  for (const kind of kinds) {
    if (kind !== 'md' && kind !== 'mdx') throw new Error(`An article is md or mdx, not ${kind}`);
    const rows = await timeBuilds(kind, counts);
    const cells = ({ seconds, cpu, megabytes }: Build) =>
      [seconds.toFixed(1), cpu.toFixed(1), megabytes.toFixed(0)] as const;
    table(
      [`.${kind}`, 'bare s', 'bare CPU s', 'bare MB', 'ours s', 'ours CPU s', 'ours MB'],
      rows.map(({ count, bare, ours }) => [count, ...cells(bare), ...cells(ours)]),
    );
    const [from, to] = rows.slice(-2);
    if (from === undefined || to === undefined) continue;
    const each = (of: 'ours' | 'bare') =>
      ((to[of].seconds - from[of].seconds) * 1000) / (to.count - from.count);
    const [ours, bare] = [each('ours'), each('bare')];
    console.log(
      `\n${from.count} → ${to.count}: ${ours.toFixed(1)} ms a further article, bare ${bare.toFixed(1)} ms: ${(ours / bare).toFixed(2)} ×`,
    );
  }
}

async function reportPages(origin: string): Promise<void> {
  const weights = await weighPages(origin, [...AUDITED, ...OTHERS]);
  table(
    ['page', 'HTML + CSS, brotli', 'other bytes', 'of it scripts', 'requests'],
    [...weights].map(([page, { html, other, scripts, requests }]) => [
      page,
      html,
      other,
      scripts,
      requests,
    ]),
  );
}

async function reportLighthouse(origin: string, runs: number): Promise<void> {
  const proxy = await startCompressingProxy(origin);
  const rows: (string | number)[][] = [];
  for (const page of AUDITED) {
    const { scores, lcp, cls, lost } = await auditPage(proxy.url + page, runs);
    rows.push([page, scores.join(' / '), Math.round(lcp), cls, lost.join(', ')]);
  }
  proxy.stop();
  table(['page', 'P / A / B / S', 'LCP ms', 'CLS', 'lost'], rows);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: 'build,pages,lighthouse' },
      kinds: { type: 'string', default: 'md,mdx' },
      counts: { type: 'string', default: '100,1000,5000' },
      runs: { type: 'string', default: '3' },
    },
  });
  const parts = values.only.split(',');
  if (parts.includes('build')) {
    await reportBuilds(values.kinds.split(','), values.counts.split(',').map(Number));
  }
  if (!parts.includes('pages') && !parts.includes('lighthouse')) return;
  if (!existsSync(path.join(ROOT, 'dist/index.html'))) throw new Error('First: npm run build');
  const persistTo = mkdtempSync(path.join(tmpdir(), 'house-'));
  const key = `whsec_${btoa('bench'.padEnd(32, '.'))}`;
  const args = ['SEAL_KEYS', 'LINK_KEYS', 'DISPATCH_KEYS'].flatMap((n) => ['--var', `${n}:${key}`]);
  const house = await startDevServer({ port: await freePort(), persistTo, args });
  try {
    if (parts.includes('pages')) await reportPages(house.url);
    if (parts.includes('lighthouse')) await reportLighthouse(house.url, Number(values.runs));
  } finally {
    await house.stop();
    rmSync(persistTo, { recursive: true });
  }
}

await main();
