import { foldText } from './text.ts';

/** A phone number is one word, however its digits are grouped, with 0 or +84 before them. */
const PHONE = String.raw`(?<![\d+])(?:\+?84[ .-]?|0)\d{2,3}(?:[ .-]?\d{2,4}){2,3}(?!\d)`;
/** What words are written with, signs that stand for letters included, such as "㎡". */
const START = String.raw`\p{L}\p{N}\u2100-\u214F\u3300-\u33FF`;
const WORD = new RegExp(String.raw`${PHONE}|[${START}][${START}\p{M}]*`, 'gu');

/** The words of a text as they are written, each with its place. */
export function findWords(text: string): RegExpExecArray[] {
  return [...text.matchAll(WORD)];
}

/** The words of a text in search form. */
export function splitWords(text: string): string[] {
  return findWords(text).map(([written]) => toSearchForm(written));
}

/** Whether a word in search form has no marks. */
export function isPlain(word: string): boolean {
  return word === foldText(word);
}

/** A written word in lower case with the tone mark moved to its end, so that "huỷ" and "hủy" are one word; digits of a phone number. */
export function toSearchForm(written: string): string {
  if (/^\+?\d[\d .-]*$/.test(written)) {
    return written.replace(/\D/g, '').replace(/^84(?=\d{9}$)/, '0');
  }
  return written
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '')
    .normalize('NFD')
    .replace(/([\u0300\u0301\u0303\u0309\u0323])(.+)$/u, '$2$1');
}
