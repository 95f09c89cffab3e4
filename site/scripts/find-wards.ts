import { foldText } from '../../shared/text.ts';

/** Most places that a search shows. */
const SHOWN = 6;

/** A place as the list offers it: the official code, and its words with old or new name. */
export interface WardOption {
  code: string;
  words: string;
}

/** Places whose words hold what was typed, without minding marks; names that begin with it come first. */
export function findWards(options: readonly WardOption[], typed: string): WardOption[] {
  const wanted = foldText(typed).replace(/\s+/g, ' ').trim();
  if (wanted === '') return [];
  const found = options
    .filter(({ code }) => code !== '')
    .map((option) => ({ option, at: nameOf(option).indexOf(wanted) }))
    .filter(({ at }) => at >= 0);
  return found
    .toSorted((a, b) => a.at - b.at)
    .slice(0, SHOWN)
    .map(({ option }) => option);
}

/** The name that people type: without marks, without the kind, without what it is called today. */
function nameOf({ words }: WardOption): string {
  return foldText(words)
    .replace(/ \(nay la .*$/, '')
    .replace(/^(?:phuong|xa) /, '');
}
