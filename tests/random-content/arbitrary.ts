import * as fc from 'fast-check';
import type * as v from 'valibot';

/** The properties of valibot's schemas and checks that are read here. */
interface Schema {
  type: string;
  kind: string;
  pipe?: readonly Schema[];
  wrapped?: Schema;
  entries?: Record<string, Schema>;
  item?: Schema;
  key?: Schema;
  value?: Schema;
  options?: readonly (Schema | string)[];
  literal?: unknown;
  requirement?: unknown;
}

/** What stands in for a field that names something else, by its dotted path without numbers, for example `services.id`. */
export type Given = Readonly<Record<string, fc.Arbitrary<unknown>>>;

const SHORT = 4;
const LONG = 10;
/** Names what makes two items of a list the same. */
const KEYS = ['id', 'code', 'date'];
/** Syllables, and what HTML, YAML, Markdown, regular expressions and JSON take for their own. */
const SYLLABLES = [
  ...[
    'nhà',
    'vườn',
    'đèn',
    'quạt',
    'nước',
    'sông',
    'Ánh',
    'Đức',
    'ngõ',
    'mưa',
    'gió',
    'bếp',
    'trưa',
  ],
  ...[
    '"sáng"',
    "ở 'giữa'",
    'a & b',
    '<b>',
    '(nhỏ)',
    '100%',
    'C++',
    '#3',
    '{x}',
    'bộ/m²',
    '–',
    '$1',
    ':',
  ],
];

/** Values that a schema takes, as the file would hold them. */
export function arbitraryOf(
  schema: v.GenericSchema,
  given: Given = {},
  path = '',
): fc.Arbitrary<unknown> {
  return draw(schema, { given, path });
}

interface Place {
  given: Given;
  path: string;
}

function draw(schema: Schema, { given, path }: Place): fc.Arbitrary<unknown> {
  const stand = given[path];
  if (stand) return stand;
  const main = mainOf(schema);
  const checks = checksOf(schema);
  if (main.type !== 'optional') return drawChecked(main, checks, { given, path });
  // What is checked after its default is there, even where nothing was given.
  const wrapped = need(main.wrapped);
  return checks.some(({ kind }) => kind === 'validation')
    ? drawChecked(mainOf(wrapped), [...checksOf(wrapped), ...checks], { given, path })
    : fc.option(draw(wrapped, { given, path }), { nil: undefined });
}

function drawChecked(
  main: Schema,
  checks: readonly Schema[],
  { given, path }: Place,
): fc.Arbitrary<unknown> {
  const inner = (name: string): Place => ({ given, path: path === '' ? name : `${path}.${name}` });
  switch (main.type) {
    case 'string':
      return drawText(checks);
    case 'number':
      return fc.integer({
        min: bound(checks, 'min_value', Math.max) ?? 0,
        max: bound(checks, 'max_value', Math.min) ?? 200,
      });
    case 'boolean':
      return fc.boolean();
    case 'literal':
      return fc.constant(main.literal);
    case 'picklist':
      return fc.constantFrom(...(main.options ?? []));
    case 'union':
      return fc.oneof(
        ...(main.options ?? [])
          .filter(
            (option): option is Schema =>
              typeof option === 'object' && mainOf(option).type !== 'date',
          )
          .map((option) => draw(option, { given, path })),
      );
    case 'array':
      return drawList(need(main.item), checks, { given, path });
    case 'record':
      return fc.dictionary(
        draw(need(main.key), inner('key')) as fc.Arbitrary<string>,
        draw(need(main.value), inner('value')),
        { maxKeys: 3 },
      );
    case 'strict_object':
      return fc
        .record(
          Object.fromEntries(
            Object.entries(main.entries ?? {}).map(([name, entry]) => [
              name,
              draw(entry, inner(name)),
            ]),
          ),
        )
        .map((fields) =>
          Object.fromEntries(Object.entries(fields).filter(([, field]) => field !== undefined)),
        );
    default:
      throw new Error(`Nobody knows how to draw ${main.type} at ${path}`);
  }
}

