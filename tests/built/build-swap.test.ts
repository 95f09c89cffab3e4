import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildCheckout, makeCheckout } from './checkout.ts';

const SERVED = '<p>what is being served</p>';

let house: ReturnType<typeof makeCheckout>;

beforeAll(() => {
  house = makeCheckout();
  mkdirSync(path.join(house.folder, 'dist'));
  writeFileSync(path.join(house.folder, 'dist', 'index.html'), SERVED);
});

afterAll(() => house.remove());

test('a bad commit leaves what is served untouched and says why', () => {
  const article = path.join(house.folder, 'content/news/cach-lam-sach-tuong-son.mdx');
  const text = readFileSync(article, 'utf8');
  writeFileSync(article, text.replace(/^topic: .*$/m, 'topic: be-boi'));
  const { status, stdout, stderr } = buildCheckout(house.folder);
  expect(status).not.toBe(0);
  expect(`${stdout}${stderr}`).toContain('Chủ đề không có trong content/topics.json');
  expect(`${stdout}${stderr}`).toContain('what is being served stays as it was');
  expect(readFileSync(path.join(house.folder, 'dist', 'index.html'), 'utf8')).toBe(SERVED);
});
