import { describe, expect, test } from 'vitest';
import { type EstimateQuestion, estimatePrice, formatBasis, formatEstimate } from './estimate.ts';
import type { Price } from '../content/services.ts';

const row: Price = { label: 'Nhà ở', amountVnd: 12_000, includes: '', validFrom: '2026-11-01' };
const small: Price = { ...row, label: 'Căn hộ', amountVnd: 15_000, minimumVnd: 600_000 };
const question: EstimateQuestion = {
  jobs: [{ service: { unit: 'm2', prices: [row] }, quantity: 80 }],
  ward: { travelFeeVnd: 50_000 },
  on: '2026-11-22',
};

type Asked = Partial<Omit<EstimateQuestion, 'jobs'>> & { quantity?: number | null };

function ask({ quantity = 80, ...part }: Asked, prices: Price[] = [row]) {
  return estimatePrice({
    ...question,
    jobs: [{ service: { unit: 'm2', prices }, quantity }],
    ...part,
  });
}

describe('estimatePrice', () => {
  test.each<[string, Asked, Price[], [number, number | null] | null]>([
    ['no price given', {}, [], null],
    ['a price that is not yet in force', { on: '2026-10-31' }, [row], null],
    ['size times price and the travel fee', {}, [row], [1_010_000, 1_010_000]],
    ['no travel fee known', { ward: undefined }, [row], [960_000, 960_000]],
    ['a size with a part', { quantity: 80.5, ward: undefined }, [row], [966_000, 966_000]],
    [
      'the least sum of a small job',
      { quantity: 10, ward: undefined },
      [small],
      [600_000, 600_000],
    ],
    ['several rows', { ward: undefined }, [row, small], [960_000, 1_200_000]],
    ['no size, with a least sum', { quantity: null, ward: undefined }, [small], [600_000, null]],
    ['no size and no least sum', { quantity: null }, [row], null],
    [
      'the newest row of a label',
      { ward: undefined },
      [row, { ...row, amountVnd: 20_000, validFrom: '2026-11-20' }],
      [1_600_000, 1_600_000],
    ],
    [
      'no row of the future',
      { ward: undefined },
      [row, { ...row, amountVnd: 20_000, validFrom: '2026-12-01' }],
      [960_000, 960_000],
    ],
  ])('%s', (_, part, prices, sums) => {
    const estimate = ask(part, prices);
    expect(estimate === null ? null : [estimate.fromVnd, estimate.toVnd]).toEqual(sums);
  });
});

test('adds up the services of a visit, with one travel fee; nothing where one has no price', () => {
  const house = { service: { unit: 'm2', prices: [row, small] }, quantity: 80 } as const;
  const flat = { service: { unit: 'm2', prices: [small] }, quantity: null } as const;
  const free = { service: { unit: 'set', prices: [] }, quantity: 2 } as const;
  const sums = (jobs: EstimateQuestion['jobs']) => {
    const estimate = estimatePrice({ ...question, jobs });
    return estimate && [estimate.fromVnd, estimate.toVnd];
  };
  expect(sums([house, house])).toEqual([1_970_000, 2_450_000]);
  expect(sums([house, flat])).toEqual([1_610_000, null]);
  expect(sums([house, free])).toBeNull();
});

describe('the words of an estimate', () => {
  test.each([
    [ask({}), 'Khoảng 1.010.000\u00a0₫'],
    [ask({}, [row, small]), 'Khoảng 1.010.000\u00a0₫ đến 1.250.000\u00a0₫'],
    [ask({ quantity: null }, [small]), 'Từ 650.000\u00a0₫'],
  ])('%o', (estimate, words) => {
    expect(estimate === null ? null : formatEstimate(estimate)).toBe(words);
  });

  test('name size, price, travel and the day of the list', () => {
    const estimate = ask({});
    expect(estimate === null ? null : formatBasis(estimate)).toBe(
      'Nhà ở: 80 m², 12.000\u00a0₫ một m²; phí đi lại 50.000\u00a0₫; bảng giá áp dụng từ 01/11/2026. Giá chốt nằm trong báo giá trước khi làm.',
    );
  });

  test('name the least sum where it counts, and a travel fee that is not known', () => {
    const estimate = ask({ quantity: 10, ward: undefined }, [small]);
    expect(estimate?.basis).toEqual([
      'Căn hộ: 10 m², 15.000\u00a0₫ một m², ít nhất 600.000\u00a0₫',
      'chưa gồm phí đi lại',
      'bảng giá áp dụng từ 01/11/2026',
    ]);
  });
});
