import { describe, expect, test } from 'vitest';
import { later } from '../../shared/time';
import { type ActionSubject, issueActionToken, versionOfActionToken } from './links';
import { readLinkKeys } from './tokens';

const now = new Date('2026-11-23T02:00:00.000Z');
const keys = readLinkKeys(`whsec_${btoa('k'.repeat(32))}`);
const signing = { keys, now };
const record: ActionSubject = { role: 'staff', id: 'a-record', version: 105 };

describe('versionOfActionToken', () => {
  test('reads the version that the token was issued for', async () => {
    const token = await issueActionToken(signing, { ...record, version: 3 });
    expect(token).toMatch(/^3\./);
    expect(await versionOfActionToken(signing, token, record)).toBe(3);
  });

  test.each([
    ['the customer', { ...record, role: 'customer' as const }],
    ['the data page', { ...record, role: 'data' as const }],
    ['the second form to erase', { ...record, role: 'erase' as const }],
    ['another record', { ...record, id: 'another' }],
    ['a record of a lower version', { ...record, version: 2 }],
  ])('is null for %s', async (_, other) => {
    const token = await issueActionToken(signing, { ...record, version: 3 });
    expect(await versionOfActionToken(signing, token, other)).toBeNull();
  });

  test('is null where the version was changed by hand', async () => {
    const token = await issueActionToken(signing, { ...record, version: 3 });
    for (const forged of [
      `4${token.slice(1)}`,
      `03${token.slice(1)}`,
      `-3${token.slice(1)}`,
      `x${token}`,
    ]) {
      expect(await versionOfActionToken(signing, forged, record)).toBeNull();
    }
  });

  test('is null after 30 minutes', async () => {
    const token = await issueActionToken(signing, record);
    const last = { keys, now: later(now, { minutes: 30 }) };
    expect(await versionOfActionToken(last, token, record)).toBe(105);
    const over = { keys, now: later(now, { minutes: 30, ms: 1 }) };
    expect(await versionOfActionToken(over, token, record)).toBeNull();
  });

  test.each(['', '.', '..', '3.', '3..', 'a.b.c.d'])('is null for %j', async (token) => {
    expect(await versionOfActionToken(signing, token, record)).toBeNull();
  });
});
