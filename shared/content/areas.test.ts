import { expect, test } from 'vitest';
import { haveFormerNames, listTravelFees, type Ward } from './areas.ts';

function ward(name: string, travelFeeVnd?: number): Ward {
  return { code: '00001', kind: 'xã', name, area: 'A', former: [], travelFeeVnd };
}

test('wards stand under their fee, the cheapest first, "liên hệ" last', () => {
  const wards = [ward('Một', 50_000), ward('Hai'), ward('Ba', 0), ward('Bốn', 50_000)];
  expect(
    listTravelFees(wards).map(({ fee, wards: those }) => [fee.replace(/\s/u, ' '), those]),
  ).toEqual([
    ['Không thu', ['Xã Ba']],
    ['50.000 ₫', ['Xã Một', 'Xã Bốn']],
    ['Liên hệ', ['Xã Hai']],
  ]);
});

test('where no fee is set, one row says so for all', () => {
  expect(listTravelFees([ward('Một'), ward('Hai')])).toEqual([
    { fee: 'Liên hệ', wards: ['Xã Một', 'Xã Hai'] },
  ]);
});

test.each([
  [['Phường Một', 'Xã Một'], false],
  [['Xã Hai'], true],
  [[], false],
])('former names are those that are not today’s: %j', (former, known) => {
  expect(haveFormerNames([{ ...ward('Một'), former }])).toBe(known);
});
