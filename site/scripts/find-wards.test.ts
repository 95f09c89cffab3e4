import { describe, expect, test } from 'vitest';
import { wardName } from '../../shared/content/areas.ts';
import { areas } from '../../shared/content/catalogue.ts';
import { foldText } from '../../shared/text.ts';
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

  test.each(['  ', '\u200B', ',', '...'])('shows nothing for %j', (typed) => {
    expect(findWards(options, typed)).toEqual([]);
  });

  test.each([
    ['Trường Vinh', 'Phường Trường Vinh'],
    ['Phường Trường Vinh', 'Phường Trường Vinh'],
    ['phuong truong vinh', 'Phường Trường Vinh'],
    ['Xã Trường Vinh', 'Phường Trường Vinh'],
    ['P. Trường Vinh', 'Phường Trường Vinh'],
    ['P.Trường Vinh', 'Phường Trường Vinh'],
    ['“Trường Vinh”.', 'Phường Trường Vinh'],
    ['Phường Trường Vinh, TP Vinh, Nghệ An', 'Phường Trường Vinh'],
    ['Trường\u200B Vinh', 'Phường Trường Vinh'],
    ['Phường Vinh Tân', 'Vinh Tân (nay là phường Trường Vinh)'],
    ['p vinh tan', 'Vinh Tân (nay là phường Trường Vinh)'],
    ['Vinh Tân,', 'Vinh Tân (nay là phường Trường Vinh)'],
    ['ｖｉｎｈ　ｔａｎ', 'Vinh Tân (nay là phường Trường Vinh)'],
    ['TP Vinh', 'Phường Vinh Phú'],
    ['phu', 'Phường Vinh Phú'],
    ['phuon', 'Phường Trường Vinh'],
  ])('finds with %j first %s', (typed, words) => {
    expect(findWards(options, typed)[0]?.words).toBe(words);
  });

  test('finds every option by its own words, with and without marks, and without their last letter', () => {
    const all = areas.wards.flatMap((ward) => {
      const name = wardName(ward);
      const former = ward.former.map(
        (old) => `${old.replace(/^(?:Phường|Xã|Thị trấn) /, '')} (nay là ${name})`,
      );
      return [name, ...former].map((words) => ({ code: ward.code, words }));
    });
    for (const option of all) {
      for (const typed of [option.words, foldText(option.words), option.words.slice(0, -1)]) {
        expect([typed, findWards(all, typed)]).toEqual([typed, expect.arrayContaining([option])]);
      }
    }
  });
});
