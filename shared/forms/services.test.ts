import { describe, expect, test } from 'vitest';
import { joinValues } from './fields.ts';
import { parseServices } from './services.ts';

const [HOUSE, SITE, SOFA, WALL, GLASS] = [
  've-sinh-nha-o',
  've-sinh-sau-xay-dung',
  'giat-ghe-sofa',
  've-sinh-tuong-son',
  'lau-kinh-nha-cao-tang',
];

describe('parseServices', () => {
  test('keeps the order of the catalogue, each service with its own size and answers', () => {
    const raw = {
      service: joinValues([SOFA, HOUSE]),
      'quantity.giat-ghe-sofa': '2',
      'quantity.ve-sinh-nha-o': '80,5',
      'quantity.ve-sinh-sau-xay-dung': '7',
      'giat-ghe-sofa.seats': '6',
    };
    expect(parseServices(raw)).toEqual({
      visit: 'work',
      services: [
        { id: HOUSE, quantity: 80.5, answers: {} },
        { id: SOFA, quantity: 2, answers: { seats: 6 } },
      ],
      errors: [],
    });
  });

  test.each([
    ['none', [], 'Anh/chị chưa chọn dịch vụ.'],
    ['one that is not in the list', [SOFA, 'khong-co'], 'Dịch vụ này không có'],
    ['one twice', [SOFA, SOFA], 'Mỗi dịch vụ chỉ chọn một lần.'],
    ['a fourth', [HOUSE, SOFA, WALL, SITE], 'chọn nhiều nhất 3 dịch vụ'],
    ['more than any day has windows for', [SITE, GLASS, SOFA], 'không xong trong một ngày'],
  ])('refuses %s', (_, ids, message) => {
    const { errors } = parseServices({ service: joinValues(ids) });
    expect(errors.map(({ field }) => field)).toEqual(['service']);
    expect(errors[0]?.message).toContain(message);
  });

  test('takes three that fill the longest day', () => {
    expect(parseServices({ service: joinValues([HOUSE, SITE, SOFA]) }).errors).toEqual([]);
  });

  test('makes the whole visit a look where one service needs it, unless the job was agreed on', () => {
    const raw = { service: joinValues([SITE, GLASS, WALL]) };
    expect(parseServices(raw)).toMatchObject({ visit: 'survey', errors: [] });
    expect(parseServices(raw, 'work')).toMatchObject({
      visit: 'work',
      errors: [{ field: 'service' }],
    });
  });

  test('asks whose a size is, and names each wrong one by its own field', () => {
    const service = joinValues([HOUSE, SOFA]);
    const fields = (raw: Record<string, string>) =>
      parseServices({ service, ...raw }).errors.map(({ field }) => field);
    expect(fields({ quantity: '2' })).toEqual(['quantity']);
    expect(fields({ 'quantity.giat-ghe-sofa': '0', 'giat-ghe-sofa.seats': 'x' })).toEqual([
      'quantity.giat-ghe-sofa',
      'giat-ghe-sofa.seats',
    ]);
  });
});
