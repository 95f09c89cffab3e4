import type { SearchIndex } from '../../shared/search-index.ts';
import { isPlain, splitWords } from '../../shared/search-words.ts';
import { foldText } from '../../shared/text.ts';

/** Longest query that is read, in characters. */
export const QUERY_MAX_LENGTH = 100;
/** Most words of a query that are looked for: the first ones. The terms that a word answers are the bits of one byte. */
const WORDS_MAX = 8;
/** Shortest word that is also found at the start of a longer one. */
const PREFIX_MIN_LENGTH = 3;

/** A word of a query, and the numbers of the words of an index that answer it. */
export interface Term {
  /** The word as it was typed, where the query has marks; else -1, since every word that looks alike is meant then. */
  typed: number;
  /** Whether it was typed without marks. */
  plain: boolean;
  /** The words that look alike without marks: from this number to the one before `longer`. */
  from: number;
  /** The longer words that begin with it: from this number to the one before `to`. */
  longer: number;
  to: number;
}

/** What a query looks for in an index. */
export interface Query {
  /** Its words in their order. */
  words: readonly Term[];
  /** Its words, each once. */
  terms: readonly Term[];
  /** A query without any marks means every word that looks alike: "hoa" finds "hòa". One with marks means the words as typed. */
  hasMarks: boolean;
  /** For each word of the index the terms that it answers, as bits. */
  answers: Uint8Array;
}

/** The words of a query by their numbers in an index. */
export function readQuery(index: SearchIndex, query: string): Query {
  const typed = splitWords(query).slice(0, WORDS_MAX);
  const hasMarks = !typed.every(isPlain);
  const found = new Map(typed.map((word) => [word, findTerm(index, word, hasMarks)]));
  const terms = [...found.values()];
  const words = typed.flatMap((word) => found.get(word) ?? []);
  return { words, terms, hasMarks, answers: markAnswers(index, terms) };
}

function markAnswers({ marked }: SearchIndex, terms: readonly Term[]): Uint8Array {
  const answers = new Uint8Array(marked.length);
  terms.forEach(({ from, to }, bit) => {
    for (let word = from; word < to; word += 1) answers[word] = (answers[word] ?? 0) | (1 << bit);
  });
  return answers;
}

function findTerm({ folded, marked }: SearchIndex, word: string, hasMarks: boolean): Term {
  const alike = foldText(word);
  const from = findFirst(folded, (other) => other >= alike);
  const longer = findFirst(folded, (other) => other > alike);
  const to =
    alike.length < PREFIX_MIN_LENGTH
      ? longer
      : findFirst(folded, (other) => other > alike && !other.startsWith(alike));
  const at = hasMarks ? marked.slice(from, longer).indexOf(word) : -1;
  return { typed: at < 0 ? -1 : from + at, plain: word === alike, from, longer, to };
}

/** The first place in a sorted list from which on a condition holds. */
function findFirst(list: readonly string[], holds: (word: string) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(list[middle] ?? '')) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** What people type and the words of our pages for it. Typed words without marks stand for any; those with marks only for themselves. */
const OTHER_WORDS: readonly (readonly [typed: string, written: string])[] = [
  ['gio lam viec', 'khung giờ'],
  ['gio mo cua', 'khung giờ'],
  ['so tai khoan', 'thanh toán'],
  ['e mail', 'email'],
  ['gmail', 'email'],
  ['hotline', 'số điện thoại'],
  ['sdt', 'số điện thoại'],
];

/** The heading under which a policy says what happens after damage. */
const DAMAGE = 'đồ đạc hỏng';
/** Queries that ask about damage: with these words in them, or these words alone. */
const DAMAGE_WORDS = ['vỡ', 'lam vo', 'lam hong', 'boi thuong', 'den bu'];
const DAMAGE_ALONE = ['hỏng', 'đền', 'do hong'];

/** The query in the words of our pages, whatever marks stand round its own; null where they are the same. */
export function rewordQuery(query: string): string | null {
  const words = splitWords(query);
  const marked = ` ${words.join(' ')} `;
  const folded = ` ${words.map(foldText).join(' ')} `;
  const find = (typed: string) => {
    const form = ` ${splitWords(typed).join(' ')} `;
    return { form, text: isPlain(form) ? folded : marked };
  };
  const isIn = ({ form, text }: ReturnType<typeof find>) => text.includes(form);
  const isAll = ({ form, text }: ReturnType<typeof find>) => text === form;
  if (DAMAGE_WORDS.map(find).some(isIn) || DAMAGE_ALONE.map(find).some(isAll)) return DAMAGE;
  const found = OTHER_WORDS.find(([typed]) => folded.includes(` ${typed} `));
  return found === undefined ? null : folded.replace(` ${found[0]} `, ` ${found[1]} `).trim();
}
