import { searchFields, type SearchIndex } from '../../shared/search-index.ts';
import type { Query, Term } from './query.ts';

/** Points of one word by its field. One in the title outweighs any number further down. */
const WEIGHTS = [100, 20, 4] as const;
/** The field of which an entry's names are words; they give no points. */
const NAMES = searchFields.indexOf('names');
/** Share of the points where the query's word only begins a longer word. */
const PREFIX_SHARE = 1 / 4;
/** Share of the points where a word typed with marks is found with other marks: "Huy" for "hủy". */
const OTHER_MARKS_SHARE = 1 / 50;
/** All words of the query side by side, as in a former ward's name, are worth this many words of the field. */
const PHRASE_WORDS = 6;
/** Further occurrences that still count, one point each. */
const REPEATS_MAX = 5;

/** How a word answers a term, by its place among the three counts of a term. */
const LONGER = 0;
const ALIKE = 1;
const TYPED = 2;

interface Score {
  entry: number;
  points: number;
  /** The terms that were found, and those of them as typed, as bits. */
  matched: number;
  exact: number;
}

/** The entries with the most words of a query, and at least half of them, best first. */
export function searchEntries(index: SearchIndex, query: Query, limit: number): number[] {
  const scored: Score[] = [];
  const counts = new Uint32Array(query.terms.length * 3);
  for (let entry = 0; entry < index.entries; entry += 1) {
    const score = scoreEntry({ index, query, counts }, entry);
    if (score !== null && countBits(score.matched) * 2 >= query.terms.length) scored.push(score);
  }
  const most = Math.max(...new Set(scored.map(({ matched }) => countBits(matched))));
  return scored
    .filter(({ matched }) => countBits(matched) === most)
    .toSorted((a, b) => countBits(b.exact) - countBits(a.exact) || b.points - a.points)
    .slice(0, limit)
    .map(({ entry }) => entry);
}

/** What is at hand while the entries are gone through. `counts` is used again for each field: three numbers a term. */
interface Search {
  index: SearchIndex;
  query: Query;
  counts: Uint32Array;
}

/** The score of an entry; null where nothing of it is found, or none of its names. */
function scoreEntry(search: Search, entry: number): Score | null {
  const { starts } = search.index;
  const first = entry * searchFields.length;
  const hasNames = (starts[first + NAMES + 1] ?? 0) > (starts[first + NAMES] ?? 0);
  if (hasNames && !isNamed(search, first + NAMES)) return null;
  const score: Score = { entry, points: 0, matched: 0, exact: 0 };
  WEIGHTS.forEach((weight, field) => scoreField(search, first + field, { weight, score }));
  return score.matched === 0 ? null : score;
}

function isNamed({ index: { starts, words }, query }: Search, field: number): boolean {
  return words
    .subarray(starts[field], starts[field + 1])
    .some((word) =>
      query.terms.some((term) => answerOf(term, word) >= (query.hasMarks ? TYPED : ALIKE)),
    );
}

/** Adds to an entry's score what a field is worth: its words, and all of them side by side. */
function scoreField(
  search: Search,
  field: number,
  { weight, score }: { weight: number; score: Score },
): void {
  const { index, query, counts } = search;
  const { words, starts } = index;
  const { answers, terms } = query;
  const end = starts[field + 1] ?? 0;
  let found = 0;
  let phrase = 0;
  for (let at = starts[field] ?? 0; at < end; at += 1) {
    const word = words[at] ?? 0;
    const bits = answers[word] ?? 0;
    if (bits === 0) continue;
    if (found === 0) counts.fill(0);
    found |= bits;
    for (let bit = 0; bit < terms.length; bit += 1) {
      const term = terms[bit];
      if ((bits & (1 << bit)) === 0 || term === undefined) continue;
      const slot = bit * 3 + answerOf(term, word);
      counts[slot] = (counts[slot] ?? 0) + 1;
    }
    if (phrase < 1 && terms.length > 1) {
      phrase = Math.max(phrase, readPhrase(query, words, { at, end }));
    }
  }
  if (found === 0) return;
  score.matched |= found;
  score.points += weight * PHRASE_WORDS * phrase;
  for (let bit = 0; bit < terms.length; bit += 1) {
    if ((found & (1 << bit)) === 0) continue;
    const longer = counts[bit * 3 + LONGER] ?? 0;
    const alike = counts[bit * 3 + ALIKE] ?? 0;
    const typed = counts[bit * 3 + TYPED] ?? 0;
    if (typed > 0) score.exact |= 1 << bit;
    const points =
      weight * (typed + alike > 0 ? 1 : PREFIX_SHARE) +
      Math.min(longer + alike + typed - 1, REPEATS_MAX);
    score.points += query.hasMarks && typed === 0 ? points * OTHER_MARKS_SHARE : points;
  }
}

function answerOf(term: Term, word: number): number {
  if (word === term.typed) return TYPED;
  return word < term.longer && word >= term.from ? ALIKE : LONGER;
}

/** Share of a phrase's points that the words from a place on are worth: all of the query's words in their order, or 0. */
function readPhrase(
  { words: asked, hasMarks }: Query,
  words: Uint32Array,
  { at, end }: { at: number; end: number },
): number {
  if (at + asked.length > end) return 0;
  let share = 1;
  for (let step = 0; step < asked.length; step += 1) {
    const term = asked[step];
    const word = words[at + step] ?? 0;
    if (term === undefined || word < term.from || word >= term.longer) return 0;
    if (hasMarks && word !== term.typed) share = OTHER_MARKS_SHARE;
  }
  return share;
}

function countBits(bits: number): number {
  let count = 0;
  for (let left = bits; left > 0; left &= left - 1) count += 1;
  return count;
}
