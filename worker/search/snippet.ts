import type { SearchEntry, SearchIndex } from '../../shared/search-index.ts';
import { searchFields } from '../../shared/search-index.ts';
import { findWords } from '../../shared/search-words.ts';
import type { Query, Term } from './query.ts';

/** A piece of a result; `hit` where it is a word of the query. */
export type SnippetPart = Readonly<{ text: string; hit: boolean }>;

/** A stretch of a text, in characters: from the first to the one before `to`. */
interface Span {
  from: number;
  to: number;
}

type ShownField = 'title' | 'description' | 'text';

/** Characters of text shown around the first hit, before and after. */
const BEFORE = 60;
const AFTER = 160;

/** The part of an entry's text where most of the query's words stand together, cut at words, with the hits marked. */
export function makeSnippet(index: SearchIndex, entry: number, query: Query): SnippetPart[] {
  const { text } = index.readEntry(entry);
  const hits = findHits(index, { entry, field: 'text' }, query);
  const start = densest(hits);
  const from = start <= BEFORE ? 0 : text.indexOf(' ', start - BEFORE) + 1;
  const cut = text.indexOf(' ', from + BEFORE + AFTER);
  const to = cut < 0 ? text.length : cut;
  const parts = splitAtHits(text, hits, { from, to });
  if (from > 0) parts.unshift({ text: '… ', hit: false });
  if (to < text.length) parts.push({ text: ' …', hit: false });
  return parts;
}

/** A whole line of an entry, such as its title, with the hits marked. */
export function markHits(
  index: SearchIndex,
  line: { entry: number; field: ShownField },
  query: Query,
): SnippetPart[] {
  const text = index.readEntry(line.entry)[line.field];
  return splitAtHits(text, findHits(index, line, query), { from: 0, to: text.length });
}

/**
 * Where the words of the query stand in a text of an entry. Words with other marks count only where none stands as it was
 * typed; a longer word counts for one typed without marks: "giá" is no part of "giảm".
 */
function findHits(
  { readEntry, starts, words }: SearchIndex,
  { entry, field }: { entry: number; field: ShownField },
  { terms, answers, hasMarks }: Query,
): Span[] {
  const at = entry * searchFields.length + searchFields.indexOf(field);
  const found = words.subarray(starts[at], starts[at + 1]);
  const meant: number[] = [];
  const alike: number[] = [];
  found.forEach((word, place) => {
    if (answers[word] === 0) return;
    if (terms.some((term) => isMeant(term, word))) meant.push(place);
    else if (terms.some(({ from, longer }) => word >= from && word < longer)) alike.push(place);
  });
  const hits = meant.length > 0 || !hasMarks ? meant : alike;
  if (hits.length === 0) return [];
  const spans = placeWords(readEntry(entry), field);
  return hits.flatMap((place) => spans[place] ?? []);
}

function isMeant({ typed, plain, from, to }: Term, word: number): boolean {
  return word === typed || (plain && word >= from && word < to);
}

/** Where the words of texts stand. An entry is kept as long as its index. */
const placed = new WeakMap<SearchEntry, Partial<Record<ShownField, Span[]>>>();

function placeWords(entry: SearchEntry, field: ShownField): Span[] {
  const known = placed.get(entry) ?? {};
  placed.set(entry, known);
  return (known[field] ??= findWords(entry[field]).map(({ 0: word, index }) => ({
    from: index,
    to: index + word.length,
  })));
}

/** The start of the hit from which on most hits stand within one snippet. */
function densest(hits: readonly Span[]): number {
  let best = { at: hits[0]?.from ?? 0, count: 0 };
  let next = 0;
  hits.forEach(({ from }, first) => {
    while ((hits[next]?.from ?? Infinity) < from + AFTER) next += 1;
    if (next - first > best.count) best = { at: from, count: next - first };
  });
  return best.at;
}

function splitAtHits(text: string, hits: readonly Span[], span: Span): SnippetPart[] {
  const parts: SnippetPart[] = [];
  let at = span.from;
  for (const { from, to } of hits) {
    if (from < at || to > span.to) continue;
    if (from > at) parts.push({ text: text.slice(at, from), hit: false });
    parts.push({ text: text.slice(from, to), hit: true });
    at = to;
  }
  if (at < span.to) parts.push({ text: text.slice(at, span.to), hit: false });
  return parts;
}
