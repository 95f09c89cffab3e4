import type { Change } from './events.ts';

/** A consent receipt: which text was agreed to, when, for what. Nothing of the person. */
export interface Receipt {
  id: string;
  purpose: 'booking' | 'contact' | 'marketing';
  policy: string;
  /** 0 before the first publication. */
  policyVersion: number;
  policySha256: string;
  policyNamed: boolean;
  /** Id of the wording beside the box. */
  wording: string;
}

/** Writes the receipt of a record that a change just created. */
export function insertReceipt(
  db: D1Database,
  change: Change,
  receipt: Receipt,
): D1PreparedStatement {
  return db
    .prepare(
      `insert into receipts (id, subject_id, purpose, policy, policy_version, policy_sha256, policy_named, wording, given_at)
       select ?3, id, ?4, ?5, ?6, ?7, ?8, ?9, ?10 from ${change.table} where id = ?1 and last_event_id = ?2`,
    )
    .bind(
      change.subjectId,
      change.eventId,
      receipt.id,
      receipt.purpose,
      receipt.policy,
      receipt.policyVersion,
      receipt.policySha256,
      receipt.policyNamed ? 1 : 0,
      receipt.wording,
      change.at.toISOString(),
    );
}
