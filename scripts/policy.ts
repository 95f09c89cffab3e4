import { rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { toVietnamDate } from '../shared/time.ts';
import { buildInto, buildSite } from './build.mjs';
import {
  listPolicyDrafts,
  type PolicyState,
  publishPolicy,
  readPolicies,
  refusePublication,
} from './policy/publish.ts';
import { readArguments, runCommand } from './tools/command.mjs';
import { ROOT } from './tools/environment.mjs';

const USAGE = `Cách dùng:
  npm run policy                     chính sách nào đã công bố, chính sách nào còn là bản nháp
  npm run policy -- publish          công bố mọi chính sách đã đổi
  npm run policy -- publish <tên>    công bố một chính sách, ví dụ bao-mat-thong-tin`;

const words: Readonly<Record<PolicyState['state'], string>> = {
  unpublished: 'bản nháp chưa công bố',
  changed: 'bản nháp chưa công bố: lời văn hoặc bảng đã đổi',
  same: 'đã công bố',
};

await runCommand(async () => {
  const [command = 'list', slug] = readArguments(USAGE, {}).words;
  if (command !== 'list' && command !== 'publish') throw new Error(USAGE);
  const policies = await readDrafts();
  if (command === 'list') return list(policies);
  const chosen = policies.filter((policy) => slug === undefined || policy.slug === slug);
  if (chosen.length === 0) {
    if (listPolicyDrafts(ROOT).includes(slug ?? ''))
      throw new Error(
        `Chính sách "${slug}" còn là bản nháp: viết xong thì đổi draft thành false trong content/policies/${slug}.mdx.`,
      );
    const names = policies.map((policy) => policy.slug).join(', ');
    throw new Error(`Không có chính sách "${slug}". Chọn trong: ${names}.`);
  }
  return publish(chosen);
});

/** Built beside the site that a running server serves, which stays as it is. */
async function readDrafts(): Promise<PolicyState[]> {
  const folder = path.join(ROOT, '.cache', `policy-${process.pid}`);
  try {
    await buildInto(folder);
    return readPolicies(ROOT, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function list(policies: readonly PolicyState[]): void {
  for (const name of listPolicyDrafts(ROOT)) console.log(`${name}: bản nháp, chưa có trang`);
  for (const { slug: name, newest, state } of policies) {
    const version = newest === null ? '' : `bản ${newest.version}, ${newest.date}: `;
    console.log(`${name}: ${version}${words[state]}`);
  }
}

async function publish(chosen: readonly PolicyState[]): Promise<void> {
  const changed = chosen.filter(({ state }) => state !== 'same');
  const refused = changed.flatMap((policy) => refusePublication(policy) ?? []);
  if (refused.length > 0) throw new Error(['Chưa công bố gì.', ...refused].join('\n'));
  for (const policy of changed) {
    const { version, sha256 } = publishPolicy(ROOT, policy, toVietnamDate(new Date()));
    console.log(`Đã công bố ${policy.slug} bản ${version}, SHA-256 ${sha256}`);
  }
  if (changed.length === 0) console.log('Không có gì mới để công bố.');
  else await buildSite();
}
