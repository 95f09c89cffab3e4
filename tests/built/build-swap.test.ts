import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../../scripts/environment.mjs';

const PARTS = [
  ...['content', 'public', 'scripts', 'shared', 'site'],
  ...['astro.config.mjs', 'package.json', 'tsconfig.json', 'wrangler.toml'],
];
const SERVED = '<p>what is being served</p>';

let house: string;

beforeAll(() => {
  // A checkout of its own that serves its own dist.
  house = mkdtempSync(path.join(tmpdir(), 'house-'));
  for (const part of PARTS) {
    cpSync(path.join(ROOT, part), path.join(house, part), { recursive: true });
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(house, 'node_modules'));
  mkdirSync(path.join(house, 'dist'));
  writeFileSync(path.join(house, 'dist', 'index.html'), SERVED);
});

afterAll(() => rmSync(house, { recursive: true }));

test('a bad commit leaves what is served untouched and says why', () => {
  const article = path.join(house, 'content/news/cach-lam-sach-tuong-son.mdx');
  const text = readFileSync(article, 'utf8');
  writeFileSync(article, text.replace(/^topic: .*$/m, 'topic: be-boi'));
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/build.mjs'], {
    cwd: house,
    encoding: 'utf8',
  });
  expect(status).not.toBe(0);
  expect(`${stdout}${stderr}`).toContain('Chủ đề không có trong content/topics.json');
  expect(`${stdout}${stderr}`).toContain('what is being served stays as it was');
  expect(readFileSync(path.join(house, 'dist', 'index.html'), 'utf8')).toBe(SERVED);
});
