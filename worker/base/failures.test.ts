import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import {
  classifyFailure,
  isServiceFailure,
  SettingError,
  TimeoutError,
  UncertainError,
} from './failures.ts';

describe('classifyFailure', () => {
  test.each([
    ['d1-overload', new Error('D1_ERROR: D1 DB is overloaded. Too many requests queued.')],
    ['d1-limit', new Error('D1_ERROR: D1 DB exceeded its CPU time limit and was reset.')],
    ['d1-limit', new Error('D1_ERROR: Exceeded maximum DB size')],
    ['d1-reset', new Error('D1_ERROR: D1 DB reset because its code was updated.')],
    [
      'd1-reset',
      new Error(
        'D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.',
      ),
    ],
    ['d1-network', new Error('D1_ERROR: Network connection lost.')],
    ['d1-other', new Error('D1_ERROR: what nobody has seen yet')],
    ['kv-429', new Error('KV PUT failed: 429 Too Many Requests')],
    ['kv-down', new Error('KV GET failed: 500 Internal Server Error')],
    ['network', new Error('Network connection lost.')],
    ['timeout', new TimeoutError()],
    ['setting', new SettingError('SEAL_KEYS is empty')],
    [
      'd1-network',
      new UncertainError('', { cause: new Error('D1_ERROR: Network connection lost.') }),
    ],
    ['other', new Error('D1_ERROR: no such table: t: SQLITE_ERROR')],
    ['other', new Error('Nguyễn Thị Hoa, 0912 345 678')],
    ['other', 'Nguyễn Thị Hoa, 0912 345 678'],
  ])('says %s of %s', (name, error) => {
    expect(classifyFailure(error)).toBe(name);
  });
});

describe('isServiceFailure', () => {
  test.each([
    new Error('D1_ERROR: Network connection lost.'),
    new Error('D1_ERROR: D1 DB is overloaded. Requests queued for too long.'),
    new Error('D1_ERROR: database or disk is full: SQLITE_FULL'),
    new Error('KV GET failed: 500 Internal Server Error'),
    new Error('KV PUT failed: 429 Too Many Requests'),
    new Error('Network connection lost.'),
    new Error('internal error; reference = jtnel46qhlhliike4s3dktur'),
    new DOMException('The operation was aborted due to timeout', 'TimeoutError'),
    new TimeoutError(),
    new SettingError('SEAL_KEYS is empty'),
  ])('is true for %s', (error) => {
    expect(isServiceFailure(error)).toBe(true);
  });

  test.each([
    new TypeError('x is not a function'),
    new TypeError('Invalid header value.'),
    new Error('D1_ERROR: no such table: t: SQLITE_ERROR'),
    new Error(
      'D1_ERROR: UNIQUE constraint failed: bookings.id: SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_PRIMARYKEY)',
    ),
    new Error('D1_ERROR: Wrong number of parameter bindings for SQL query.'),
    new Error("D1_TYPE_ERROR: Type 'undefined' not supported for value 'undefined'"),
    new Error(
      'KV PUT failed: 400 Invalid expiration_ttl of 5. Expiration TTL must be at least 60.',
    ),
    new Error('A count without a row'),
    'a text',
    null,
  ])('is false for %s', (error) => {
    expect(isServiceFailure(error)).toBe(false);
  });

  // Asked of the runtime itself, so that an update that words them otherwise is noticed.
  test.each<[string, string, () => Promise<unknown>]>([
    ['statement', 'D1_ERROR', () => env.DB.prepare('select missing from bookings').all()],
    ['value', 'D1_TYPE_ERROR', () => env.DB.prepare('select ?').bind(undefined).all()],
    ['expiry', 'KV PUT failed: 400', () => env.VAULT.put('id', 'key', { expirationTtl: 1 })],
  ])('is false for what the runtime says of a wrong %s', async (_, message, call) => {
    const error: unknown = await Promise.resolve()
      .then(call)
      .catch((thrown: unknown) => thrown);
    expect(String(error)).toContain(message);
    expect(isServiceFailure(error)).toBe(false);
  });
});
