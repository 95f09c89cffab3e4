import { describe, expect, test } from 'vitest';
import { findMoney, findPhone } from './prose-facts.ts';

describe('findMoney', () => {
  test.each(['250.000 đồng', '1,5 triệu', '300k', '120.000đ', '500 nghìn', '2.000.000 ₫', '80 ngàn'])(
    'finds %s',
    (text) => expect(findMoney(`Giá ${text} một lần.`)).toBe(text),
  );

  test.each([
    'Chờ 15 phút',
    '2 đội cùng làm',
    'phòng 30 m²',
    '3 khăn, 5 lít nước',
    'tầng 12 đến 15',
    'khoảng 10 độ',
    'mùa 2026 trở đi',
    '4 kính',
  ])('lets "%s" pass', (text) => expect(findMoney(text)).toBeUndefined());
});

describe('findPhone', () => {
  test.each(['0859.363.789', '0859 363 789', '+84859363789', '02383 123 456', '1900 1234', '(0859) 363-789'])(
    'finds %s',
    (text) => expect(findPhone(`Gọi ${text} nhé`)).toBeDefined(),
  );

  test.each(['gọi 115 nếu khó thở', 'ngày 10/7/2020', 'mã 29123456', 'Nghị định 248/2026/NĐ-CP', '30 × 30 cm', '2026-11-22'])(
    'lets "%s" pass',
    (text) => expect(findPhone(text)).toBeUndefined(),
  );
});
