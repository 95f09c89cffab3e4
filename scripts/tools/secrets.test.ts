import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { keyringNames } from '../../shared/keyrings.ts';
import { fromBase64Url, toBase64Url } from '../../worker/base/encoding.ts';
import { ensureLocalSecrets, findLocalKeyFaults } from './secrets.mjs';

let folder: string;
const file = () => path.join(folder, '.dev.vars');

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('ensureLocalSecrets', () => {
  test('writes a different key for each name that only the owner may read', () => {
    ensureLocalSecrets(folder);
    const keys = [...readFileSync(file(), 'utf8').matchAll(/^(\w+)="whsec_(.{44})"$/gm)];
    expect(keys.map(([, name]) => name)).toEqual(keyringNames);
    expect(new Set(keys.map(([, , key]) => key)).size).toBe(keyringNames.length);
    expect(findLocalKeyFaults(folder)).toEqual([]);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  test('writes a pair for push that can sign, and finds one that is written wrong', async () => {
    ensureLocalSecrets(folder);
    const [, point = '', d] =
      /^VAPID_KEYS="([\w-]{87})\.([\w-]{43})"$/m.exec(readFileSync(file(), 'utf8')) ?? [];
    const bytes = fromBase64Url(point) ?? new Uint8Array();
    const [x, y] = [bytes.slice(1, 33), bytes.slice(33)].map(toBase64Url);
    const jwk = { kty: 'EC', crv: 'P-256', x, y, d };
    const curve = { name: 'ECDSA', namedCurve: 'P-256' };
    expect((await crypto.subtle.importKey('jwk', jwk, curve, false, ['sign'])).type).toBe(
      'private',
    );
    writeFileSync(file(), 'VAPID_KEYS="mine"\n');
    expect(findLocalKeyFaults(folder).join()).toContain('npm run keys -- push');
  });

  test('keeps what is there and adds what is missing', () => {
    writeFileSync(file(), 'OTHER=1\nLINK_KEYS="mine"');
    ensureLocalSecrets(folder);
    const text = readFileSync(file(), 'utf8');
    expect(text.startsWith('OTHER=1\nLINK_KEYS="mine"\nSEAL_KEYS=')).toBe(true);
    ensureLocalSecrets(folder);
    expect(readFileSync(file(), 'utf8')).toBe(text);
  });

  test('adds the keys of staff links to a file of before they had their own', () => {
    const before = ['SEAL_KEYS', 'LINK_KEYS', 'DISPATCH_KEYS'].map((name) => `${name}="mine"\n`);
    writeFileSync(file(), before.join(''));
    ensureLocalSecrets(folder);
    expect(readFileSync(file(), 'utf8')).toMatch(/^STAFF_KEYS="whsec_.{44}"$/m);
  });
});

describe('findLocalKeyFaults', () => {
  test.each(keyringNames)('says that a key of %s is too short or missing', (name) => {
    ensureLocalSecrets(folder);
    const text = readFileSync(file(), 'utf8');
    const put = (value: string) =>
      writeFileSync(file(), text.replace(new RegExp(`^${name}=.*$`, 'm'), `${name}=${value}`));
    put('whsec_QQ==');
    expect(findLocalKeyFaults(folder)).toEqual([
      `${name} có khóa ngắn hơn 32 byte: tạo khóa mới bằng npm run keys.`,
    ]);
    put('');
    expect(findLocalKeyFaults(folder)[0]).toContain(`${name} chưa có khóa`);
  });

  test('finds nothing where there is no file', () => {
    expect(findLocalKeyFaults(folder)).toEqual([]);
  });
});
