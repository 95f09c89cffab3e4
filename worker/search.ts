import { foldText } from '../shared/text.ts';

/** Longest query that is read, in characters. */
export const QUERY_MAX_LENGTH = 100;

/** What can be found: a page's address and words, in NFC. */
export interface SearchEntry {
  path: string;
  title: string;
  description: string;
  text: string;
}

/** An entry with its words in search form: folded and lower-case, each between single spaces. */
export interface IndexedEntry extends SearchEntry {
  folded: Record<SearchField, string>;
  marked: Record<SearchField, string>;
}

type SearchField = 'title' | 'description' | 'text';

/** What one word is worth by where it stands: one in the title outweighs any number further down. */
const WEIGHTS = { title: 100, description: 20, text: 4 } as const;
const fields = Object.keys(WEIGHTS) as SearchField[];
/** A word of the query that only begins a longer word is worth a quarter. */
const PREFIX_SHARE = 1 / 4;
/** All words side by side in their order, as in a former ward's name, are worth this many words of that place. */
const PHRASE_WORDS = 6;
/** Further occurrences that still count, one point each. */
const REPEATS_MAX = 5;
/** From this length on, a word is also found at the start of a longer one. */
const PREFIX_MIN_LENGTH = 3;

/** An entry made ready for searching. */
export function indexEntry(entry: SearchEntry): IndexedEntry {
  const { title, description, text } = entry;
  const spaced = (form: (text: string) => string) => ({
    title: form(title),
    description: form(description),
    text: form(text),
  });
  return { ...entry, folded: spaced(foldWords), marked: spaced(markWords) };
}

/** The entries that answer a query, best first: all its words, or where no entry has them all, the most of them and at least half. */
export function searchEntries(
  entries: readonly IndexedEntry[],
  query: string,
  limit: number,
): IndexedEntry[] {
  const terms = queryTerms(query);
  if (terms.length === 0) return [];
  const scored = entries
    .map((entry) => ({ entry, ...scoreEntry(entry, query, terms) }))
    .filter(({ matched }) => matched * 2 >= terms.length);
  const most = Math.max(0, ...scored.map(({ matched }) => matched));
  return scored
    .filter(({ matched }) => matched === most && most > 0)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ entry }) => entry);
}

/** The words of a query in search form, each once. */
export function queryTerms(query: string): string[] {
  return [...new Set(foldWords(query).split(' ').filter(Boolean))];
}

/** Whether a folded word answers a term of the query. */
export function answersTerm(word: string, term: string): boolean {
  return word === term || (term.length >= PREFIX_MIN_LENGTH && word.startsWith(term));
}

function scoreEntry(
  entry: IndexedEntry,
  query: string,
  terms: readonly string[],
): { score: number; matched: number } {
  let score = 0;
  const matched = new Set<string>();
  for (const field of fields) {
    const words = entry.folded[field];
    for (const term of terms) {
      const whole = count(words, ` ${term} `);
      const begun = term.length < PREFIX_MIN_LENGTH ? 0 : count(words, ` ${term}`);
      if (whole + begun === 0) continue;
      matched.add(term);
      score += WEIGHTS[field] * (whole > 0 ? 1 : PREFIX_SHARE);
      score += Math.min(Math.max(whole, begun) - 1, REPEATS_MAX);
    }
    if (terms.length > 1 && words.includes(foldWords(query)))
      score += WEIGHTS[field] * PHRASE_WORDS;
    if (entry.marked[field].includes(markWords(query))) score += WEIGHTS[field] / 2;
  }
  return { score, matched: matched.size };
}

function count(words: string, needle: string): number {
  let found = 0;
  for (let at = words.indexOf(needle); at >= 0; at = words.indexOf(needle, at + 1)) found += 1;
  return found;
}

function foldWords(text: string): string {
  return ` ${(foldText(text).match(/[a-z0-9]+/g) ?? []).join(' ')} `;
}

function markWords(text: string): string {
  const words =
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return ` ${words.join(' ')} `;
}
