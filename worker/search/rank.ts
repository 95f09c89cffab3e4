import { foldText } from '../../shared/text.ts';

/** Longest query that is read, in characters. */
export const QUERY_MAX_LENGTH = 100;

/** What can be found: a page's address and words, in NFC. */
export interface SearchEntry {
  path: string;
  title: string;
  description: string;
  text: string;
  /** Words of which a query must contain one, such as a ward's names; absent: any word of the entry will do. */
  names?: string;
}

/** An entry with its words in search form, each between single spaces: without marks (`folded`) and with them (`marked`). */
export interface IndexedEntry extends SearchEntry {
  folded: Record<SearchField, string>;
  marked: Record<SearchField, string>;
}

/** A word of the query: as typed, and without marks. */
interface Term {
  typed: string;
  folded: string;
}

type SearchField = 'title' | 'description' | 'text';

/** Points of one word by its field. One in the title outweighs any number further down. */
const WEIGHTS = { title: 100, description: 20, text: 4 } as const;
const fields = Object.keys(WEIGHTS) as SearchField[];
/** Share of the points where the query's word only begins a longer word. */
const PREFIX_SHARE = 1 / 4;
/** Share of the points where a word typed with marks is found with other marks: "Huy" for "hủy". */
const OTHER_MARKS_SHARE = 1 / 50;
/** All words of the query side by side, as in a former ward's name, are worth this many words of the field. */
const PHRASE_WORDS = 6;
/** Further occurrences that still count, one point each. */
const REPEATS_MAX = 5;
/** Shortest word that is also found at the start of a longer one. */
const PREFIX_MIN_LENGTH = 3;

/** An entry with its words in search form. */
export function indexEntry(entry: SearchEntry): IndexedEntry {
  const { title, description, text } = entry;
  const spaced = (form: (text: string) => string) => ({
    title: form(title),
    description: form(description),
    text: form(text),
  });
  return { ...entry, folded: spaced(foldWords), marked: spaced(markWords) };
}

/** The entries with the most words of a query, and at least half of them, best first. */
export function searchEntries(
  entries: readonly IndexedEntry[],
  query: string,
  limit: number,
): IndexedEntry[] {
  const terms = readTerms(query);
  if (terms.length === 0) return [];
  const scored = entries
    .filter(({ names }) => names === undefined || hasName(names, terms))
    .map((entry) => ({ entry, ...scoreEntry(entry, query, terms) }))
    .filter(({ matched }) => matched * 2 >= terms.length);
  const most = Math.max(0, ...scored.map(({ matched }) => matched));
  return scored
    .filter(({ matched }) => matched === most && most > 0)
    .toSorted((a, b) => b.exact - a.exact || b.score - a.score)
    .slice(0, limit)
    .map(({ entry }) => entry);
}

/** The words of a query in search form, each once. */
export function queryTerms(query: string): string[] {
  return [...new Set(foldWords(query).split(' ').filter(Boolean))];
}

/** Whether a folded word is a term of the query or begins with it. */
export function answersTerm(word: string, term: string): boolean {
  return word === term || (term.length >= PREFIX_MIN_LENGTH && word.startsWith(term));
}

/** A query without any marks means every word that looks alike: "hoa" finds "hòa". One with marks means the words as typed. */
function readTerms(query: string): Term[] {
  const hasMarks = markWords(query) !== foldWords(query);
  const words = (hasMarks ? markWords : foldWords)(query).split(' ').filter(Boolean);
  return [...new Set(words)].map((word) => ({
    typed: hasMarks ? word : '',
    folded: foldText(word),
  }));
}

function hasName(names: string, terms: readonly Term[]): boolean {
  const [folded, marked] = [foldWords(names), markWords(names)];
  return terms.some(({ typed, folded: term }) =>
    typed === '' ? folded.includes(` ${term} `) : marked.includes(` ${typed} `),
  );
}

