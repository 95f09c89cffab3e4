import { describe, expect, test } from 'vitest';
import { findKept, splitAtBreaks } from './line-breaks.ts';

describe('splitAtBreaks', () => {
  test.each([
    ['Vệ sinh nhà ở tại Vinh', ['Vệ sinh', 'nhà ở', 'tại Vinh']],
    ['Vệ sinh nhà cửa, sau xây dựng', ['Vệ sinh', 'nhà cửa,', 'xây dựng']],
    ['Cần chú ý những gì khi vệ sinh nhà mới xây?', ['chú ý', 'những gì', 'vệ sinh', 'mới xây?']],
    ['Đặt lịch', []],
    ['Cây cao tầng tầng', ['cao tầng']],
  ])('keeps the words of “%s” whole and loses nothing', (heading, kept) => {
    const words = findKept([
      'nhà ở',
      'nhà cửa',
      'vệ sinh',
      'xây dựng',
      'chú ý',
      'những gì',
      'mới xây',
      'cao tầng',
    ]);
    const pieces = splitAtBreaks(heading, words);
    expect(pieces.filter((_, index) => index % 2 === 1)).toEqual(kept);
    expect(pieces.join('')).toBe(heading);
  });
});
