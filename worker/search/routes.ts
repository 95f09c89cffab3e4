import { Hono } from 'hono';
import { company } from '../../shared/content/catalogue.ts';
import { parseCode } from '../../shared/jobs/code.ts';
import { tidyLine } from '../../shared/text.ts';
import type { AppEnv } from '../web/context.ts';
import { answerPage, withSlash } from '../web/pages.ts';
import {
  type IndexedEntry,
  QUERY_MAX_LENGTH,
  queryTerms,
  searchEntries,
  rewordQuery,
} from './rank.ts';
import { FINDER_PATH, kindOf, readSearchIndex } from './index.ts';
import { makeSnippet, markHits } from './snippet.ts';

const RESULTS_MAX = 20;

/** `GET /tim-kiem/?q=`: the search page with what was found, the same with and without JavaScript. */
export const searchRoutes = new Hono<AppEnv>()
  .get('/tim-kiem', (c) => c.redirect(withSlash(c.req.url), 308))
  .get('/tim-kiem/', async (c) => {
    const q = Array.from(tidyLine(c.req.query('q') ?? ''))
      .slice(0, QUERY_MAX_LENGTH)
      .join('');
    const all = q === '' ? [] : findEntries(await readSearchIndex(c.env.ASSETS), q);
    const found = all.slice(0, RESULTS_MAX);
    const count = `${found.length} kết quả${all.length > RESULTS_MAX ? ' đầu' : ''}`;
    return answerPage(c, {
      path: '/tim-kiem/',
      keeping: 'form',
      data: {
        title: q === '' ? undefined : `Tìm: ${q}`,
        q,
        nothing: q !== '' && found.length === 0,
        found: found.length === 0 ? null : `${count} cho “${q}”`,
        results: found.map((entry) => toResult(entry, queryTerms(rewordQuery(q) ?? q))),
      },
    });
  });

/** What a query finds. Where it is a booking's code, the page that finds bookings comes first. */
function findEntries(index: readonly IndexedEntry[], query: string): IndexedEntry[] {
  const found = findWords(index, query);
  if (parseCode(company.codePrefix, query) === null) return found;
  const isFinder = ({ path }: IndexedEntry) => path === FINDER_PATH;
  return [...index.filter(isFinder), ...found.filter((entry) => !isFinder(entry))];
}

/** What has our pages' words for the query, then what has the words as typed. */
function findWords(index: readonly IndexedEntry[], query: string): IndexedEntry[] {
  const queries = [rewordQuery(query) ?? [], query].flat();
  const found = queries.flatMap((words) => searchEntries(index, words, RESULTS_MAX + 1));
  return [...new Set(found)].slice(0, RESULTS_MAX + 1);
}

function toResult(entry: IndexedEntry, terms: readonly string[]) {
  const { path, title, description, text } = entry;
  const inDescription = markHits(description, terms);
  const inText = makeSnippet(text, terms);
  const shown = countHits(inDescription) >= countHits(inText) ? inDescription : inText;
  return {
    path,
    kind: kindOf(path),
    title: toRows(markHits(title, terms)),
    snippet: toRows(shown),
  };
}

function countHits(parts: readonly { text: string; hit: boolean }[]): number {
  return new Set(parts.filter(({ hit }) => hit).map(({ text }) => text.toLowerCase())).size;
}

function toRows(parts: readonly { text: string; hit: boolean }[]) {
  return parts.map(({ text, hit }) => ({ text, hit }));
}
