import { foldText } from '../../shared/text.ts';

const SHOWN_MAX = 6;

/** An option of the list of wards: the official code, and its words with the old or new name. */
export interface WardOption {
  code: string;
  words: string;
}

/** Wards whose name contains what was typed, whatever its marks; names that begin with it come first. */
export function findWards(options: readonly WardOption[], typed: string): WardOption[] {
  const wanted = foldText(typed).replace(/\s+/g, ' ').trim();
  if (wanted === '') return [];
  const found = options
    .filter(({ code }) => code !== '')
    .map((option) => ({ option, at: nameOf(option).indexOf(wanted) }))
    .filter(({ at }) => at >= 0);
  return found
    .toSorted((a, b) => a.at - b.at)
    .slice(0, SHOWN_MAX)
    .map(({ option }) => option);
}

/** The bare name, folded: "Phường Một (nay là Phường Hai)" → "mot". */
function nameOf({ words }: WardOption): string {
  return foldText(words)
    .replace(/ \(nay la .*$/, '')
    .replace(/^(?:phuong|xa) /, '');
}
