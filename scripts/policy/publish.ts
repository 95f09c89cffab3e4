import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { extractDraft } from '../../shared/privacy/policy-fragment.ts';
import { PolicyVersionsSchema, type PolicyVersion } from '../../shared/privacy/policies.ts';

/** A policy's draft in the built site, beside its newest published version. */
export interface PolicyState {
  slug: string;
  /** HTML that the next publication would store. */
  draft: string;
  /** What the front matter says was changed. */
  changes: string;
  newest: PolicyVersion | null;
  state: 'unpublished' | 'changed' | 'same';
}

const PUBLISHED = path.join('content', 'policies', 'published');

/** Every policy, by slug; the site must have been built into `dist`. */
export function readPolicies(root: string): PolicyState[] {
  const index = readIndex(root);
  return readdirSync(path.join(root, 'content', 'policies'))
    .filter((file) => /\.mdx?$/.test(file))
    .toSorted()
    .map((file) => readPolicy(root, file, index));
}

/** Stores a policy's draft as its next version and adds it to the index. */
export function publishPolicy(root: string, policy: PolicyState, date: string): PolicyVersion {
  const version: PolicyVersion = {
    version: (policy.newest?.version ?? 0) + 1,
    date,
    sha256: createHash('sha256').update(policy.draft).digest('hex'),
    changes: policy.changes,
  };
  const folder = path.join(root, PUBLISHED, policy.slug);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${version.version}.html`), policy.draft, { flag: 'wx' });
  const index = readIndex(root);
  index[policy.slug] = [...(index[policy.slug] ?? []), version];
  const file = path.join(root, PUBLISHED, 'index.json');
  writeFileSync(file, `${JSON.stringify(index, null, 2)}\n`);
  return version;
}

function readIndex(root: string) {
  const text = readFileSync(path.join(root, PUBLISHED, 'index.json'), 'utf8');
  return v.parse(PolicyVersionsSchema, JSON.parse(text));
}

function readPolicy(
  root: string,
  file: string,
  index: Record<string, PolicyVersion[]>,
): PolicyState {
  const slug = file.replace(/\.mdx?$/, '');
  const page = path.join(root, 'dist', 'khung', 'chinh-sach', slug, 'index.html');
  const draft = extractDraft(readFileSync(page, 'utf8'));
  if (draft === null) throw new Error(`${page}: không có bản nháp. Chạy lại npm run build.`);
  const newest = index[slug]?.at(-1) ?? null;
  return { slug, draft, changes: readChanges(root, file), newest, state: compare() };

  function compare(): PolicyState['state'] {
    if (newest === null) return 'unpublished';
    const published = path.join(root, PUBLISHED, slug, `${newest.version}.html`);
    return readFileSync(published, 'utf8') === draft ? 'same' : 'changed';
  }
}

function readChanges(root: string, file: string): string {
  const text = readFileSync(path.join(root, 'content', 'policies', file), 'utf8');
  return /^changes: (.+)$/m.exec(text)?.[1]?.replace(/^(['"])(.*)\1$/, '$2') ?? '';
}
