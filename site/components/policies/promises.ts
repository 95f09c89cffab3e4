import type { PromiseWords } from '../../../shared/content/page-words.ts';
import { publishedPolicies } from '../../../shared/privacy/policies.ts';
import { policies } from '../../navigation.ts';
import { findHeadings, policyFragment } from './published-policies.ts';

export interface HeldPromise extends PromiseWords {
  /** The policy that holds it, at its section where the version in force has that one. */
  href: string;
}

/** Those promises whose policy is published: what no policy holds is not promised. */
export async function heldPromises(promises: readonly PromiseWords[]): Promise<HeldPromise[]> {
  const shown = new Set((await policies).map(({ id }) => id));
  return promises.flatMap((promise) => {
    const { policy, section } = promise;
    const version = publishedPolicies[policy]?.at(-1);
    if (version === undefined || !shown.has(policy)) return [];
    const headings = findHeadings(policyFragment(policy, version.version) ?? '');
    const at = headings.some(({ slug }) => slug === section) ? `#${section}` : '';
    return [{ ...promise, href: `/chinh-sach/${policy}/${at}` }];
  });
}
