import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { groupLicences, isAgreed } from './group.ts';

describe('groupLicences', () => {
  test('finds no licence in the lock file that is not agreed', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Record<string, { license?: string }>;
    };
    const open = groupLicences(packages).filter(([licence]) => !isAgreed(licence));
    expect(open).toEqual([]);
  });

  test.each([
    ['MIT', true],
    ['(GPL-3.0 OR MIT)', true],
    ['MIT AND GPL-3.0', false],
    ['(none)', false],
  ])('says of %s: %s', (licence, agreed) => expect(isAgreed(licence)).toBe(agreed));
});
