import * as fc from 'fast-check';

/**
 * A field that is changed, by its place among those of its form: to a text, to one of the values that fit its name, or left
 * out (null).
 */
export interface Change {
  at: number;
  value: string | number | null;
}

/** A drawn request. What it is made from is named by numbers, so that a smaller one is an earlier one of its kind. */
export interface Input {
  /** The form or page, by its place among those that stand open. */
  target: number;
  method: string;
  encoding: 'form' | 'multipart' | 'json' | 'text';
  /** What is done to the token of the address. */
  link: 'kept' | 'cut' | 'swapped' | 'odd';
  /** The choice of radio buttons, by its place. */
  choice: number;
  changes: Change[];
  headers: [name: string, value: string][];
  odd: string;
}

/** Values by the field that takes them, and some that are nearly right; the last list is for fields of other names. */
export const fitting: Readonly<Record<string, readonly string[]>> = {
  date: [
    '2026-11-24',
    '2026-11-27',
    '2026-11-28',
    '2026-12-03',
    '2026-11-22',
    '2026-02-30',
    '0000-00-00',
  ],
  window: ['sang-som', 'sang', 'chieu', 'chieu-muon'],
  slot: ['2026-11-27/chieu', '2026-11-28/sang', '2026-12-03/chieu-muon', '2026-11-27/', '/'],
  phone: [
    '0912 345 679',
    '+84 913 000 111',
    '0914.000.222',
    '0912345678;ext=1',
    '０９１２ ３４５ ６７７',
  ],
  digits: ['5678', '345678', '0912345678', '５６７８', '0111'],
  service: ['ve-sinh-sau-xay-dung', 'giat-ghe-sofa', 'khong-co'],
  ward: ['16690', '16708', '99999'],
  quantity: ['1', '120', '0', '-1', '1e309', '99999999999999999999', '2,5'],
  kind: ['question', 'quote', 'complaint', 'privacy', 'khac'],
  email: ['', 'a@b', 'hoa@example.org', 'a@b@c'],
  code: ['TS-7K4M', 'ts 7k4m', 'TS-0000'],
  amount: ['1.200.000', '850k', '1tr2', '1,5', '0', '999999999999'],
  paid: ['500.000', '1', '1.200.000đ'],
  method: ['cash', 'transfer', 'card'],
  rating: ['good', 'fair', 'poor', 'best'],
  trouble: ['broken', 'nobody', 'other', 'x'],
  crew: ['doi-1', 'doi-2', '', 'doi-9'],
  choice: ['off/doi-1', 'on/doi-1', 'close/doi-2', 'off/'],
  mark: ['onTheWay', 'atWork', 'complete', 'noShow', 'cancel'],
  q: ['Hoa', '0912 345 678', 'TS-7K4M', '\u0301\u0301'],
  other: ['yes', '', '1', 'confirm', 'cancel', 'erase', 'correct', 'Trần Văn Bình'],
};

/** Text that has broken other programs: controls, half characters, marks without end, what looks like code or a path. */
const ODD = [
  ...[
    '',
    ' ',
    '\0',
    '\u202E\u200B',
    '\uD800',
    '\uDFFF\uD83D',
    '\uFFFE',
    '\u0301',
    'e' + '\u0301'.repeat(500),
  ],
  ...[
    '%',
    '%E0%A4%A',
    '%00',
    '../../',
    '..%2f',
    "'; drop table bookings; --",
    '<script>alert(1)</script>',
  ],
  ...[
    '{{7*7}}',
    '${7*7}',
    '__proto__',
    'constructor',
    '[object Object]',
    'NaN',
    'null',
    '\r\nSet-Cookie: a=b',
  ],
  ...[
    '𝟘𝟡𝟙𝟚',
    '👩‍👩‍👧‍👦'.repeat(200),
    'ﷺ'.repeat(300),
    'Nguyễn'.normalize('NFD'),
    'a'.repeat(9_000),
    'ộ'.repeat(3_000),
  ],
];

const odd = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...ODD) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);

const value = fc.oneof(
  { weight: 6, arbitrary: fc.nat(20) },
  { weight: 3, arbitrary: odd },
  { weight: 1, arbitrary: fc.constant(null) },
);

const header: fc.Arbitrary<[string, string]> = fc.oneof(
  fc.tuple(
    fc.constant('Accept'),
    fc.constantFrom('text/html', 'application/json', '*/*;q=9', ';;,,', ''),
  ),
  fc.tuple(
    fc.constant('Content-Type'),
    fc.constantFrom(
      'application/json',
      'text/plain',
      'multipart/form-data',
      'application/x-www-form-urlencoded; charset=utf-16',
      'a',
    ),
  ),
  fc.tuple(
    fc.constant('CF-Connecting-IP'),
    fc.constantFrom('2001:db8::1', '::ffff:1.2.3.4', ':::::', 'x'),
  ),
  fc.tuple(
    fc.constant('Cookie'),
    fc.constantFrom('k=%', '=;=;', `a=${'b'.repeat(4_000)}`, '__Host-x=1'),
  ),
  fc.tuple(
    fc.constant('Origin'),
    fc.constantFrom('null', 'https://example.com', 'https://evil.example', 'x'),
  ),
  fc.tuple(fc.constant('Sec-Fetch-Site'), fc.constantFrom('same-origin', 'cross-site', 'none')),
  fc.tuple(
    fc.constantFrom('Range', 'If-None-Match', 'If-Modified-Since', 'Accept-Language'),
    fc.constantFrom('bytes=9-1', '*', 'x', ''),
  ),
);

/** Mostly what browsers send: forms as they stand with a field or two changed. */
export const inputs: fc.Arbitrary<Input> = fc.record({
  target: fc.nat(10_000),
  method: fc.oneof(
    { weight: 6, arbitrary: fc.constant('POST') },
    { weight: 2, arbitrary: fc.constant('GET') },
    { weight: 1, arbitrary: fc.constantFrom('HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS') },
  ),
  encoding: fc.oneof(
    { weight: 3, arbitrary: fc.constant('form' as const) },
    {
      weight: 2,
      arbitrary: fc.constantFrom('multipart' as const, 'json' as const, 'text' as const),
    },
  ),
  link: fc.oneof(
    { weight: 12, arbitrary: fc.constant('kept' as const) },
    { weight: 1, arbitrary: fc.constantFrom('cut' as const, 'swapped' as const, 'odd' as const) },
  ),
  choice: fc.nat(20),
  changes: fc.array(fc.record({ at: fc.nat(40), value }), { maxLength: 3 }),
  headers: fc.array(header, { maxLength: 2, size: 'xsmall' }),
  odd,
});
