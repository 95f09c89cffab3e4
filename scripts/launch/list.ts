import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { bookingRules, company, services } from '../../shared/content/catalogue.ts';
import { LaunchSchema } from '../../shared/content/launch.ts';
import { parseContent } from '../../shared/content/parse-content.ts';
import {
  PRIVACY_POLICY,
  currentPrivacyPolicy,
  publishedPolicies,
} from '../../shared/privacy/policies.ts';
import { ROOT } from '../tools/environment.mjs';
import { readPolicies } from '../policy/publish.ts';
import { readWranglerConfig } from '../tools/wrangler-config.ts';
import { findLocalKeyFaults } from '../tools/secrets.mjs';
import { checkLocalKeys, checkWrangler } from './cloudflare.ts';
import {
  REVIEW_FILE,
  checkCatalogue,
  checkCompany,
  checkConfirmations,
  checkDrafts,
  checkPolicies,
  checkReview,
} from './content.ts';
import { type Finding, todo } from './finding.ts';

/** Everything to do before the site goes live; a preview (`env`) needs only resources and an address of its own. */
export function listFindings(env?: string): Finding[] {
  const config = readWranglerConfig(env);
  const keys = checkLocalKeys(findLocalKeyFaults());
  if (env !== undefined) {
    const vars = { PUBLIC_ORIGIN: config.vars['PUBLIC_ORIGIN'] ?? '' };
    return [...checkWrangler({ ...config, vars }, env), ...keys];
  }
  const file = 'content/launch.json';
  const owners = path.join(ROOT, '.github/CODEOWNERS');
  const data: unknown = JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'));
  const slugs = readdirSync(path.join(ROOT, 'content/policies'))
    .filter((name) => name.endsWith('.mdx'))
    .map((name) => name.replace('.mdx', ''));
  return [
    ...checkCompany(company),
    ...checkCatalogue(bookingRules, services),
    ...checkPolicies(slugs, publishedPolicies, PRIVACY_POLICY),
    // Drafts are read from the built site.
    ...(existsSync(path.join(ROOT, 'dist/khung')) ? checkDrafts(readPolicies(ROOT)) : []),
    ...checkReview(currentPrivacyPolicy(), readReviewed()),
    ...checkConfirmations(parseContent(file, LaunchSchema, data), slugs, {
      letters: bookingRules.marketing,
      english: existsSync(path.join(ROOT, 'content/en.mdx')),
    }),
    ...checkWrangler(config),
    ...keys,
    ...checkOwners(existsSync(owners) ? readFileSync(owners, 'utf8') : ''),
  ];
}

/** The team that GitHub asks before code is merged; as shipped the file names nobody. */
export function checkOwners(owners: string): Finding[] {
  if (!owners.includes('@example-organisation/')) return [];
  return [todo('.github/CODEOWNERS', 'Dùng GitHub thì ghi đội người lập trình được duyệt mã.')];
}

/** SHA-256 of the policy that was compared with what the law asks for; empty where the document names none. */
function readReviewed(): string {
  const text = readFileSync(path.join(ROOT, REVIEW_FILE), 'utf8');
  return /SHA-256 `([0-9a-f]{64})`/.exec(text)?.[1] ?? '';
}

/** The findings as lines for the owner, red lines first. */
export function formatFindings(findings: readonly Finding[]): string {
  const lines = (level: Finding['level']) =>
    findings
      .filter((one) => one.level === level)
      .map(({ place, message }) => `  ${place}\n    ${message}`);
  const [reds, todos] = [lines('red'), lines('todo')];
  return [
    ...(reds.length > 0 ? [`Phải xong mới được đưa trang lên (${reds.length}):`, ...reds] : []),
    ...(todos.length > 0 ? [`Nên xem, không chặn (${todos.length}):`, ...todos] : []),
    ...(findings.length === 0 ? ['Không còn gì phải làm trước khi đưa trang lên.'] : []),
  ].join('\n');
}
