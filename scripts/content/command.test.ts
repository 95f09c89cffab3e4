import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { copySampleWithCommand } from '../../tests/another-business/sample.ts';
import { fixContent } from './fix.ts';

let root: string;
let facts: string;

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'content-'));
  copySampleWithCommand(root);
  await fixContent(root);
  facts = path.join(root, 'facts');
  cpSync(path.join(root, 'content'), facts, { recursive: true });
});

beforeEach(() => cpSync(facts, path.join(root, 'content'), { recursive: true }));
afterAll(() => rmSync(root, { recursive: true }));

function runContent(...args: string[]): { status: number | null; said: string; stderr: string } {
  const command = ['scripts/content.ts', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, said: stdout + stderr, stderr };
}

function spoil(name: string, from: string | RegExp, to: string): void {
  const file = path.join(root, 'content', name);
  const text = readFileSync(file, 'utf8');
  expect(text).toMatch(from);
  writeFileSync(file, text.replace(from, to));
}

const HOTLINE = 'content/company.json:6 · hotline · Viết liền 10 chữ số';

/** What is put where in a facts file, and what the check says of it. */
const mistakes: [name: string, from: string | RegExp, to: string, says: string][] = [
  ['company.json', '"DD-",', '"DD-"', 'content/company.json:6 · (cú pháp) · Sai cú pháp JSON'],
  [
    'services.json',
    '90000',
    '"90.000"',
    'content/services.json:14 · services.0.prices.0.amountVnd ·',
  ],
  ['topics.json', '"an-toan"', '"An toàn"', 'content/topics.json:4 · topics.0.id ·'],
  ['crews.json', /"doi-2"/, '"doi-1"', 'content/crews.json:2 · crews ·'],
  ['holidays.json', /"\d{4}-\d\d-\d\d"/, '"30/4"', 'content/holidays.json:4 · holidays.0.date ·'],
];

// Each test starts Node: only a process of its own reads the facts as it finds them.
describe('npm run content', () => {
  test('names a mistake in each facts file and its line', () => {
    for (const [name, from, to] of mistakes) spoil(name, from, to);
    const { status, said, stderr } = runContent('check');
    for (const [, , , says] of mistakes) expect(said).toContain(says);
    expect(said).toContain(`Nội dung: ${mistakes.length} lỗi.`);
    expect([status, stderr]).toEqual([1, '']);
  });

  test('mends what Notepad puts before the facts', () => {
    spoil('company.json', /^/, '\uFEFF');
    expect(runContent('check', '--fix').said).toBe(
      'Đã sửa cách viết: content/company.json\nNội dung: 0 lỗi.\n',
    );
  });

  test.each(['check', 'check --fix', 'new article Bài', 'schema', 'due'])(
    'names a mistake in the facts when asked to %s',
    (command) => {
      spoil('company.json', /"hotline": "\d+"/, '"hotline": "0859 363 78"');
      const { status, said } = runContent(...command.split(' '));
      expect(said).toContain(HOTLINE);
      expect(said).not.toMatch(/\n\s+at /);
      expect(status).toBe(1);
    },
  );
});
