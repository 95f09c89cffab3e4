import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { type Account, CloudflareRefusal } from '../tools/cloudflare-api.ts';
import { ROOT } from '../tools/environment.mjs';

const DomainSchema = v.object({ hostname: v.string(), service: v.optional(v.string()) });
const ChangesetSchema = v.object({
  updated: v.array(v.object({ id: v.string(), modified: v.optional(v.boolean(), false) })),
  conflicting: v.array(v.object({ hostname: v.string() })),
  added: v.array(v.object({ hostname: v.string() })),
});
const ZonesSchema = v.array(v.object({ id: v.string() }));
const RecordsSchema = v.array(
  v.looseObject({ type: v.string(), name: v.string(), content: v.optional(v.string(), '') }),
);
type DnsRecord = v.InferOutput<typeof RecordsSchema>[number];

/** Where a host name leads now; `taken` says in words by whom, and `records` what DNS holds where that may be read. */
export type DomainState =
  { state: 'ours' | 'free' } | { state: 'taken'; by: string; records: readonly DnsRecord[] | null };

/** Asks Cloudflare what giving the host to the Worker would replace; changes nothing. */
export async function lookAtDomain(
  account: Account,
  worker: string,
  host: string,
): Promise<DomainState> {
  const changes = await account.ask(
    ChangesetSchema,
    `/workers/scripts/${worker}/domains/changeset?replace_state=true`,
    { method: 'POST', body: [{ hostname: host }] },
  );
  if (changes.conflicting.length > 0) {
    const records = await readRecords(account, host);
    return { state: 'taken', by: 'một bản ghi DNS đang có', records };
  }
  for (const { id } of changes.updated.filter(({ modified }) => modified)) {
    const { service = '' } = await account.ask(DomainSchema, `/workers/domains/records/${id}`);
    if (service !== worker) return { state: 'taken', by: `Worker "${service}"`, records: [] };
  }
  return { state: changes.added.length > 0 ? 'free' : 'ours' };
}

/** The DNS records of a host; null where the token may not read them. */
async function readRecords(account: Account, host: string): Promise<DnsRecord[] | null> {
  const labels = host.split('.');
  try {
    for (let from = 0; from < labels.length - 1; from += 1) {
      const [zone] = await account.ask(ZonesSchema, `/zones?name=${labels.slice(from).join('.')}`);
      if (zone === undefined) continue;
      const records = await account.ask(
        RecordsSchema,
        `/zones/${zone.id}/dns_records?name=${host}`,
      );
      return records.filter(({ type }) => /^(?:A|AAAA|CNAME)$/.test(type));
    }
    return [];
  } catch (error) {
    if (error instanceof CloudflareRefusal && error.status === 403) return null;
    throw error;
  }
}

/** The old records as lines to read and, in `backups/`, as a file: whoever wants the old site back writes them back. */
export function noteRecords(host: string, records: readonly DnsRecord[]): string[] {
  const file = path.join('backups', `dns-${host}.json`);
  mkdirSync(path.join(ROOT, 'backups'), { recursive: true });
  writeFileSync(path.join(ROOT, file), `${JSON.stringify(records, null, 2)}\n`);
  const lines = records.map(({ type, name, content }) => `  ${type} ${name} → ${content}`);
  return [...lines, `  (cất trong ${file})`];
}

/** Gives the host to the Worker. Without `takeOver`, Cloudflare refuses where that would replace something. */
export async function attachDomain(
  account: Account,
  worker: string,
  { host, takeOver }: { host: string; takeOver: boolean },
): Promise<void> {
  await account.ask(v.unknown(), `/workers/scripts/${worker}/domains/records`, {
    method: 'PUT',
    body: {
      override_scope: true,
      override_existing_origin: takeOver,
      override_existing_dns_record: takeOver,
      origins: [{ hostname: host }],
    },
  });
}
