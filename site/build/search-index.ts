import type { PageFacts } from './page-facts.ts';

/** A page as the search reads it. */
export type SearchEntry = Pick<PageFacts, 'path' | 'title' | 'description' | 'text'>;

/** Characters of text that the whole index may hold: the Worker keeps it in memory. */
const TEXT_MAX = 4_000_000;

/** Lists of articles: found by their title, not by what they list. */
const LIST = /^\/tin-tuc\/(?:chu-de\/[^/]+\/)?$/;

/** What the search reads: every page but the further pages of a list, with as much of the text as all may have. */
export function makeSearchIndex(facts: readonly PageFacts[]): SearchEntry[] {
  const found = facts.filter(({ path }) => !/\/trang\/\d+\/$/.test(path));
  const share = Math.floor(TEXT_MAX / Math.max(1, found.length));
  return found.map(({ path, title, description, text }) => ({
    path,
    title,
    description,
    text: LIST.test(path) ? '' : text.slice(0, share),
  }));
}
