import { describe, expect, test } from 'vitest';
import { findWards } from './find-wards.ts';

const options = [
  { code: '', words: 'Chọn phường, xã' },
  { code: '16690', words: 'Phường Trường Vinh' },
  { code: '16702', words: 'Phường Vinh Phú' },
  { code: '16690', words: 'Hồng Sơn (nay là phường Trường Vinh)' },
  { code: '16690', words: 'Vinh Tân (nay là phường Trường Vinh)' },
];

describe('findWards', () => {
  test('finds an old name typed without marks', () => {
    expect(findWards(options, 'vinh tan')).toEqual([options[4]]);
    expect(findWards(options, ' Hong  son')).toEqual([options[3]]);
  });

  test('puts names that begin with the words first', () => {
    expect(findWards(options, 'vinh').map(({ words }) => words)).toEqual([
      'Phường Vinh Phú',
      'Vinh Tân (nay là phường Trường Vinh)',
      'Phường Trường Vinh',
    ]);
  });

  test('shows nothing for nothing', () => {
    expect(findWards(options, '  ')).toEqual([]);
  });
});