function scoreEntry(
  entry: IndexedEntry,
  query: string,
  terms: readonly Term[],
): { score: number; matched: number; exact: number } {
  let score = 0;
  const matched = new Set<Term>();
  const exact = new Set<Term>();
  for (const field of fields) {
    for (const term of terms) {
      const points = scoreTerm(entry, field, term);
      if (points > 0) matched.add(term);
      if (isTyped(entry.marked[field], term)) exact.add(term);
      score += points;
    }
    if (terms.length > 1) score += scorePhrase(entry, field, query);
  }
  return { score, matched: matched.size, exact: exact.size };
}

function isTyped(words: string, { typed }: Term): boolean {
  return typed !== '' && words.includes(` ${typed} `);
}

function scoreTerm(entry: IndexedEntry, field: SearchField, { typed, folded }: Term): number {
  const exact = typed === '' ? 0 : count(entry.marked[field], ` ${typed} `);
  const whole = exact || count(entry.folded[field], ` ${folded} `);
  const begun = folded.length < PREFIX_MIN_LENGTH ? 0 : count(entry.folded[field], ` ${folded}`);
  if (whole + begun === 0) return 0;
  const points =
    WEIGHTS[field] * (whole > 0 ? 1 : PREFIX_SHARE) +
    Math.min(Math.max(whole, begun) - 1, REPEATS_MAX);
  return typed === '' || exact > 0 ? points : points * OTHER_MARKS_SHARE;
}

function scorePhrase({ marked, folded }: IndexedEntry, field: SearchField, query: string): number {
  const full = WEIGHTS[field] * PHRASE_WORDS;
  if (marked[field].includes(markWords(query))) return full;
  if (!folded[field].includes(foldWords(query))) return 0;
  return markWords(query) === foldWords(query) ? full : full * OTHER_MARKS_SHARE;
}

function count(words: string, needle: string): number {
  let found = 0;
  for (let at = words.indexOf(needle); at >= 0; at = words.indexOf(needle, at + 1)) found += 1;
  return found;
}

function foldWords(text: string): string {
  return ` ${(foldText(joinPhones(text)).match(/[a-z0-9]+/g) ?? []).join(' ')} `;
}

/** Lower-case words with the tone mark moved to their end, so that "huỷ" and "hủy" are one word. */
function markWords(text: string): string {
  const words =
    joinPhones(text)
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return ` ${words.map(putToneLast).join(' ')} `;
}

function putToneLast(word: string): string {
  return word.normalize('NFD').replace(/([\u0300\u0301\u0303\u0309\u0323])(.+)$/u, '$2$1');
}

/** A phone number is one word, however its digits are grouped, with 0 or +84 before them. */
function joinPhones(text: string): string {
  return text.replace(/(?<![\d+])(?:\+?84[ .-]?|0)\d{2,3}(?:[ .-]?\d{2,4}){2,3}(?!\d)/g, (digits) =>
    digits.replace(/\D/g, '').replace(/^84(?=\d{9}$)/, '0'),
  );
}

/** What people type, folded, and the words of our pages for it. */
const OTHER_WORDS: readonly (readonly [typed: string, written: string])[] = [
  ['gio lam viec', 'khung giờ'],
  ['gio mo cua', 'khung giờ'],
  ['so tai khoan', 'thanh toán'],
  ['e mail', 'thư điện tử'],
  ['email', 'thư điện tử'],
  ['gmail', 'thư điện tử'],
  ['hotline', 'số điện thoại'],
  ['sdt', 'số điện thoại'],
];

/** The query in the words of our pages, whatever marks stand round its own; null where they are the same. */
export function rewordQuery(query: string): string | null {
  const folded = foldWords(query);
  const found = OTHER_WORDS.find(([typed]) => folded.includes(` ${typed} `));
  return found === undefined ? null : folded.replace(` ${found[0]} `, ` ${found[1]} `).trim();
}
