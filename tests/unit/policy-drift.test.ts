import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { publishedPolicies } from '../../shared/privacy/policies.ts';
import { describeDrift, findPolicyDrift } from '../../shared/privacy/policy-drift.ts';

const FOLDER = new URL('../../content/policies/published/', import.meta.url);

function readFragment(slug: string, version: number): string {
  return readFileSync(new URL(`${slug}/${version}.html`, FOLDER), 'utf8');
}

const versions = Object.entries(publishedPolicies).flatMap(([slug, list]) =>
  list.map((version) => ({ slug, ...version })),
);

describe('A published policy', () => {
  test.each(versions)('$slug version $version has the bytes its hash names', (version) => {
    const bytes = readFragment(version.slug, version.version);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(version.sha256);
  });

  test.each(Object.keys(publishedPolicies))('%s says what the register says', (slug) => {
    const newest = publishedPolicies[slug]?.at(-1)?.version ?? 0;
    const drifts = findPolicyDrift(readFragment(slug, newest));
    expect(drifts.map((drift) => describeDrift(slug, newest, drift))).toEqual([]);
  });

  test('has versions numbered from 1 without gaps, days in order', () => {
    for (const list of Object.values(publishedPolicies)) {
      expect(list.map(({ version }) => version)).toEqual(list.map((_, index) => index + 1));
      expect(list.map(({ date }) => date).toSorted()).toEqual(list.map(({ date }) => date));
    }
  });
});

describe('findPolicyDrift', () => {
  test('finds a period that the register has outgrown and says what to publish', () => {
    const [drift] = findPolicyDrift(
      '<p>giữ <span data-register="Retention:completed">6 tháng</span></p>',
    );
    expect(drift).toEqual({ key: 'Retention:completed', published: '6 tháng', now: '12 tháng' });
    if (drift === undefined) throw new Error('No drift');
    expect(describeDrift('bao-mat-thong-tin', 3, drift)).toContain(
      'npm run policy -- publish bao-mat-thong-tin',
    );
  });

  test('leaves words alone that no register stands behind', () => {
    expect(findPolicyDrift('<p>giữ <span>6 tháng</span></p>')).toEqual([]);
  });
});
