import { describe, expect, test } from 'vitest';
import { decodeEntities, htmlToText, isBlank, tidyCode, tidyLine, tidyText } from './text.ts';

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

test.each([undefined, '', ' \n', '\u200B', '\u3164\uFE0F'])('%j is blank', (text) => {
  expect(isBlank(text)).toBe(true);
});

test('a full stop is not blank', () => {
  expect(isBlank('.')).toBe(false);
});
