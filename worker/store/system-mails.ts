import type { SystemMailKind } from './deliveries.ts';

/** A system mail about to be written. */
interface NewSystemMail {
  id: string;
  kind: SystemMailKind;
  /** What the mail is about, after its kind: "digest:2026-11-24", "second-address:<booking id>". */
  subjectId: string;
  dueAt: Date;
  /** Of two mails with the same key the second is not written. */
  dedupeKey: string;
  now: Date;
}

/** Writes a system mail, once a `dedupeKey`. */
export function insertSystemMail(db: D1Database, mail: NewSystemMail): D1PreparedStatement {
  return db
    .prepare(
      `insert into deliveries (id, subject_kind, subject_id, channel, kind, version, status, attempts, next_attempt_at,
         dedupe_key, created_at)
       values (?1, 'system', ?2, 'staff-email', ?3, 1, 'due', 0, ?4, ?5, ?6) on conflict do nothing`,
    )
    .bind(
      mail.id,
      mail.subjectId,
      mail.kind,
      mail.dueAt.toISOString(),
      mail.dedupeKey,
      mail.now.toISOString(),
    );
}

/** Deletes the system mails that ended at or before an instant. */
export function deleteSystemMails(db: D1Database, endedBy: Date): D1PreparedStatement {
  return db
    .prepare(`delete from deliveries where subject_kind = 'system' and settled_at <= ?`)
    .bind(endedBy.toISOString());
}
