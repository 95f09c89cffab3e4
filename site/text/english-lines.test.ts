import { describe, expect, test } from 'vitest';
import { englishDays, englishHours, englishPrice } from './english-lines.ts';

describe('englishDays', () => {
  test.each([
    [['mon', 'tue', 'wed', 'thu', 'fri', 'sat'], 'Monday to Saturday'],
    [['mon', 'wed', 'fri'], 'Monday, Wednesday and Friday'],
    [['sat', 'sun'], 'Saturday and Sunday'],
    [['tue'], 'Tuesday'],
    [['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], 'every day'],
    [[], ''],
  ] as const)('says %j as "%s"', (days, words) => {
    expect(englishDays(days)).toBe(words);
  });
});

test('says hours as people write them', () => {
  expect(englishHours({ from: '07:30', to: '17:30', days: ['mon', 'tue', 'wed'] })).toBe(
    '7:30–17:30, Monday to Wednesday',
  );
});

describe('englishPrice', () => {
  const price = (amountVnd: number) => ({
    ...{ label: '', includes: '', validFrom: '2026-11-22' },
    amountVnd,
  });

  test.each([
    [[], null],
    [[12_000], '12,000 VND per m²'],
    [[250_000, 180_000], 'From 180,000 VND per m²'],
  ])('of %j is %j', (amounts, words) => {
    expect(englishPrice({ unit: 'm2', prices: amounts.map(price) })).toBe(words);
  });
});
