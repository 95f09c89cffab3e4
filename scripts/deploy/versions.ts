import * as v from 'valibot';
import type { BankVariables } from '../../shared/bank.ts';
import { type Account, CloudflareRefusal } from '../tools/cloudflare-api.ts';

const DeploymentsSchema = v.object({
  deployments: v.array(
    v.object({
      created_on: v.string(),
      versions: v.array(v.object({ version_id: v.string(), percentage: v.number() })),
    }),
  ),
});

const VersionSchema = v.object({
  id: v.string(),
  metadata: v.object({ created_on: v.string() }),
  annotations: v.optional(
    v.object({
      'workers/message': v.nullish(v.string(), ''),
      'workers/tag': v.nullish(v.string(), ''),
      'workers/triggered_by': v.nullish(v.string(), ''),
    }),
    {},
  ),
  resources: v.object({
    bindings: v.array(
      v.object({ type: v.string(), name: v.string(), text: v.optional(v.string(), '') }),
    ),
  }),
});

/** One uploaded version of the Worker. */
export interface Version {
  id: string;
  createdAt: Date;
  /** An upload, or the copy with other secrets that `wrangler secret put` makes and deploys by itself. */
  isSecretChange: boolean;
  /** What `wrangler secret put` makes where there is no Worker yet: it answers nothing and has no database. */
  isDraft: boolean;
  /** The version that was live before `npm run deploy` uploaded this one; null where there was none. */
  previous: string | null | undefined;
  /** The commit it was built from. */
  tag: string;
  /** The bank account that it shows. */
  bank: BankVariables;
}

const NO_WORKER = 10007;
const NOTE = /^npm run deploy; previous (none|[\w-]+)$/;

/** What an upload carries with it, so that going back knows where to, whoever runs it on whichever machine. */
export function writeNote(previous: Version | null): string {
  return `npm run deploy; previous ${previous === null || previous.isDraft ? 'none' : previous.id}`;
}

/** The version that answers visitors now; null where there is no Worker yet. */
export async function findLive(account: Account, worker: string): Promise<Version | null> {
  const deployments = await listDeployments(account, worker);
  const [newest] = deployments.toSorted((a, b) => b.created_on.localeCompare(a.created_on));
  if (newest === undefined) return null;
  const [only, ...more] = newest.versions;
  if (only === undefined || more.length > 0) {
    throw new Error(
      'Hai phiên bản đang chạy cùng lúc: vào Cloudflare → Workers → Deployments, cho một bản chạy 100% rồi chạy lại.',
    );
  }
  return readVersion(account, worker, only.version_id);
}

async function listDeployments(account: Account, worker: string) {
  try {
    const { deployments } = await account.ask(
      DeploymentsSchema,
      `/workers/scripts/${worker}/deployments`,
    );
    return deployments;
  } catch (error) {
    if (error instanceof CloudflareRefusal && error.code === NO_WORKER) return [];
    throw error;
  }
}

export async function readVersion(account: Account, worker: string, id: string): Promise<Version> {
  const { metadata, annotations, resources } = await account.ask(
    VersionSchema,
    `/workers/scripts/${worker}/versions/${id}`,
  );
  const note = NOTE.exec(annotations['workers/message'])?.[1];
  return {
    id,
    createdAt: new Date(metadata.created_on),
    isSecretChange: annotations['workers/triggered_by'] === 'secret',
    isDraft: !resources.bindings.some(({ type }) => type === 'd1'),
    previous: note === 'none' ? null : note,
    tag: annotations['workers/tag'],
    bank: Object.fromEntries(resources.bindings.map(({ name, text }) => [name, text])),
  };
}

/** Makes a version the live one. Nothing is forced: Cloudflare refuses by itself where secrets have changed since. */
export async function deployVersion(account: Account, worker: string, id: string): Promise<void> {
  await account.ask(v.unknown(), `/workers/scripts/${worker}/deployments`, {
    method: 'POST',
    body: {
      strategy: 'percentage',
      versions: [{ version_id: id, percentage: 100 }],
      annotations: { 'workers/message': 'npm run deploy -- back' },
    },
  });
}
