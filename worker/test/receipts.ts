import { env } from 'cloudflare:workers';
import { extractFrozen } from '../../shared/privacy/policy-fragment.ts';

interface ReceiptRow {
  policy: string;
  policy_version: number;
  policy_sha256: string;
}

/** Hashes of pages already read, by policy and version: what is published does not change. */
const hashes = new Map<string, Promise<string>>();

/** What is wrong with the consent receipts that a test left: each has to lead to published bytes with the hash it names. */
export async function findLooseReceipts(): Promise<string[]> {
  const { results } = await env.DB.prepare(
    'select distinct policy, policy_version, policy_sha256 from receipts',
  ).all<ReceiptRow>();
  const found = await Promise.all(
    results.map(async ({ policy, policy_version: version, policy_sha256: named }) => {
      const path = `/chinh-sach/${policy}/${version}/`;
      const hash = hashes.get(path) ?? hashFrozen(path);
      hashes.set(path, hash);
      return (await hash) === named ? null : `${path} has ${await hash}, a receipt names ${named}`;
    }),
  );
  return found.filter((sentence) => sentence !== null);
}

async function hashFrozen(path: string): Promise<string> {
  const page = await env.ASSETS.fetch(new URL(path, 'https://assets.invalid'));
  const words = extractFrozen(await page.text());
  if (words === null) return `no frozen words (status ${page.status})`;
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(words));
  return new Uint8Array(digest).toHex();
}
