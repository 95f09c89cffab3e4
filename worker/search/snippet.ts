import { foldText } from '../../shared/text.ts';
import { answersTerm } from './rank.ts';

/** A piece of a result; `hit` where it is a word of the query. */
interface SnippetPart {
  text: string;
  hit: boolean;
}

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
/** Characters of text shown around the first hit, before and after. */
const BEFORE = 60;
const AFTER = 160;

/** The part of a text where most of the query's words stand together, cut at words, with the hits marked. */
export function makeSnippet(text: string, terms: readonly string[]): SnippetPart[] {
  const hits = findHits(text, terms);
  const start = densest(hits.map(({ index }) => index));
  const from = start <= BEFORE ? 0 : text.indexOf(' ', start - BEFORE) + 1;
  const cut = text.indexOf(' ', from + BEFORE + AFTER);
  const to = cut < 0 ? text.length : cut;
  const parts = splitAtHits(text, hits, { from, to });
  if (from > 0) parts.unshift({ text: '… ', hit: false });
  if (to < text.length) parts.push({ text: ' …', hit: false });
  return parts;
}

/** A whole line, such as a title, with the hits marked. */
export function markHits(text: string, terms: readonly string[]): SnippetPart[] {
  return splitAtHits(text, findHits(text, terms), { from: 0, to: text.length });
}

function findHits(text: string, terms: readonly string[]): { index: number; word: string }[] {
  return Array.from(text.matchAll(WORD), (match) => ({
    index: match.index,
    word: match[0],
  })).filter(({ word }) => terms.some((term) => answersTerm(foldText(word), term)));
}

/** The hit after which the most others follow within one snippet. */
function densest(starts: readonly number[]): number {
  let best = { at: starts[0] ?? 0, count: 0 };
  for (const at of starts) {
    const count = starts.filter((other) => other >= at && other < at + AFTER).length;
    if (count > best.count) best = { at, count };
  }
  return best.at;
}

function splitAtHits(
  text: string,
  hits: readonly { index: number; word: string }[],
  span: { from: number; to: number },
): SnippetPart[] {
  const parts: SnippetPart[] = [];
  let at = span.from;
  for (const { index, word } of hits) {
    if (index < at || index + word.length > span.to) continue;
    if (index > at) parts.push({ text: text.slice(at, index), hit: false });
    parts.push({ text: word, hit: true });
    at = index + word.length;
  }
  if (at < span.to) parts.push({ text: text.slice(at, span.to), hit: false });
  return parts;
}
