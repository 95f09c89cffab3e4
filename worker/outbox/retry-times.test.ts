import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { later } from '../../shared/time';
import { nextAttemptAt, readRetryAfter } from './retry-times';

const now = new Date('2026-11-23T02:00:00.000Z');
const failed = { deliveryId: 'd', attempts: 1, createdAt: now, now, notBefore: null };

describe('nextAttemptAt', () => {
  test.each([
    [1, 1],
    [2, 5],
    [3, 30],
    [4, 120],
    [5, 300],
    [6, 600],
    [7, 1200],
  ])('waits after attempt %i about %i minutes', (attempts, minutes) => {
    const next = nextAttemptAt({ ...failed, attempts });
    const waited = ((next?.getTime() ?? 0) - now.getTime()) / 60_000;
    expect(waited).toBeGreaterThanOrEqual(minutes);
    expect(waited).toBeLessThanOrEqual(minutes * 1.1);
  });

  test('gives up after the eighth attempt once the last retry has passed', () => {
    const createdAt = later(now, { hours: -38 });
    expect(nextAttemptAt({ ...failed, attempts: 8, createdAt })).toBeNull();
  });

  test('does not give up early where a channel that came and went used attempts up', () => {
    const createdAt = later(now, { hours: -3 });
    expect(nextAttemptAt({ ...failed, attempts: 20, createdAt })).not.toBeNull();
  });

  test('waits as long as the receiver asks, and never shorter than the plan', () => {
    const ask = (minutes: number, attempts = 1) =>
      nextAttemptAt({ ...failed, attempts, notBefore: later(now, { minutes }) });
    expect(ask(40)).toEqual(later(now, { minutes: 40 }));
    expect(ask(1, 4)).toEqual(nextAttemptAt({ ...failed, attempts: 4 }));
  });

  test('is the same again for the same attempt, and always later than now', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.integer({ min: 1, max: 7 }), (deliveryId, attempts) => {
        const first = nextAttemptAt({ ...failed, deliveryId, attempts });
        expect(first).toEqual(nextAttemptAt({ ...failed, deliveryId, attempts }));
        expect((first?.getTime() ?? 0) > now.getTime()).toBe(true);
      }),
    );
  });
});

describe('readRetryAfter', () => {
  test.each([
    ['120', later(now, { minutes: 2 })],
    ['Mon, 23 Nov 2026 02:10:00 GMT', later(now, { minutes: 10 })],
    ['999999', later(now, { hours: 2 })],
    ['Mon, 30 Nov 2026 02:10:00 GMT', later(now, { hours: 2 })],
    ['soon', null],
    [null, null],
  ])('reads %s', (header, expected) => {
    expect(readRetryAfter(header, now)).toEqual(expected);
  });
});
