import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { securityHeaders } from '../../shared/headers.ts';

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
