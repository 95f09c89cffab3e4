import { describe, expect, test } from 'vitest';
import { phoneBucket } from './sender-hashes.ts';

const phone = '+84912345678';

describe('phoneBucket', () => {
  test('differs for every mistyped digit and every two swapped neighbours', () => {
    const slips = new Set<string>();
    for (let at = 3; at < phone.length; at += 1) {
      for (const digit of '0123456789') {
        slips.add(phone.slice(0, at) + digit + phone.slice(at + 1));
      }
      const [one = '', two = ''] = phone.slice(at, at + 2);
      slips.add(phone.slice(0, at) + two + one + phone.slice(at + 2));
    }
    slips.delete(phone);
    const same = [...slips].filter((slip) => phoneBucket(slip) === phoneBucket(phone));
    expect(slips.size).toBe(89);
    expect(same).toEqual([]);
  });

  test('is the same for 100 of the million numbers of one network block', () => {
    let fitting = 0;
    for (let n = 0; n < 1_000_000; n += 1) {
      const other = `+84912${String(n).padStart(6, '0')}`;
      if (phoneBucket(other) === phoneBucket(phone)) fitting += 1;
    }
    expect(fitting).toBe(100);
  });
});
