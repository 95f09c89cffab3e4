import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatCount, formatVnd } from '../money.ts';
import { AMOUNT_MAX_VND, AMOUNT_MIN_VND, parseAmount, parsePayment, parsePrice } from './money.ts';

describe('parseAmount', () => {
  test.each([
    ['1200000', 1_200_000],
    ['1.200.000', 1_200_000],
    ['1 200 000', 1_200_000],
    ['1,200,000', 1_200_000],
    [' 1.200.000 ₫. ', 1_200_000],
    ['1.200.000đ', 1_200_000],
    ['1.200.000 VNĐ', 1_200_000],
    ['1.200.000 đồng', 1_200_000],
    ['１２０００００', 1_200_000],
    ['850k', 850_000],
    ['850 K', 850_000],
    ['850 nghìn', 850_000],
    ['850 ngàn đồng', 850_000],
    ['1.200k', 1_200_000],
    ['2tr', 2_000_000],
    ['2 triệu', 2_000_000],
    ['1,2 triệu', 1_200_000],
    ['1.25tr', 1_250_000],
    ['1tr2', 1_200_000],
    ['1 triệu 200', 1_200_000],
    ['1tr050', 1_050_000],
    ['1.000', 1_000],
    ['1.000.000.000', 1_000_000_000],
  ])('understands %j', (typed, amount) => {
    expect(parseAmount(typed)).toBe(amount);
  });

  test.each([
    ...[
      '',
      'abc',
      '0',
      '999',
      '1.000.000.001',
      '-5000',
      '1e6',
      '1,5',
      '1.5',
      '12.34.567',
      '1.200.00',
    ],
    ...[
      '1.200,000',
      '1.000,50',
      '1tr20',
      '1,2tr5',
      '1.250 triệu',
      '5 tỷ',
      '007000',
      '500k500',
      '=1+1',
    ],
    ...['200000 + 300000', '200-300k', 'khoảng 500k', '１²000'],
  ])('refuses %j rather than guess', (typed) => {
    expect(parseAmount(typed)).toBeNull();
  });

  test('reads every amount as the pages write it', () => {
    fc.assert(
      fc.property(fc.integer({ min: AMOUNT_MIN_VND, max: AMOUNT_MAX_VND }), (amount) => {
        for (const typed of [String(amount), formatCount(amount), formatVnd(amount)])
          expect(parseAmount(typed)).toBe(amount);
      }),
    );
  });

  test('gives whole đồng within the bounds or nothing, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (typed) => {
        const amount = parseAmount(typed);
        if (amount === null) return;
        expect(Number.isInteger(amount)).toBe(true);
        expect(amount).toBeGreaterThanOrEqual(AMOUNT_MIN_VND);
        expect(amount).toBeLessThanOrEqual(AMOUNT_MAX_VND);
      }),
    );
  });
});

test('a price says which field is wrong, and leaves empty words out', () => {
  expect(parsePrice({ amount: '1,5', covers: 'x'.repeat(301) })).toMatchObject({
    ok: false,
    errors: [{ field: 'amount' }, { field: 'covers' }],
  });
  expect(parsePrice({ amount: '850k', covers: ' \n ' })).toEqual({
    ok: true,
    price: { amountVnd: 850_000, covers: null },
  });
});

test('a payment needs its sum and how it was paid', () => {
  expect(parsePayment({})).toMatchObject({ errors: [{ field: 'paid' }, { field: 'method' }] });
  expect(parsePayment({ paid: '500k', method: 'cash' })).toEqual({
    ok: true,
    payment: { amountVnd: 500_000, method: 'cash' },
  });
});
