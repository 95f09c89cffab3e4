import { describe, expect, test } from 'vitest';
import { findMoney, findPhone, findSuperlatives } from './words.ts';

describe('findMoney', () => {
  test.each([
    '250.000 đồng',
    '1,5 triệu',
    '300k',
    '120.000đ',
    '500 nghìn',
    '2.000.000 ₫',
    '80 ngàn',
    '350.000 VND',
    '350.000 vnd',
    '350.000VNĐ',
    '350.000 một bộ',
    '350.000/m²',
    '1.200.000',
  ])('finds %s', (text) => expect(text).toContain(findMoney(`Giá ${text} một lần.`)));

  test.each([
    'Chờ 15 phút',
    '2 đội cùng làm',
    'phòng 30 m²',
    '3 khăn, 5 lít nước',
    'tầng 12 đến 15',
    'khoảng 10 độ',
    'mùa 2026 trở đi',
    '4 kính',
    '2.000 m²',
    '12.000 người',
    '1.200 lumen',
    '100.000 lần gạt',
    'QCVN 16:2019',
    'ngày 22.11.2026',
  ])('lets "%s" pass', (text) => expect(findMoney(text)).toBeUndefined());
});

describe('findPhone', () => {
  test.each([
    '0859.363.789',
    '0859 363 789',
    '+84859363789',
    '02383 123 456',
    '1900 1234',
    '(0859) 363-789',
    '0859–363–789',
    '0859/363/789',
    '0859 - 363 - 789',
    '0859 363 789',
  ])('finds %s', (text) => expect(findPhone(`Gọi ${text} nhé`)).toBeDefined());

  test.each([
    'gọi 115 nếu khó thở',
    'ngày 10/7/2020',
    'mã 29123456',
    'Nghị định 248/2026/NĐ-CP',
    '30 × 30 cm',
    '2026-11-22',
    'từ 07/2025 tới 12/2026',
    '07/2025 – 12/2026',
    '22.11.2026 – 30.11.2026',
    '01/07/2025 – 31/12/2026',
    '08:00–10:00 ngày 01/12/2026',
  ])('lets "%s" pass', (text) => expect(findPhone(text)).toBeUndefined());
});

describe('findSuperlatives', () => {
  test.each([
    ['Giá rẻ nhất thành phố', ['rẻ nhất']],
    ['dịch vụ Tốt Nhất', ['Tốt Nhất']],
    ['Đơn vị duy nhất ở Vinh', ['duy nhất']],
    ['công ty số một về vệ sinh', ['số một']],
    ['Đội số 1 tại Nghệ An', ['số 1']],
    ['chất lượng bậc nhất', ['bậc nhất']],
    ['nhà cung cấp hàng đầu', ['hàng đầu']],
    ['No.1 tại Vinh', ['No.1']],
    ['uy tín nhất, nhanh nhất', ['tín nhất', 'nhanh nhất']],
  ])('flags "%s"', (text, expected) => {
    expect(findSuperlatives(text)).toEqual(expected);
  });

  test.each([
    'Hai bên thống nhất giá trước khi làm',
    'Chờ ít nhất 15 phút, nhiều nhất 20 phút',
    'Trả lời chậm nhất trong 7 ngày làm việc',
    'Lần thứ nhất lau khô',
    'Nhất định phải mở cửa',
    'Vết ở chỗ nhất định',
    'Chủ nhật đội nghỉ',
    'Đặt an toàn lên hàng đầu',
    'Đi theo đường số 1, nhà số 12',
    'Bước số 1: hút bụi',
    'Vặn ốc số 1 trên hình',
    'Việc lau nhà quan trọng, nhất là sau mưa',
    'Pha theo tỷ số 1:10',
  ])('lets "%s" pass', (text) => {
    expect(findSuperlatives(text)).toEqual([]);
  });
});
