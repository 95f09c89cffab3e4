import { describe, expect, test } from 'vitest';
import { findSuperlatives } from './superlatives.ts';

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
