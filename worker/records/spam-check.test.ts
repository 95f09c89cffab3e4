import { expect, test } from 'vitest';
import { formSpamReason, textSpamReason } from './spam-check';

test.each([
  ['https://www.facebook.com/a và https://maps.app.goo.gl/b', null],
  ['https://www.google.com/maps?q=https://www.a.test và www.b.test', null],
  ['http://a.test http://b.test www.c.test', 'links'],
  ['http://a.test,http://b.test,http://c.test', 'links'],
  ['a.vn/login b.vn/login c.vn/login', 'links'],
  ['Xem (vay-nhanh.com), ｓｈｏｐ.top; "thuong.xyz"!', 'links'],
  ['trang a.vn:8080/x|b.vn#y|c.vn?z=1', 'links'],
  ['hai trang thôi: a.vn/login b.vn/login', null],
  ['an@gmail.com, binh@gmail.com, chi@gmail.com', null],
  ['Nhà 2.5 tầng.Cửa sau khóa.Gọi trước 1.5 giờ.Cảm ơn', null],
  ['1.5/2 phòng, 3.5/4 bếp, 2.5/3 tầng, ngày 1.12 đến 3.12', null],
  ['Địa chỉ: P.302/CT1, Q.1/2, T.3/4 rồi gọi', null],
])('a note with %s: %s', (note, reason) => {
  expect(textSpamReason({}, note)).toBe(reason);
});

const now = new Date('2026-11-23T02:00:00.000Z');
const opened = (ms: number) => ({
  nonce: 'n',
  firstAt: new Date(now.getTime() - ms),
  isExpired: false,
});

test.each([
  ['no intent', null, 'intent'],
  ['an intent of 1.999 s', opened(1_999), 'swift'],
  ['an intent of 2 s', opened(2_000), null],
])('a form with %s: %s', (_kind, intent, reason) => {
  expect(formSpamReason(intent, now)).toBe(reason);
});
