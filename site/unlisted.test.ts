import { expect, test } from 'vitest';
import { isUnlisted } from './unlisted.ts';

test.each([
  '/don/',
  '/don/TS-8K3M2QX/',
  '/viec/',
  '/khung/lich/',
  '/khung/chinh-sach/bao-mat/',
  '/tim-kiem/',
  '/admin/',
  '/404/',
  '/404.html',
  '/404',
  '/chinh-sach/bao-mat/3/',
])('%s is unlisted', (path) => {
  expect(isUnlisted(path)).toBe(true);
});

test.each([
  '/',
  '/tin-tuc/404-dieu-can-biet/',
  '/tin-tuc/404/',
  '/tin-tuc/viec/',
  '/tin-tuc/don/',
  '/tin-tuc/don/viec/',
  '/tin-tuc/tim-kiem/',
  '/tin-tuc/admin/',
  '/tin-tuc/khung/',
  '/tin-tuc/chu-de/viec/',
  '/dich-vu/404/',
  '/chinh-sach/404/',
  '/chinh-sach/bao-mat/',
  '/don-dep/',
])('%s is listed', (path) => {
  expect(isUnlisted(path)).toBe(false);
});
