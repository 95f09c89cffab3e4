import { expect, test } from 'vitest';
import { rewordQuery } from './rank.ts';

test.each([
  ['Email', 'thư điện tử'],
  ['giờ làm việc', 'khung giờ'],
  ['gio lam viec', 'khung giờ'],
  ['gửi email ở đâu', 'gui thư điện tử o dau'],
  ['giặt sofa', null],
  ['emailer', null],
])('reads “%s” as %j', (query, words) => {
  expect(rewordQuery(query)).toBe(words);
});
