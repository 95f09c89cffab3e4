import type { PolicyVersion } from '../../shared/privacy/policies.ts';
import type { PolicyState } from '../policy/publish.ts';
import { type Finding, red, todo } from './finding.ts';

/** Policies of which no version was published: forms name the personal-data policy, so it stops. */
export function checkPolicies(
  slugs: readonly string[],
  published: Readonly<Record<string, readonly PolicyVersion[]>>,
  privacy: string,
): Finding[] {
  const open = slugs.filter((slug) => (published[slug] ?? []).length === 0);
  return open.map((slug) =>
    (slug === privacy ? red : todo)(
      `content/policies/${slug}.mdx`,
      'Chưa công bố bản nào: xem lại nội dung rồi chạy npm run policy -- publish.',
    ),
  );
}

/** Policies whose prose or tables have moved on since their newest version. */
export function checkDrafts(policies: readonly PolicyState[]): Finding[] {
  return policies
    .filter(({ state }) => state === 'changed')
    .map(({ slug }) =>
      todo(
        `content/policies/${slug}.mdx`,
        `Đã đổi so với bản đã công bố: xem lại rồi chạy npm run policy -- publish ${slug}.`,
      ),
    );
}
