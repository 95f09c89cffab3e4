import { foldText, tidyLine } from '../../shared/text.ts';

const SHOWN_MAX = 6;
/** The place of an option whose bare name has not what was typed: behind every other. */
const LAST = 1_000;

/** Kinds of places before a name, written out or short, folded. */
const KIND = /^(?:phuong|xa|thi tran|thi xa|thanh pho|p|x|tt|tx|tp) /;

/** An option of the list of wards: the official code, and its words with the old or new name. */
export interface WardOption {
  code: string;
  words: string;
}

/**
 * Wards whose name contains what was typed, whatever its marks and with or without its kind ("P. Hoa Sen,"); names that begin
 * with it come first. What is typed as an option writes it ("Phường Trường V") finds that option.
 */
export function findWards(options: readonly WardOption[], typed: string): WardOption[] {
  const wanted = foldPlace(typed);
  if (wanted === '') return [];
  const name = wanted.replace(KIND, '');
  const found = options
    .filter(({ code }) => code !== '')
    .map((option) => ({ option, at: placeOf(option, { wanted, name }) }))
    .filter(({ at }) => at >= 0);
  return found
    .toSorted((a, b) => a.at - b.at)
    .slice(0, SHOWN_MAX)
    .map(({ option }) => option);
}

/** Where the name stands in the bare name of an option; behind all of those where only the option's whole words begin alike. */
function placeOf(
  { words }: WardOption,
  { wanted, name }: { wanted: string; name: string },
): number {
  const whole = foldPlace(words);
  const bare = whole.replace(/ nay la .*$/, '').replace(KIND, '');
  const at = bare.indexOf(name);
  return at < 0 && whole.startsWith(wanted) ? LAST : at;
}

/** The words of a place, folded, without what follows a comma ("Hoa Sen, tỉnh Xanh") and without other marks. */
function foldPlace(text: string): string {
  const [first = ''] = tidyLine(text)
    .split(/[,;]/)
    .filter((part) => /[\p{L}\p{N}]/u.test(part));
  return foldText(first)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
