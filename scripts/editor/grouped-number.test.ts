import { describe, expect, test } from 'vitest';
import { formatFacts, toForm } from './facts-form.mjs';
import { groupDigits, readGrouped } from './grouped-number.mjs';

describe('readGrouped', () => {
  test.each([
    ['250000', 250_000],
    ['250.000', 250_000],
    [' 1.200.000 ', 1_200_000],
    ['35,000', 35_000],
    ['35 000', 35_000],
    ['0', 0],
    ['12,5', null],
    ['12.5000', null],
    ['1.200,000', null],
    ['250k', null],
    ['', null],
  ])('reads %j as %j', (text, number) => expect(readGrouped(text)).toBe(number));

  test.each([0, 999, 1000, 1_200_000])('reads %j as groupDigits writes it', (number) =>
    expect(readGrouped(groupDigits(number))).toBe(number),
  );
});

describe('a grouped number of a facts file', () => {
  const shape = {
    fields: [
      { name: 'price', shape: { grouped: true as const } },
      { name: 'least', shape: { grouped: true as const } },
      { name: 'words' },
    ],
  };
  const file = '{\n  "price": 250000,\n  "words": "1000"\n}\n';

  test('is shown by the form in groups, and nothing where the file has none', () => {
    const shown = { price: '250.000', least: '', words: '1000' };
    expect(toForm(JSON.parse(file), shape)).toEqual(shown);
  });

  test.each(['250000', '250.000', '250,000', 250_000])('is stored as digits: %j', (price) =>
    expect(formatFacts({ price, least: '', words: '1000' }, shape)).toBe(file),
  );

  test('stays as it was typed where it is no number, for the check to name', () =>
    expect(formatFacts({ price: '250k' }, shape)).toBe('{\n  "price": "250k"\n}\n'));
});
