import { expect, test } from 'vitest';
import { rewordQuery } from './query.ts';

test.each([
  ['E-mail', 'email'],
  ['giờ làm việc', 'khung giờ'],
  ['gio lam viec', 'khung giờ'],
  ['gửi e-mail ở đâu', 'gui email o dau'],
  ['hotline?', 'số điện thoại'],
  ['hotline:', 'số điện thoại'],
  ['sdt?', 'số điện thoại'],
  ['gmail?', 'email'],
  ['(e-mail)', 'email'],
  ['“Hotline”…', 'số điện thoại'],
  ['giờ mở cửa, giá', 'khung giờ gia'],
  ['vỡ', 'đồ đạc hỏng'],
  ['làm vỡ bình', 'đồ đạc hỏng'],
  ['lam vo do', 'đồ đạc hỏng'],
  ['hỏng', 'đồ đạc hỏng'],
  ['đền', 'đồ đạc hỏng'],
  ['đền bù', 'đồ đạc hỏng'],
  ['vỏ ghế', null],
  ['đèn hiên', null],
  ['ổ cắm hỏng', null],
  ['giặt sofa', null],
  ['email', null],
  ['emailer', null],
])('reads “%s” as %j', (query, words) => {
  expect(rewordQuery(query)).toBe(words);
});
