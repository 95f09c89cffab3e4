import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { balanceOf, type Payment, type Price } from './balance.ts';

const AT = new Date('2026-11-23T02:00:00.000Z');
const amount = fc.integer({ min: 1_000, max: 1_000_000_000 });

const price = (version: number, amountVnd: number, isAgreed: boolean): Price => ({
  ...{ version, amountVnd, at: AT },
  agreed: isAgreed ? { by: 'customer', at: AT, version } : null,
});
const payment = (n: number, amountVnd: number, more: Partial<Payment> = {}): Payment => ({
  ...{ n, amountVnd, method: 'cash', at: AT, undoneAt: null },
  ...more,
});

describe('balanceOf', () => {
  test('asks for nothing that nobody agreed to', () => {
    expect(balanceOf([price(1, 500_000, false)], [])).toMatchObject({
      openVnd: null,
      dueVnd: null,
    });
  });

  test('asks for nothing while a newer price is not agreed, and still knows the older one', () => {
    const prices = [price(1, 500_000, true), price(2, 700_000, false)];
    expect(balanceOf(prices, [])).toMatchObject({
      ...{ openVnd: 500_000, dueVnd: null },
      agreed: { version: 1 },
      newest: { version: 2 },
    });
  });

  test('asks for what is left of an agreed price, and for nothing once it is paid', () => {
    const prices = [price(1, 500_000, true)];
    expect(balanceOf(prices, [payment(1, 200_000)]).dueVnd).toBe(300_000);
    expect(balanceOf(prices, [payment(1, 600_000)])).toMatchObject({ openVnd: 0, dueVnd: null });
  });

  test('adds up in whole đồng whatever was noted, undone and agreed, in any order', () => {
    const payments = fc.array(
      fc.tuple(amount, fc.constantFrom('cash' as const, 'transfer' as const), fc.boolean()),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(amount, fc.boolean()), { maxLength: 6 }),
        payments,
        (told, paid) => {
          const prices = told.map(([sum, yes], at) => price(at + 1, sum, yes));
          const noted = paid.map(([sum, method, isUndone], at) =>
            payment(at + 1, sum, { method, undoneAt: isUndone ? AT : null }),
          );
          const one = balanceOf(prices, noted);
          const whole = paid.reduce((sum, [vnd, , isUndone]) => sum + (isUndone ? 0 : vnd), 0);
          expect(one.paidVnd).toBe(whole);
          expect(one.cashVnd + one.transferVnd).toBe(whole);
          const agreedVnd = one.agreed?.amountVnd ?? null;
          expect(one.openVnd).toBe(agreedVnd === null ? null : Math.max(0, agreedVnd - whole));
          if (one.dueVnd !== null) {
            expect(prices.at(-1)?.agreed).not.toBeNull();
            expect(one.dueVnd).toBe((prices.at(-1)?.amountVnd ?? 0) - whole);
            expect(one.dueVnd).toBeGreaterThan(0);
          }
          expect(balanceOf(prices.toReversed(), noted.toReversed())).toEqual(one);
        },
      ),
    );
  });
});
