import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../tools/environment.mjs';
import { checkContent } from './check.ts';
import { fixContent } from './fix.ts';

let root: string;

beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'content-'));
  for (const part of ['content', 'site/pages', 'wrangler.toml', 'tests/another-business']) {
    cpSync(path.join(ROOT, part), path.join(root, part), { recursive: true });
  }
});

afterAll(() => rmSync(root, { recursive: true }));

test('docs/another-business.md, followed to the letter, leaves nothing of the first company', async () => {
  const doc = readFileSync(path.join(ROOT, 'docs/another-business.md'), 'utf8');
  const [, commands = ''] = /```sh\n([^]*?)```/.exec(doc) ?? [];
  const { status, stderr } = spawnSync('sh', ['-ec', commands], { cwd: root, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  await fixContent(root);
  expect(await checkContent(root, new Date('2026-12-01T02:00:00Z'))).toEqual([]);
});
