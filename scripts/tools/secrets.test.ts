import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ensureLocalSecrets } from './secrets.mjs';

let folder: string;
const file = () => path.join(folder, '.dev.vars');

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('ensureLocalSecrets', () => {
  test('writes three different keys that only the owner may read', () => {
    ensureLocalSecrets(folder);
    const keys = [...readFileSync(file(), 'utf8').matchAll(/^(\w+)="whsec_(.{44})"$/gm)];
    expect(keys.map(([, name]) => name)).toEqual(['SEAL_KEYS', 'LINK_KEYS', 'DISPATCH_KEYS']);
    expect(new Set(keys.map(([, , key]) => key)).size).toBe(3);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  test('keeps what is there and adds what is missing', () => {
    writeFileSync(file(), 'OTHER=1\nLINK_KEYS="mine"');
    ensureLocalSecrets(folder);
    const text = readFileSync(file(), 'utf8');
    expect(text.startsWith('OTHER=1\nLINK_KEYS="mine"\nSEAL_KEYS=')).toBe(true);
    ensureLocalSecrets(folder);
    expect(readFileSync(file(), 'utf8')).toBe(text);
  });
});
