import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bookingRules, company, services } from '../content/catalogue.ts';
import { makeCode } from '../jobs/code.ts';
import { isBlank, tidyCode, tidyLine, tidyText } from '../text.ts';
import { bookingFieldNames, parseBookingRequest } from './booking.ts';
import { contactFieldNames, parseContactMessage } from './contact.ts';
import { correctionFieldNames, parseCorrection } from './correction.ts';
import type { RawFields } from './fields.ts';

const code = makeCode(company.codePrefix, new Uint8Array(6));

/** Each form with every field that a person fills in, and the fields that the page sends, which stay as they are. */
const forms = [
  {
    name: 'booking',
    parse: parseBookingRequest,
    names: bookingFieldNames,
    sent: { consent: 'yes' },
    filled: {
      service: services[0]?.id ?? '',
      quantity: '80,5',
      ward: '16690',
      address: 'Số 12 Lê Lợi, khối Tân Tiến',
      date: '2026-12-02',
      window: bookingRules.windows[0]?.id ?? '',
      name: 'Nguyễn Thị Hoa',
      phone: '0912 345 678',
      email: 'hoa@example.org',
      note: 'Cổng sau\nGọi trước',
      repeat: 'once',
    },
  },
  {
    name: 'contact',
    parse: parseContactMessage,
    names: contactFieldNames,
    sent: { kind: 'question', consent: 'yes' },
    filled: {
      name: 'Nguyễn Thị Hoa',
      phone: '+84 912 345 678',
      email: 'hoa@example.org',
      code,
      message: 'Ghế còn vết bẩn\nNhờ xem lại',
    },
  },
  {
    name: 'correction',
    parse: parseCorrection,
    names: correctionFieldNames,
    sent: {},
    filled: {
      name: 'Hoa',
      phone: '0238 3844 444',
      address: 'Xóm Mẫu Đơn',
      quantity: '1.200',
      email: 'hoa@example.org',
      note: 'Cổng sau',
    },
  },
] as const satisfies readonly {
  name: string;
  parse: (raw: RawFields) => unknown;
  names: readonly string[];
  sent: RawFields;
  filled: RawFields;
}[];

const isOf = (property: RegExp) =>
  Array.from({ length: 0x110000 }, (_, point) => point)
    .filter((point) => point < 0xd800 || point > 0xdfff)
    .map((point) => String.fromCodePoint(point))
    .filter((character) => property.test(character));

const ignorable = isOf(/\p{DI}/u);
const privateUse = isOf(/\p{Co}/u);
/** The first and last of each block, with 200 of a long list drawn between; the same at every run. */
const drawn = (list: readonly string[]) => {
  const at = (index: number) => list[index] ?? '';
  const points = fc.sample(fc.nat(list.length - 1), { numRuns: 200, seed: 20261128 });
  return [at(0), at(list.length - 1), ...points.map(at)];
};
const ends = ['\uE000', '\uF8FF', '\u{F0000}', '\u{FFFFD}', '\u{100000}', '\u{10FFFD}'];

/** Characters that show nothing wherever they stand. */
const unseen = [
  ...ignorable.filter((character) => (character.codePointAt(0) ?? 0) < 0xe0000),
  ...drawn(ignorable),
  ...isOf(/\p{Cf}/u),
  ...ends,
  ...drawn(privateUse),
  ...isOf(/\p{NChar}/u),
  '\u2800',
  '\uFFFC',
];
/** Characters that show nothing by themselves, but part words. */
const spaces = isOf(/[\p{Cc}\p{Zs}\p{Zl}\p{Zp}]/u);
const marks = isOf(/\p{M}/u);

/** The form with every field changed alike. */
function withEach(filled: RawFields, change: (value: string) => string): RawFields {
  return Object.fromEntries(Object.entries(filled).map(([name, value]) => [name, change(value)]));
}

const inside = (value: string, character: string) =>
  `${character}${value.slice(0, 2)}${character}${value.slice(2)}${character}`;
const outside = (value: string, character: string) => `${character}${value}${character}`;

describe.each(forms)('the fields of the $name form', ({ parse, names, sent, filled }) => {
  test('are all tried here', () => {
    const others = [
      'intent',
      'website',
      'policy',
      'slot',
      'day',
      'wardName',
      'proof',
      'lang',
      ...Object.keys(sent),
    ];
    const tried = [...Object.keys(filled), ...others];
    expect(names.filter((name) => !tried.includes(name))).toEqual([]);
    expect(parse({ ...sent, ...filled })).toMatchObject({ ok: true });
  });

  test('take what shows nothing for nothing', () => {
    const empty = parse({ ...sent, ...withEach(filled, () => '') });
    for (const character of [...unseen, ...spaces, ...marks]) {
      const given = parse({ ...sent, ...withEach(filled, () => character.repeat(2)) });
      expect([escape(character), given]).toEqual([escape(character), empty]);
    }
  });

  test('read a value beside it, and with it inside, as the value alone', () => {
    const plain = parse({ ...sent, ...filled });
    for (const character of unseen) {
      const given = parse({ ...sent, ...withEach(filled, (value) => inside(value, character)) });
      expect([escape(character), given]).toEqual([escape(character), plain]);
    }
    for (const character of spaces) {
      const given = parse({ ...sent, ...withEach(filled, (value) => outside(value, character)) });
      expect([escape(character), given]).toEqual([escape(character), plain]);
    }
  });
});

describe('tidying', () => {
  const odd = fc.string({
    unit: fc.oneof(fc.constantFrom(...unseen, ...spaces, ...marks, '🌸', '1', 'a'), fc.string()),
    maxLength: 12,
  });

  test('changes nothing the second time', () => {
    fc.assert(
      fc.property(odd, (text) => {
        for (const tidy of [tidyLine, tidyText, tidyCode])
          expect(tidy(tidy(text))).toBe(tidy(text));
        expect(isBlank(text)).toBe(tidyLine(text) === '');
      }),
      { numRuns: 2_000, seed: 20261128 },
    );
  });
});

/** The code point for the report of a failure, since the character itself shows nothing. */
function escape(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}`;
}
