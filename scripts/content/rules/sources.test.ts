import { expect, test } from 'vitest';
import { riskOf } from './sources.ts';

test.each([
  ['Pha thuốc tẩy theo nhãn.', 'thuốc tẩy'],
  ['Nước Javen loãng', 'Javen'],
  ['Lau bằng a-xít nhẹ.', 'a-xít'],
  ['Rắc vôi sống ở cửa.', 'vôi sống'],
  ['Ngắt cầu dao trước khi lau.', 'cầu dao'],
  ['Đặt máy phát điện ngoài trời.', 'máy phát điện'],
  ['Khóa van gas.', 'gas'],
  ['Đứng thang chữ A.', 'thang'],
  ['Lau từng bậc cầu thang, bấm thang máy.', undefined],
  ['Lau bậc thang, tay vịn.', undefined],
  ['Tẩy cặn vôi ở vòi, tường quét vôi.', undefined],
  ['Cầu vồng, cồng chiêng, thang điểm.', undefined],
])('of "%s" it is %s', (text, risk) => {
  expect(riskOf(text)).toBe(risk);
});
