import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What codes of the company begin with that the product was first made for. */
const FIRST_PREFIX = 'TS-';

/**
 * What named the company that the product was first made for: itself, its numbers, wards, services, content files, and words of
 * its trade. A list that stands still: the names of a later owner may be words that the product uses.
 */
export const firstCompany = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'first-company.json'), 'utf8'),
) as readonly string[];

/** The names of the first company that a text contains as whole words, and its codes. */
export function findCompanyNames(text: string): string[] {
  const plain = text.normalize('NFC').replaceAll(/&nbsp;|\u00a0/g, ' ');
  const codes = plain.match(new RegExp(`(?<![\\w-])${FIRST_PREFIX}(?![a-z])`, 'g')) ?? [];
  return [
    ...codes,
    ...firstCompany.filter((name) => plain.includes(name) && asWord(name).test(plain)),
  ];
}

function asWord(name: string): RegExp {
  return new RegExp(
    `(?<![\\p{L}\\p{N}-])${name.replace(/[.+*?^$()]/g, '\\$&')}(?![\\p{L}\\p{N}])`,
    'u',
  );
}
