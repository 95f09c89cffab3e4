import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../scripts/tools/environment.mjs';
import { PRIVACY_POLICY, publishedPolicies } from '../shared/privacy/policies.ts';

const DOC = path.join(ROOT, 'docs/noi-dung-chinh-sach.md');

/** What the law asks for and which policy was compared with it. */
export const reviewDocument = readFileSync(DOC, 'utf8');

/** The number of the published policy that was compared with it; undefined where content/ has another company's. */
export const reviewedVersion = publishedPolicies[PRIVACY_POLICY]?.find(({ sha256 }) =>
  reviewDocument.includes(sha256),
)?.version;
