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
  /** True where another mail says it: the row keeps the key and is never sent. */
  isSaid?: boolean;
  now: Date;
}

/** Writes a system mail, once a `dedupeKey`. */
export function insertSystemMail(db: D1Database, mail: NewSystemMail): D1PreparedStatement {
  return db
    .prepare(
      `insert into deliveries (id, subject_kind, subject_id, channel, kind, version, status, attempts, next_attempt_at,
         dedupe_key, created_at, settled_at)
       values (?1, 'system', ?2, 'staff-email', ?3, 1, ?7, 0, ?4, ?5, ?6, ?8) on conflict do nothing`,
    )
    .bind(
      mail.id,
      mail.subjectId,
      mail.kind,
      mail.dueAt.toISOString(),
      mail.dedupeKey,
      mail.now.toISOString(),
      mail.isSaid === true ? 'superseded' : 'due',
      mail.isSaid === true ? mail.now.toISOString() : null,
    );
}

/** Writes a push to staff of the system itself, once a `dedupeKey`, where there is a phone to tell. */
export function insertSystemPush(
  db: D1Database,
  push: Pick<NewSystemMail, 'id' | 'subjectId' | 'dedupeKey' | 'now'> & { kind: 'outage' },
): D1PreparedStatement {
  return db
    .prepare(
      `insert into deliveries (id, subject_kind, subject_id, channel, kind, version, status, attempts, next_attempt_at,
         dedupe_key, created_at)
       select ?1, 'system', ?2, 'staff-push', ?3, 1, 'due', 0, ?5, ?4, ?5
       where exists (select 1 from push_phones) on conflict do nothing`,
    )
    .bind(push.id, push.subjectId, push.kind, push.dedupeKey, push.now.toISOString());
}

/** At most so many mails of a kind since an instant, which does not count itself. */
export interface MailLimit {
  since: Date;
  most: number;
}

/** Writes a system mail where none of the limits of its kind is reached; returns whether it did. */
export async function insertLimitedMail(
  db: D1Database,
  { id, kind, subjectId, dueAt, now }: Omit<NewSystemMail, 'dedupeKey'>,
  limits: readonly MailLimit[],
): Promise<boolean> {
  // The subjects of a kind are one range of the index by subject: ';' is the character after ':'.
  const { meta } = await db
    .prepare(
      `insert into deliveries (id, subject_kind, subject_id, channel, kind, version, status, attempts, next_attempt_at,
         created_at)
       select ?1, 'system', ?2, 'staff-email', ?3, 1, 'due', 0, ?4, ?5
       where not exists (
         select 1 from json_each(?6) as one where json_extract(one.value, '$.most') <= (
           select count(*) from deliveries where subject_id > ?3 || ':' and subject_id < ?3 || ';'
             and created_at > json_extract(one.value, '$.since')))`,
    )
    .bind(id, subjectId, kind, dueAt.toISOString(), now.toISOString(), JSON.stringify(limits))
    .run();
  return meta.changes === 1;
}

/** Deletes the system mails that ended at or before an instant. */
export function deleteSystemMails(db: D1Database, endedBy: Date): D1PreparedStatement {
  return db
    .prepare(`delete from deliveries where subject_kind = 'system' and settled_at <= ?`)
    .bind(endedBy.toISOString());
}
