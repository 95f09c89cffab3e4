import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { parse } from 'yaml';
import { isUnfilled } from '../../shared/content/entry-fields.ts';
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
  /** Whether a place of the template is still unwritten. */
  isUnfilled: boolean;
}

const PUBLISHED = path.join('content', 'policies', 'published');

/** Every policy but drafts, by slug, as the site in a folder was built with it. */
export function readPolicies(root: string, site = path.join(root, 'dist')): PolicyState[] {
  const index = readIndex(root);
  return readdirSync(path.join(root, 'content', 'policies'))
    .filter((file) => /\.mdx?$/.test(file))
    .toSorted()
    .flatMap((file) => {
      const text = readFileSync(path.join(root, 'content', 'policies', file), 'utf8');
      const front = readFront(text);
      return front.draft === true ? [] : [readPolicy({ root, site, file, text, front, index })];
    });
}

/** The policies that their front matter keeps from the site, by slug. */
export function listPolicyDrafts(root: string): string[] {
  const folder = path.join(root, 'content', 'policies');
  return readdirSync(folder)
    .filter((file) => /\.mdx?$/.test(file))
    .filter((file) => readFront(readFileSync(path.join(folder, file), 'utf8')).draft === true)
    .map((file) => file.replace(/\.mdx?$/, ''));
}

/** Why a policy's new words cannot be published yet, as a sentence; null where they can. */
export function refusePublication({
  slug,
  state,
  changes,
  newest,
  isUnfilled,
}: PolicyState): string | null {
  const file = `content/policies/${slug}.mdx`;
  if (isUnfilled)
    return `${file} còn câu của bài mẫu ("Thay câu này"): viết câu thật rồi công bố lại.`;
  if (state !== 'changed' || newest?.changes !== changes) return null;
  return `${file}: "Bản này đổi gì" (changes) còn là lời của bản ${newest.version}: "${changes}". Ghi bản mới đổi gì so với bản ${newest.version}, rồi công bố lại.`;
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

interface PolicyFile {
  root: string;
  /** The folder of the built site. */
  site: string;
  file: string;
  text: string;
  front: Front;
  index: Record<string, PolicyVersion[]>;
}

function readPolicy({ root, site, file, text, front, index }: PolicyFile): PolicyState {
  const slug = file.replace(/\.mdx?$/, '');
  const page = path.join(site, 'khung', 'chinh-sach', slug, 'index.html');
  const draft = extractDraft(readFileSync(page, 'utf8'));
  if (draft === null) throw new Error(`${page}: không có bản nháp. Chạy lại npm run build.`);
  const newest = index[slug]?.at(-1) ?? null;
  const changes = front.changes ?? '';
  return { slug, draft, changes, newest, state: compare(), isUnfilled: isUnfilled(text) };

  function compare(): PolicyState['state'] {
    if (newest === null) return 'unpublished';
    const published = path.join(root, PUBLISHED, slug, `${newest.version}.html`);
    return readFileSync(published, 'utf8') === draft ? 'same' : 'changed';
  }
}

interface Front {
  changes?: string;
  draft?: boolean;
}

function readFront(text: string): Front {
  const [, yaml = ''] = /^\uFEFF?---\r?\n([\s\S]*?)\n---/.exec(text) ?? [];
  return (parse(yaml) ?? {}) as Front;
}
