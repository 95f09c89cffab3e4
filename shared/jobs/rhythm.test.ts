import { expect, test } from 'vitest';
import { changeGrid, firstOnGrid, gridDateInWeek, listGridDates } from './rhythm.ts';

const MONDAYS = { rhythm: 'weekly', anchorDate: '2026-11-30' } as const;
const FORTNIGHT = { rhythm: 'two-weeks', anchorDate: '2026-12-03' } as const;

test.each([
  [MONDAYS, '2026-11-01', '2026-11-30'],
  [MONDAYS, '2026-11-30', '2026-11-30'],
  [MONDAYS, '2026-12-01', '2026-12-07'],
  [FORTNIGHT, '2026-12-04', '2026-12-17'],
  [{ rhythm: 'four-weeks', anchorDate: '2027-02-01' } as const, '2027-02-02', '2027-03-01'],
])('%o from %s on begins on %s', (grid, from, first) => {
  expect(firstOnGrid(grid, from)).toBe(first);
});

test('lists the days of a span, both ends included', () => {
  expect(listGridDates(FORTNIGHT, { from: '2026-12-03', to: '2026-12-31' })).toEqual([
    '2026-12-03',
    '2026-12-17',
    '2026-12-31',
  ]);
});

test.each([
  ['2026-12-01', '2026-12-03'],
  ['2026-12-06', '2026-12-03'],
  ['2026-12-08', null],
  ['2026-11-26', null],
])('the week of %s has %s', (date, found) => {
  expect(gridDateInWeek(FORTNIGHT, date)).toBe(found);
});

test.each([
  // Another weekday of the same week, before and after the next visit.
  ['fri', '2026-12-01', '2026-12-04'],
  ['mon', '2026-11-20', '2026-11-30'],
  // Too soon in that week: the week after.
  ['mon', '2026-12-02', '2026-12-07'],
] as const)('to %s with %s as the earliest day begins on %s', (weekday, earliest, anchorDate) => {
  const change = { rhythm: 'two-weeks', weekday } as const;
  expect(changeGrid(change, { next: '2026-12-03', earliest })).toEqual({
    rhythm: 'two-weeks',
    anchorDate,
  });
});
