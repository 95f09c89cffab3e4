import type { PageFacts } from './page-facts.ts';

export type SearchEntry = Pick<PageFacts, 'path' | 'title' | 'description' | 'text'>;

/** Most characters of text in the whole index, which the Worker keeps in memory. */
const TEXT_MAX = 4_000_000;

/** Lists of articles: found by their title, not by what they list. */
const LIST = /^\/tin-tuc\/(?:chu-de\/[^/]+\/)?$/;

/** The search index: every page but the second and later pages of a list. Each page gets an equal share of `TEXT_MAX`. */
export function makeSearchIndex(facts: readonly PageFacts[]): SearchEntry[] {
  const found = facts.filter(
    ({ path }) => !/^\/tin-tuc\/(?:chu-de\/[^/]+\/)?trang\/\d+\/$/.test(path),
  );
  const share = Math.floor(TEXT_MAX / Math.max(1, found.length));
  return found.map(({ path, title, description, text }) => ({
    path,
    title,
    description,
    text: LIST.test(path) ? '' : text.slice(0, share),
  }));
}
