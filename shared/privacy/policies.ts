import * as v from 'valibot';
import published from '../../content/policies/published/index.json' with { type: 'json' };
import { parseContent } from '../content/parse-content.ts';

/** One frozen version of a policy: its number from 1, its day, and the SHA-256 (hex) of the frozen HTML fragment's bytes. */
const VersionSchema = v.strictObject({
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  date: v.pipe(v.string(), v.isoDate()),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  changes: v.string(),
});

/** Slug of the personal-data policy that forms refer to. */
export const PRIVACY_POLICY = 'bao-mat-thong-tin';

/** Slug of the payment policy, whose page shows the company's bank account. */
export const PAYMENT_POLICY = 'thanh-toan';

export type PolicyVersion = v.InferOutput<typeof VersionSchema>;

/** `content/policies/published/index.json`. */
export const PolicyVersionsSchema = v.record(v.string(), v.array(VersionSchema));

/** Published versions by policy slug, oldest first; written by `npm run policy -- publish` only. */
export const publishedPolicies: Readonly<Record<string, readonly PolicyVersion[]>> = parseContent(
  'content/policies/published/index.json',
  PolicyVersionsSchema,
  published,
);

/** The version of the personal-data policy in force, or undefined before the first publication. */
export function currentPrivacyPolicy(): PolicyVersion | undefined {
  return publishedPolicies[PRIVACY_POLICY]?.at(-1);
}

/** The published version of the personal-data policy with a number, as a form names it ("3"). */
export function findPrivacyPolicy(version: string): PolicyVersion | undefined {
  return publishedPolicies[PRIVACY_POLICY]?.find((one) => String(one.version) === version);
}
