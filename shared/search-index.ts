import { foldText } from './text.ts';
import { findWords, toSearchForm } from './search-words.ts';

/** What can be found: a page's address and words, in NFC. */
export interface SearchEntry {
  path: string;
  title: string;
  description: string;
  text: string;
  /** Words of which a query must contain one, such as a ward's names; absent: any word of the entry will do. */
  names?: string;
}

/** The fields of an entry, in their order among the numbers. */
export const searchFields = ['title', 'description', 'text', 'names'] as const;
export type SearchField = (typeof searchFields)[number];

/** The search page, and the folder of the index's files in the built site. */
export const SEARCH_PATH = '/tim-kiem/';

/** The page that finds a booking by its code: an entry by hand, since the build lists no page that is hidden from search engines. */
export const finder: SearchEntry = {
  path: '/don/',
  title: 'Tìm đơn của tôi',
  description:
    'Theo dõi đơn, xem lại hoặc hủy lịch đã đặt bằng mã đơn và bốn số cuối của số điện thoại.',
  text: 'Tra cứu đơn bằng mã đơn. Xem tình trạng đơn. Đổi lịch, hủy đơn.',
};

/** The index as it is stored: folded and numbered once, at build, so that reading it is no work. */
export interface SearchFiles {
  /** A JSON array with one entry a line, of which the Worker parses only the lines that it shows. */
  'index.json': string;
  /** A JSON array of all distinct words in search form, in the order of `foldText`, and the same without marks. */
  'words.json': string;
  /**
   * Unsigned 32-bit integers: the number of entries n; n + 1 places in the bytes of `index.json`, where each entry starts; 4n + 1
   * places among the numbers after them, where each field starts; then each word of each field by its place in `words.json`.
   */
  'numbers.bin': Uint32Array<ArrayBuffer>;
}

/** The index as it is searched. */
export interface SearchIndex {
  entries: number;
  /** Distinct words, by number: with marks, and without. */
  marked: readonly string[];
  folded: readonly string[];
  /** The numbers of the words of an entry's field: from `starts[4 * entry + field]` to the next start. */
  words: Uint32Array;
  starts: Uint32Array;
  readEntry: (entry: number) => SearchEntry;
}

/** The files of an index over some entries; of two that fit a query alike the earlier one is found first. */
export function makeSearchFiles(entries: readonly SearchEntry[]): SearchFiles {
  const forms = new Map<string, string>();
  const toForm = (written: string) => {
    const form = forms.get(written) ?? toSearchForm(written);
    forms.set(written, form);
    return form;
  };
  const fields = entries.flatMap((entry) =>
    searchFields.map((field) => findWords(entry[field] ?? '').map(([word]) => toForm(word))),
  );
  const words = [...new Set(forms.values())]
    .map((marked) => ({ marked, folded: foldText(marked) }))
    .toSorted((a, b) => compare(a.folded, b.folded) || compare(a.marked, b.marked));
  const numberOf = new Map(words.map(({ marked }, number) => [marked, number]));
  const lines = entries.map((entry) => JSON.stringify(entry));
  const encoder = new TextEncoder();
  return {
    'index.json': `[\n${lines.join(',\n')}\n]\n`,
    'words.json': JSON.stringify([
      words.map(({ marked }) => marked),
      words.map(({ folded }) => folded),
    ]),
    'numbers.bin': Uint32Array.from([
      entries.length,
      ...sumUp(
        2,
        lines.map((line) => encoder.encode(line).length + 2),
      ),
      ...sumUp(
        0,
        fields.map(({ length }) => length),
      ),
      ...fields.flatMap((field) => field.map((word) => numberOf.get(word) ?? 0)),
    ]),
  };
}

/** The index that its files hold: `index.json` as bytes, `words.json` parsed. */
export function openSearchIndex(files: {
  entries: Uint8Array;
  words: readonly [marked: readonly string[], folded: readonly string[]];
  numbers: Uint32Array;
}): SearchIndex {
  const { numbers } = files;
  const entries = numbers[0] ?? 0;
  const startsAt = entries + 2;
  const wordsAt = startsAt + searchFields.length * entries + 1;
  const bytes = numbers.subarray(1, startsAt);
  const read = new Map<number, SearchEntry>();
  const parse = (entry: number) => {
    const line = files.entries.subarray(bytes[entry], (bytes[entry + 1] ?? 0) - 2);
    return JSON.parse(new TextDecoder().decode(line)) as SearchEntry;
  };
  return {
    entries,
    marked: files.words[0],
    folded: files.words[1],
    starts: numbers.subarray(startsAt, wordsAt),
    words: numbers.subarray(wordsAt),
    readEntry: (entry) => {
      const value = read.get(entry) ?? parse(entry);
      read.set(entry, value);
      return value;
    },
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Each length's start, the first one given, and the end of the last. */
function sumUp(first: number, lengths: readonly number[]): number[] {
  let sum = first;
  return [first, ...lengths.map((length) => (sum += length))];
}
