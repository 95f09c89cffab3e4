import { Hono } from 'hono';
import { company } from '../../shared/content/catalogue.ts';
import { parseCode } from '../../shared/jobs/code.ts';
import { tidyLine } from '../../shared/text.ts';
import type { AppEnv } from '../web/context.ts';
import { answerPage, withSlash } from '../web/pages.ts';
import { finder, SEARCH_PATH, type SearchIndex } from '../../shared/search-index.ts';
import { kindOf, readSearchIndex } from './index.ts';
import { type Query, QUERY_MAX_LENGTH, readQuery, rewordQuery } from './query.ts';
import { searchEntries } from './rank.ts';
import { makeSnippet, markHits, type SnippetPart } from './snippet.ts';

const RESULTS_MAX = 20;

/** `GET /tim-kiem/?q=`: the search page with what was found, the same with and without JavaScript. */
export const searchRoutes = new Hono<AppEnv>()
  .get('/tim-kiem', (c) => c.redirect(withSlash(c.req.url), 308))
  .get(SEARCH_PATH, async (c) => {
    const q = Array.from(tidyLine(c.req.query('q') ?? ''))
      .slice(0, QUERY_MAX_LENGTH)
      .join('');
    const all = q === '' ? [] : findResults(await readSearchIndex(c.env.ASSETS), q);
    const results = all.slice(0, RESULTS_MAX);
    const count = `${results.length} kết quả${all.length > RESULTS_MAX ? ' đầu' : ''}`;
    return answerPage(c, {
      path: SEARCH_PATH,
      keeping: 'form',
      data: {
        title: q === '' ? undefined : `Tìm: ${q}`,
        q,
        nothing: q !== '' && results.length === 0,
        found: results.length === 0 ? null : `${count} cho “${q}”`,
        results,
      },
    });
  });

/** What was found for a query: what has our pages' words for it, then what has its own. For a code the page that finds bookings is first. */
function findResults(index: SearchIndex, typed: string) {
  const reworded = rewordQuery(typed);
  const own = readQuery(index, typed);
  const first = reworded === null ? own : readQuery(index, reworded);
  const found = new Set(
    [...new Set([first, own])].flatMap((query) => searchEntries(index, query, RESULTS_MAX + 1)),
  );
  const results = [...found].map((entry) => toResult(index, entry, first));
  if (parseCode(company.codePrefix, typed) === null) return results.slice(0, RESULTS_MAX + 1);
  return [finderResult, ...results.filter(({ path }) => path !== finder.path)];
}

const finderResult = {
  path: finder.path,
  kind: kindOf(finder.path),
  title: [{ text: finder.title, hit: false }],
  snippet: [{ text: finder.description, hit: false }],
};

function toResult(index: SearchIndex, entry: number, query: Query) {
  const { path } = index.readEntry(entry);
  const inDescription = markHits(index, { entry, field: 'description' }, query);
  const inText = makeSnippet(index, entry, query);
  const shown = countHits(inDescription) >= countHits(inText) ? inDescription : inText;
  return {
    path,
    kind: kindOf(path),
    title: markHits(index, { entry, field: 'title' }, query),
    snippet: shown,
  };
}

function countHits(parts: readonly SnippetPart[]): number {
  return new Set(parts.filter(({ hit }) => hit).map(({ text }) => text.toLowerCase())).size;
}