function drawList(item: Schema, checks: readonly Schema[], place: Place): fc.Arbitrary<unknown[]> {
  const exact = bound(checks, 'length', Math.max);
  const minLength = exact ?? bound(checks, 'min_length', Math.max) ?? 0;
  const most = exact ?? bound(checks, 'max_length', Math.min) ?? Infinity;
  // Most lists are short, some as long as a large company's.
  return fc.oneof(
    ...[
      { weight: 4, length: SHORT },
      { weight: 1, length: LONG },
    ].map(({ weight, length }) => ({
      weight,
      arbitrary: drawItems(item, place, {
        minLength,
        maxLength: Math.min(Math.max(minLength, length), most),
      }),
    })),
  );
}

function drawItems(
  item: Schema,
  place: Place,
  { minLength, maxLength }: { minLength: number; maxLength: number },
): fc.Arbitrary<unknown[]> {
  const fields = mainOf(item).entries ?? {};
  const key = KEYS.find((name) => name in fields);
  if (key === undefined) return fc.array(draw(item, place), { minLength, maxLength });
  const selector = (one: unknown) => (one as Record<string, unknown>)[key];
  return fc.uniqueArray(draw(item, place), { minLength, maxLength, selector });
}

function drawText(checks: readonly Schema[]): fc.Arbitrary<string> {
  const types = checks.map(({ type }) => type);
  if (types.includes('iso_date')) return day;
  if (types.includes('iso_time')) return hour;
  if (types.includes('email'))
    return fc.constantFrom('lienhe@example.org', 'a.b+c@thu.example.org');
  const pattern = checks.find(({ type }) => type === 'regex')?.requirement;
  if (pattern instanceof RegExp) return drawMatch(pattern);
  const min = bound(checks, 'min_length', Math.max) ?? (types.includes('non_empty') ? 1 : 0);
  const max = bound(checks, 'max_length', Math.min) ?? 90;
  // Some lists of syllables are as long as may be.
  return fc
    .array(fc.constantFrom(...SYLLABLES), {
      minLength: Math.ceil(min / 2),
      maxLength: Math.ceil(Math.max(min / 2, max / 3)),
    })
    .map((syllables) => fit(syllables, { min, max }));
}

/** Days that forms name are checked by a function, so they are known by their shape. */
export const day = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2028-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const hour = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hours, minutes]) => [hours, minutes].map((one) => String(one).padStart(2, '0')).join(':'));

function drawMatch(pattern: RegExp): fc.Arbitrary<string> {
  if (pattern.source.includes('\\d{4}-\\d{2}-\\d{2}'))
    return pattern.test('') ? fc.oneof(fc.constant(''), day) : day;
  if (pattern.source.includes('https:'))
    return fc.constantFrom('', 'https://example.org/', 'https://example.org/a?b=1&c="2"#d');
  // An address of some length, not of hundreds of letters.
  return fc.stringMatching(pattern, { size: 'small' }).filter((text) => text.length <= 40);
}

function fit(syllables: readonly string[], { min, max }: { min: number; max: number }): string {
  let text = '';
  for (const syllable of [...syllables, ...Array<string>(min).fill('nhà')]) {
    const longer = text === '' ? syllable : `${text} ${syllable}`;
    if (longer.length <= max && (text.length < min || syllables.includes(syllable))) text = longer;
  }
  return text.trim();
}

function mainOf(schema: Schema): Schema {
  const [first] = schema.pipe ?? [];
  return first === undefined || first === schema ? schema : mainOf(first);
}

function checksOf({ pipe = [] }: Schema): Schema[] {
  const [first, ...rest] = pipe;
  return [...(first === undefined ? [] : checksOf(first)), ...rest];
}

/** The narrowest of the bounds that checks of one type set. */
function bound(
  checks: readonly Schema[],
  type: string,
  narrowest: (...all: number[]) => number,
): number | undefined {
  const set = checks
    .filter((check) => check.type === type)
    .map(({ requirement }) => Number(requirement));
  return set.length === 0 ? undefined : narrowest(...set);
}

function need(schema: Schema | undefined): Schema {
  if (schema === undefined) throw new Error('A schema without its parts');
  return schema;
}
