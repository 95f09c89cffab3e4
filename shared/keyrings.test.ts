import { describe, expect, test } from 'vitest';
import { findKeyringFault, keyringNames } from './keyrings.ts';

const key = (bytes: number) => `whsec_${btoa('k'.repeat(bytes))}`;

describe('findKeyringFault', () => {
  test.each(keyringNames)('finds nothing in %s with keys of 32 bytes', (name) => {
    expect(findKeyringFault(name, ` ${key(32)}\n${key(32)} `)).toBeNull();
  });

  test.each(
    keyringNames.flatMap((name) => [
      [name, undefined, 'chưa có khóa'],
      [name, ' \n', 'chưa có khóa'],
      [name, key(1), 'có khóa ngắn hơn 32 byte'],
      [name, key(31), 'có khóa ngắn hơn 32 byte'],
      [name, `${key(32)} ${key(31)}`, 'có khóa ngắn hơn 32 byte'],
      [name, 'whsec_', 'có khóa ngắn hơn 32 byte'],
      [name, key(32).slice('whsec_'.length), 'có khóa không viết đúng dạng whsec_<base64>'],
      [name, 'whsec_not-base64', 'có khóa không viết đúng dạng whsec_<base64>'],
      [name, `${key(32)}%`, 'có khóa không viết đúng dạng whsec_<base64>'],
    ]),
  )('says of %s = %j that it %s', (name, text, fault) => {
    const sentence = findKeyringFault(name, text);
    expect(sentence).toContain(`${name} ${fault}`);
    expect(sentence).not.toMatch(/whsec_(?!<)/);
  });

  test('takes longer keys for signatures, and not for AES', () => {
    expect(findKeyringFault('STAFF_KEYS', key(64))).toBeNull();
    expect(findKeyringFault('SEAL_KEYS', key(33))).toContain('có khóa dài hơn 32 byte');
  });
});
