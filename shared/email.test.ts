import { expect, test } from 'vitest';
import { parseEmail } from './email.ts';

const domain = (length: number) => `a@${'b'.repeat(length)}.vn`;

test.each([
  ['lan@gmail.com', 'lan@gmail.com'],
  ['a@xn--mnchen-3ya.de', 'a@xn--mnchen-3ya.de'],
  ['lan@xn--cngty-6ta.vn', 'lan@xn--cngty-6ta.vn'],
  ['lan@côngty.vn', 'lan@xn--cngty-6ta.vn'],
  ["o'brien@example.com", "o'brien@example.com"],
  ['a&b@example.com', 'a&b@example.com'],
  ['lan@a--b.com', 'lan@a--b.com'],
  ['lan@gmail', 'lan@gmail'],
  ['#lan@example.com', '#lan@example.com'],
  ['lan＠gmail.com', 'lan@gmail.com'],
  ['ｌａｎ＠ｇｍａｉｌ．ｃｏｍ', 'lan@gmail.com'],
  ['lan@gmail。com', 'lan@gmail.com'],
  ['\u200Elan@gmail.com\u2060', 'lan@gmail.com'],
  ['lan1\uFE0F@gmail.com', 'lan1@gmail.com'],
  ['lan@my\u2011shop.vn', 'lan@my-shop.vn'],
  ['<lan@gmail.com>', 'lan@gmail.com'],
  ['(lan@gmail.com).', 'lan@gmail.com'],
  ['“lan@gmail.com”,', 'lan@gmail.com'],
  [`${'a'.repeat(64)}@b.vn`, `${'a'.repeat(64)}@b.vn`],
  [domain(63), domain(63)],
])('reads %j as %j', (typed, email) => {
  expect(parseEmail(typed)).toBe(email);
});

test.each([
  '',
  '@',
  'lan',
  'lan@',
  '@gmail.com',
  'lan @gmail.com',
  'lan@gmail..com',
  'lan@-gmail.com',
  'lan@côngty.vn/x',
  'lân@gmail.com',
  `${'a'.repeat(65)}@b.vn`,
  domain(64),
  `${'a'.repeat(60)}@${`${'b'.repeat(60)}.`.repeat(4)}vn`,
])('refuses %j', (typed) => {
  expect(parseEmail(typed)).toBeNull();
});
