import { chromium } from '@playwright/test';
import lighthouse from 'lighthouse';
import { ensureChromium } from '../tools/chromium.mjs';
import { freePort } from '../tools/free-port.mjs';

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

/** Medians of several runs on a simulated phone: the four scores, the largest paint in ms, the layout shift. */
export interface Audit {
  scores: number[];
  lcp: number;
  cls: number;
  /** What cost points, by Lighthouse's own ids. */
  lost: string[];
}

type Run = Omit<Audit, 'lost'> & { lost: readonly string[] };

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

async function auditOnce(url: string, port: number): Promise<Run> {
  const result = await lighthouse(url, { port, output: 'json', logLevel: 'error' });
  if (result === undefined) throw new Error(`Lighthouse gave no result for ${url}`);
  const { audits, categories } = result.lhr;
  const value = (id: string) => audits[id]?.numericValue ?? Number.NaN;
  const lost = CATEGORIES.flatMap((id) => categories[id]?.auditRefs ?? []).filter(
    ({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 0.9,
  );
  return {
    scores: CATEGORIES.map((id) => Math.round((categories[id]?.score ?? 0) * 100)),
    lcp: value('largest-contentful-paint'),
    cls: value('cumulative-layout-shift'),
    lost: lost.map(({ id }) => id),
  };
}

/** Audits a page several times in a browser of its own each time. */
export async function auditPage(url: string, runs: number): Promise<Audit> {
  const found: Run[] = [];
  for (let run = 0; run < runs; run += 1) {
    const port = await freePort();
    const browser = await chromium.launch({
      executablePath: await ensureChromium(),
      args: ['--no-sandbox', `--remote-debugging-port=${port}`],
    });
    found.push(await auditOnce(url, port));
    await browser.close();
  }
  return {
    scores: CATEGORIES.map((_, index) => median(found.map(({ scores }) => scores[index] ?? 0))),
    lcp: median(found.map(({ lcp }) => lcp)),
    cls: median(found.map(({ cls }) => cls)),
    lost: [...new Set(found.flatMap(({ lost }) => lost))],
  };
}
