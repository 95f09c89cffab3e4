import { expect, test } from 'vitest';
import { formatCount, formatDecimal, formatVnd } from './money.ts';

test.each([
  [80, '80', '80'],
  [80.5, '80,5', '80,5'],
  [1200, '1.200', '1200'],
  [1234567.25, '1.234.567,25', '1234567,25'],
  [-1200, '-1.200', '-1200'],
])('%d is read as %s and typed as %s', (value, read, typed) => {
  expect(formatCount(value)).toBe(read);
  expect(formatDecimal(value)).toBe(typed);
});

test('an amount ends in the sign of the đồng, kept on its line', () => {
  expect(formatVnd(1_000_000)).toBe('1.000.000\u00a0₫');
});
