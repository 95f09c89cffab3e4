import type { ConsentWording } from '../../shared/forms/consent.ts';
import {
  currentPrivacyPolicy,
  PRIVACY_POLICY,
  publishedPolicies,
} from '../../shared/privacy/policies.ts';
import type { Receipt } from '../store/receipts.ts';

/** The receipt of a consent to the policy version that the form named, else to the one in force; 0 where none is published yet. */
export function draftReceipt(
  purpose: Receipt['purpose'],
  namedVersion: number | null,
  wording: ConsentWording,
): Receipt {
  const versions = publishedPolicies[PRIVACY_POLICY] ?? [];
  const policy = versions.find(({ version }) => version === namedVersion) ?? currentPrivacyPolicy();
  return {
    id: crypto.randomUUID(),
    purpose,
    policy: PRIVACY_POLICY,
    policyVersion: policy?.version ?? 0,
    policySha256: policy?.sha256 ?? '',
    policyNamed: namedVersion !== null,
    wording: wording.id,
  };
}
