import { Hono } from 'hono';
import { company } from '../../shared/content/catalogue.ts';
import { shownRatings } from '../../shared/jobs/ratings.ts';
import { toVietnamDate } from '../../shared/time.ts';
import type { AppContext, AppEnv } from '../web/context.ts';
import { logError } from '../base/log.ts';
import { answerUnread } from '../web/problems.ts';
import { readFields } from '../web/read-fields.ts';
import { readRatingTotals, selectRatingTotals } from '../store/dealings.ts';
import { countVisit, readVisits, selectVisits } from '../store/visits.ts';
import { readBuilt } from '../web/pages.ts';
import * as v from 'valibot';

/**
 * `POST /api/visits` counts one visit of a listed page after answering. `GET /api/visits` gives today, total and every page
 * (`?path=`: only that one), with the numbers of the old site added. No cookie, IP address or identifier is stored.
 */
export const visitRoutes = new Hono<AppEnv>()
  .post('/', async (c) => {
    const read = await readFields(c.req.raw, ['path']);
    if (!read.ok) return answerUnread(c, read);
    const path = read.fields['path'] ?? '';
    if (!isProgram(c.req.raw.headers)) c.executionCtx.waitUntil(count(c, path));
    return c.body(null, 204, { 'Cache-Control': 'no-store' });
  })
  .get('/', async (c) => {
    const path = c.req.query('path');
    const before = company.visitsBefore;
    const [visits, totals] = (await c.env.DB.batch([
      selectVisits(c.env.DB, toVietnamDate(c.var.now), path),
      selectRatingTotals(c.env.DB),
    ])) as [D1Result, D1Result];
    const now = readVisits(visits);
    const pages = { ...now.pages };
    for (const [page, visits] of Object.entries(before.pages)) {
      if (path === undefined || path === page) pages[page] = (pages[page] ?? 0) + visits;
    }
    c.header('Cache-Control', 'no-store');
    const ratings = shownRatings(readRatingTotals(totals));
    return c.json({ today: now.today, total: now.total + before.total, pages, ratings });
  });

async function count(c: AppContext, path: string): Promise<void> {
  try {
    const paths = await readPagePaths(c.env.ASSETS);
    if (paths.has(path)) {
      await countVisit(c.env.DB, { day: toVietnamDate(c.var.now), path }).run();
    }
  } catch (error) {
    logError('visit_not_counted', error, { requestId: c.var.requestId });
  }
}

const PathsSchema = v.array(v.string());

/** Paths of the pages that people read, as the build listed them. */
async function readPagePaths(assets: Fetcher): Promise<ReadonlySet<string>> {
  return readBuilt(assets, 'paths', async (fetchFile) => {
    const file = await fetchFile('/khung/paths.json');
    return new Set(v.parse(PathsSchema, await file.json()));
  });
}

/** User-Agents of programs: crawlers, previews of links, monitors and command lines. */
const PROGRAMS =
  /bot\b|bots\b|crawl|spider|slurp|preview|facebookexternalhit|zalo(?:bot|pc)?crawler|lighthouse|pagespeed|monitor|uptime|curl|wget|python|libwww|java\/|okhttp|go-http|axios|scrapy|phantom|headless|externalagent|externalfetcher|(?:chatgpt|claude|perplexity)-user|whatsapp|google-?(?:inspection|other)|mediapartners|^node\b|undici/i;

/** Whether a report of a visit is not from a person who reads: a program, a page loaded ahead, another site's script. */
function isProgram(headers: Headers): boolean {
  const site = headers.get('Sec-Fetch-Site') ?? 'same-origin';
  const purpose = `${headers.get('Sec-Purpose') ?? ''} ${headers.get('Purpose') ?? ''}`;
  const agent = headers.get('User-Agent') ?? '';
  return (
    site !== 'same-origin' ||
    /prefetch|prerender|preview/i.test(purpose) ||
    agent === '' ||
    PROGRAMS.test(agent)
  );
}
