import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { referrerPolicy, securityHeaders } from '../../shared/headers.ts';

/** The headers that `public/_headers` gives to the addresses of one pattern. */
function readRule(pattern: string): Record<string, string> {
  const rules = readFileSync('public/_headers', 'utf8').split('\n\n');
  const lines =
    rules
      .find((rule) => rule.startsWith(`${pattern}\n`))
      ?.split('\n')
      .slice(1) ?? [];
  return Object.fromEntries(
    lines.map((line) => {
      const [name = '', ...value] = line.trim().split(': ');
      return [name, value.join(': ')];
    }),
  );
}

describe('public/_headers', () => {
  test('gives assets what the Worker gives its own answers, and what pages load ahead', () => {
    expect(readRule('/*')).toEqual({
      ...securityHeaders,
      'Speculation-Rules': '"/speculation-rules.json"',
    });
  });

  test('binds the names below it to https only after the owner confirmed that all of them have it', () => {
    const { confirmed } = JSON.parse(readFileSync('content/launch.json', 'utf8')) as {
      confirmed: Record<string, string>;
    };
    const value = securityHeaders['Strict-Transport-Security'] ?? '';
    const isWide = /includeSubDomains|preload/.test(value);
    expect(isWide && !confirmed['subdomainsHttps']).toBe(false);
  });
});

describe('referrerPolicy', () => {
  test.each(['/don', '/don/', '/don/TS-1234567/du-lieu/', '/viec', '/viec/lich/a.b/', '/viec/a/'])(
    'keeps the token in the address of %s from whatever that page asks for',
    (path) => {
      expect(referrerPolicy(path)).toBe('strict-origin');
    },
  );

  test.each(['/', '/dat-lich/', '/api/bookings', '/donut/', '/dich-vu/don/'])(
    'is that of every page for %s',
    (path) => {
      expect(referrerPolicy(path)).toBe('same-origin');
    },
  );
});
