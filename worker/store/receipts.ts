import * as v from 'valibot';
import type { Change } from './events.ts';
import { instant, readRow } from './rows.ts';

/** A consent receipt: which text was agreed to for which purpose. No personal data. */
export interface Receipt {
  id: string;
  purpose: 'booking' | 'contact' | 'marketing';
  policy: string;
  /** 0 before the first version is published. */
  policyVersion: number;
  policySha256: string;
  /** Whether the form said which version it showed. */
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

const ReceiptRowSchema = v.pipe(
  v.object({
    policy: v.string(),
    policy_version: v.number(),
    policy_sha256: v.string(),
    wording: v.string(),
    given_at: instant,
    withdrawn_at: v.nullable(instant),
  }),
  v.transform((row) => ({
    policy: row.policy,
    policyVersion: row.policy_version,
    policySha256: row.policy_sha256,
    wording: row.wording,
    givenAt: row.given_at,
    withdrawnAt: row.withdrawn_at,
  })),
);

/** A consent receipt as stored. */
export type StoredReceipt = v.InferOutput<typeof ReceiptRowSchema>;

/** The consent receipt of a record, that of its plan for a visit of one; null where none was asked for. */
export async function findReceipt(
  db: D1Database,
  subjectId: string,
): Promise<StoredReceipt | null> {
  return readRow(
    ReceiptRowSchema,
    await db
      .prepare(
        `select * from receipts where subject_id in (?1, (select plan_id from bookings where id = ?1))
         order by given_at limit 1`,
      )
      .bind(subjectId)
      .first(),
  );
}

/** Marks the consent to a record as withdrawn; the first time counts. */
export function withdrawReceipts(
  db: D1Database,
  subjectId: string,
  now: Date,
): D1PreparedStatement {
  return db
    .prepare('update receipts set withdrawn_at = ?2 where subject_id = ?1 and withdrawn_at is null')
    .bind(subjectId, now.toISOString());
}
