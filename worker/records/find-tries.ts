import type { TryLimit } from '../store/limits.ts';

/** Wrong tries of the last four digits in a record's whole life: five an hour alone would reach all endings within three months. */
export const LIFE_TRIES = 15;

/** Past this only the whole number finds the record, until staff open it again. */
export function lifeLimit(code: string): TryLimit {
  return { name: `find:${code}`, limit: LIFE_TRIES, span: 'always' };
}

/** Wrong tries of the last four digits of one code in an hour. */
export function hourLimit(code: string): TryLimit {
  return { name: `find:${code}`, limit: 5 };
}

/** Wrong tries of the whole number for one code: from one network in an hour, and from all in a day. */
export function numberLimits(code: string, network: string): readonly TryLimit[] {
  return [
    { name: `find-number:${code}:${network}`, limit: 5 },
    { name: `find-number:${code}`, limit: 50, span: 'day' },
  ];
}

/** Tries of codes that no record has, in an hour. Past it they are answered alike and not counted, so that their rows have a bound. */
export const unknownLimit: TryLimit = { name: 'find-unknown', limit: 500 };
