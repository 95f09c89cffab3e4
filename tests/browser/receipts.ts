import { createHash } from 'node:crypto';
import { expect, type APIRequestContext } from '@playwright/test';
import { extractFrozen } from '../../shared/privacy/policy-fragment.ts';
import { readStoredRows } from './stored-rows.ts';

/** Hashes of the pages already read; what is published does not change during a run. */
const hashes = new Map<string, string>();

/** Follows every consent receipt that a test left to the page of its policy: the published bytes have the hash it names. */
export async function checkReceipts(request: APIRequestContext): Promise<void> {
  for (const row of readStoredRows()['receipts'] ?? []) {
    const receipt = row as { policy: string; policy_version: number; policy_sha256: string };
    const path = `/chinh-sach/${receipt.policy}/${receipt.policy_version}/`;
    const hash = hashes.get(path) ?? (await hashPublished(request, path));
    hashes.set(path, hash);
    expect([path, hash]).toEqual([path, receipt.policy_sha256]);
  }
}

/** The SHA-256 of the frozen words that a page of a policy's version serves. */
export async function hashPublished(request: APIRequestContext, path: string): Promise<string> {
  const page = await request.get(path);
  const words = extractFrozen(await page.text()) ?? '';
  return createHash('sha256').update(words).digest('hex');
}
