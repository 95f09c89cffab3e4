import { describe, expect, test } from 'vitest';
import { formatPhone, isMobile, isServiceNumber, maskPhone, parsePhone } from './phone.ts';

describe('parsePhone', () => {
  test.each([
    ['0859.363.789', '+84859363789'],
    ['0859 363 789', '+84859363789'],
    ['+84859363789', '+84859363789'],
    ['84 859 363 789', '+84859363789'],
    ['0084859363789', '+84859363789'],
    ['(0859) 363-789', '+84859363789'],
    ['０８５９３６３７８９', '+84859363789'],
    ['+84 (0) 859 363 789', '+84859363789'],
    ['0238 3844 444', '+842383844444'],
    ['0551 234 567', '+84551234567'],
    ['+1 650 253 0000', '+16502530000'],
    ['+81 3-1234-5678', '+81312345678'],
    ['0912‑345−678', '+84912345678'],
    ['"0912 345 678".', '+84912345678'],
    ['0912\uFE0F345\u200D678', '+84912345678'],
  ])('reads %s', (typed, e164) => {
    expect(parsePhone(typed)).toEqual({ e164, translatedFrom: null });
  });

  test.each([
    ['0120 123 4567', '+84701234567'],
    ['0121 123 4567', '+84791234567'],
    ['0122 123 4567', '+84771234567'],
    ['0126 123 4567', '+84761234567'],
    ['0128 123 4567', '+84781234567'],
    ['0123 123 4567', '+84831234567'],
    ['0124 123 4567', '+84841234567'],
    ['0125 123 4567', '+84851234567'],
    ['0127 123 4567', '+84811234567'],
    ['0129 123 4567', '+84821234567'],
    ['0162 123 4567', '+84321234567'],
    ['0169 123 4567', '+84391234567'],
    ['0186 123 4567', '+84561234567'],
    ['0188 123 4567', '+84581234567'],
    ['0199 123 4567', '+84591234567'],
    ['+84 169 123 4567', '+84391234567'],
  ])('translates the retired number %s', (typed, e164) => {
    const phone = parsePhone(typed);
    expect(phone?.e164).toBe(e164);
    expect(phone?.translatedFrom).toMatch(/^01\d{9}$/);
  });

  test.each(['', '113', '0123456789', '085936378', '08593637890', 'gọi 0859363789', '+84', 'x'])(
    'refuses %s',
    (typed) => {
      expect(parsePhone(typed)).toBeNull();
    },
  );
});

describe('a number that nobody can be called back on', () => {
  test.each([
    '1900 1234',
    '1900.54.54.51',
    '1800 1234',
    '1800 588 889',
    '+84 1900 1234',
    '01900 1234',
    '１９００ １２３４',
    '+1 800 555 0199',
    '113',
    '114',
    '115',
    '0113',
    '+84 115',
    '1022',
  ])('%s is refused as one', (typed) => {
    expect([parsePhone(typed), isServiceNumber(typed)]).toEqual([null, true]);
  });

  test.each([
    '0912 345 678',
    '0238 3844 444',
    '0188 123 4567',
    '+1 650 253 0000',
    '0123456789',
    'x',
  ])('%s is none', (typed) => {
    expect(isServiceNumber(typed)).toBe(false);
  });
});

test.each([
  ['+84912345678', true],
  ['+84551234567', true],
  ['+842383844444', false],
  ['+842438444444', false],
  ['+16502530000', false],
])('isMobile(%s) is %s', (e164, mobile) => {
  expect(isMobile(e164)).toBe(mobile);
});

describe('formatPhone and maskPhone', () => {
  test('write a mobile in groups, and hide what opens a request', () => {
    expect(formatPhone('+84859363789')).toBe('0859 363 789');
    expect(maskPhone('+84859363789')).toBe('0859 ••• •89');
    expect(maskPhone('+84859363789')).not.toContain('3789');
  });
});
