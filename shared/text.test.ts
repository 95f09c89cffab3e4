import { describe, expect, test } from 'vitest';
import {
  bareCode,
  decodeEntities,
  foldText,
  hasWords,
  htmlToText,
  isBlank,
  keepTogether,
  tidyCode,
  tidyLine,
  tidyText,
} from './text.ts';

describe('tidyLine', () => {
  test.each([
    ['zero-width spaces', '\u200B\u200B'],
    ['a lone joiner', '\u200D'],
    ['variation selectors', '\uFE0F\uFE0F'],
    ['a Hangul filler', '\u3164'],
    ['direction marks', '\u202E\u2066\u061C'],
    ['a byte order mark', '\uFEFF'],
  ])('leaves nothing of %s', (_kind, text) => {
    expect(tidyLine(text)).toBe('');
  });

  test.each([
    ['Lan\u202E gnuồhP', 'Lan gnuồhP'],
    ['Nguyễn\u00AD Thị\u200B Lan', 'Nguyễn Thị Lan'],
    ['Hoa\u0000Lan', 'Hoa Lan'],
    ['0912\u200C345\u200E678', '0912345678'],
  ])('takes what is not seen out of %j', (text, tidy) => {
    expect(tidyLine(text)).toBe(tidy);
  });

  test.each(['👩‍👩‍👧', '👩🏽‍⚕️', '❤️‍🔥', '1️⃣', '🌸'])('keeps %s as it is', (emoji) => {
    expect(tidyLine(`Chị Lan ${emoji}`)).toBe(`Chị Lan ${emoji}`);
  });
});

test('tidyText keeps line breaks and drops what is not seen', () => {
  expect(tidyText(' Cổng\u202E sau\r\n\u200BGọi trước ')).toBe('Cổng sau\nGọi trước');
});

test('decodeEntities decodes numbers and the five names, each once', () => {
  expect(decodeEntities('M&#244; t&#x1EA3; &amp;lt; &quot;a&quot;&nbsp;b &ecirc;')).toBe(
    'Mô tả &lt; "a"\u00A0b &ecirc;',
  );
});

test('htmlToText leaves the words of a page, a space where a tag stood', () => {
  expect(
    htmlToText('<style>p{}</style><p>Lau\n  k&#237;nh</p><p>5&nbsp;kg &amp; <b>hơn</b></p> '),
  ).toBe('Lau kính 5 kg & hơn');
});

test('tidyCode reads full-width characters as plain ones and drops what is not seen', () => {
  expect(tidyCode(' ＡＢ－８Ｋ３\u200B ')).toBe('AB-8K3');
});

test.each([
  ['１.２００', '1.200'],
  ['80²', '80²'],
  ['8½', '8½'],
  ['2026‑11−24', '2026-11-24'],
  ['①', '①'],
])('tidyCode reads %j as %j', (typed, tidy) => {
  expect(tidyCode(typed)).toBe(tidy);
});

test.each([
  [' "80" ', '80'],
  ['(2026-11-24).', '2026-11-24'],
  ['#80', '80'],
  ['“80”,', '80'],
  [',5', ',5'],
  ['-5', '-5'],
  [`${'. '.repeat(30_000)}x`, `${'. '.repeat(30_000)}x`],
])('bareCode takes off what copying leaves', (typed, bare) => {
  expect(bareCode(typed)).toBe(bare);
});

test.each([
  ['Đặt 5 m²', 'dat 5 m2'],
  ['ＳＯＦＡ', 'sofa'],
])('foldText(%j) is %j', (text, folded) => {
  expect(foldText(text)).toBe(folded);
});

test('hasWords asks for a letter or digit', () => {
  expect(['Hoa', '7', 'ễ', '...', '🌸', '?'].map(hasWords)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});

test.each([
  undefined,
  '',
  ' \n',
  '\u200B',
  '\u3164\uFE0F',
  '\u2800',
  '\u115F\u1160',
  '\uFFA0',
  '\u0301',
  ' \u0323\n\u0301',
  '\uE000',
  '\u{10FFFD}',
  '\uFFFF',
  '\uFFFC',
  '\u0000\u007F\u0085',
])('%j is blank', (text) => {
  expect(isBlank(text)).toBe(true);
});

test('a full stop is not blank', () => {
  expect(isBlank('.')).toBe(false);
});

test('keepTogether leaves no place to break at a space, nor behind a dash', () => {
  expect(keepTogether('0912 345 678')).toBe('0912\u00A0345\u00A0678');
  expect(keepTogether('7:30–9:00')).toBe('7:30–\u20609:00');
});
