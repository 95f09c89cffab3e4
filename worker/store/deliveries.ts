import * as v from 'valibot';
import type { Change } from './events.ts';
import { instant, readRow } from './rows.ts';

/** Ways out of the house. */
export const channels = ['dispatch', 'staff-email', 'customer-email'] as const;

/** A way out of the house. */
export type Channel = (typeof channels)[number];

/** A row of `deliveries` as D1 gives it, turned into a Delivery. */
export const DeliveryRowSchema = v.pipe(
  v.object({
    id: v.string(),
    subject_kind: v.picklist(['booking', 'message', 'system']),
    subject_id: v.string(),
    channel: v.picklist(channels),
    kind: v.string(),
    version: v.number(),
    status: v.picklist(['waiting', 'due', 'sending', 'delivered', 'dead', 'superseded']),
    after_id: v.nullable(v.string()),
    attempts: v.number(),
    next_attempt_at: instant,
    lease_ends_at: v.nullable(instant),
    last_attempt_at: v.nullable(instant),
    last_result: v.nullable(v.string()),
    created_at: instant,
    settled_at: v.nullable(instant),
  }),
  v.transform((row) => ({
    id: row.id,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    channel: row.channel,
    kind: row.kind,
    version: row.version,
    status: row.status,
    afterId: row.after_id,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at,
    leaseEndsAt: row.lease_ends_at,
    lastAttemptAt: row.last_attempt_at,
    lastResult: row.last_result,
    createdAt: row.created_at,
    settledAt: row.settled_at,
  })),
);

/** One outgoing webhook or e-mail, tracked to the end. */
export type Delivery = v.InferOutput<typeof DeliveryRowSchema>;

/** A delivery about to be written beside the change that causes it. */
export interface NewDelivery {
  id: string;
  channel: Channel;
  kind: string;
  /** Added to the record's version at the time: the erasure after a cancellation counts one more. */
  versionOffset: number;
  /** First attempt; later than now while staff can still undo. */
  dueAt: Date;
  /** The delivery that must be settled first, or null. */
  afterId: string | null;
}

/** Writes a delivery of a record that a given event just changed, unless the record is held. */
export function insertDelivery(
  db: D1Database,
  change: Change,
  delivery: NewDelivery,
): D1PreparedStatement {
  return db
    .prepare(
      `insert into deliveries (id, subject_kind, subject_id, channel, kind, version, status, after_id, attempts, next_attempt_at, created_at)
       select ?3, ?4, id, ?5, ?6, version + ?7, ?8, ?9, 0, ?10, ?11 from ${change.table}
       where id = ?1 and last_event_id = ?2 and state not in ('held', 'dropped')`,
    )
    .bind(
      change.subjectId,
      change.eventId,
      delivery.id,
      change.table === 'bookings' ? 'booking' : 'message',
      delivery.channel,
      delivery.kind,
      delivery.versionOffset,
      delivery.afterId === null ? 'due' : 'waiting',
      delivery.afterId,
      delivery.dueAt.toISOString(),
      change.at.toISOString(),
    );
}

/** A mail of the house itself to staff. */
export interface SystemMail {
  id: string;
  kind: string;
  /** What the mail is about: a slot, a code, an instant. */
  subjectId: string;
  dueAt: Date;
  /** Makes it happen once. */
  dedupeKey: string;
  now: Date;
}

/** Writes a mail of the house itself to staff, once a key. */
export function insertSystemMail(db: D1Database, mail: SystemMail): D1PreparedStatement {
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

/** A delivery by id, or null. */
export async function findDelivery(db: D1Database, id: string): Promise<Delivery | null> {
  return readRow(
    DeliveryRowSchema,
    await db.prepare('select * from deliveries where id = ?').bind(id).first(),
  );
}

/** Closes the older undelivered rows of a record and channel that a change has overtaken, dead letters too; an attempt under way is left to its settling. */
export function supersedeOlder(
  db: D1Database,
  change: Change,
  overtaken: { channel: Channel; byIds: readonly string[]; keeping?: string },
): D1PreparedStatement {
  return db
    .prepare(
      `update deliveries set status = 'superseded', settled_at = ?3
       where subject_id = ?1 and channel = ?4 and status in ('due', 'waiting', 'dead')
         and id not in (select value from json_each(?5)) and kind <> ?6
         and exists (select 1 from ${change.table} where id = ?1 and last_event_id = ?2)`,
    )
    .bind(
      change.subjectId,
      change.eventId,
      change.at.toISOString(),
      overtaken.channel,
      JSON.stringify(overtaken.byIds),
      overtaken.keeping ?? '',
    );
}

/** Takes back a delivery just written where the receiver was never told of the record: nothing to cancel or erase there. */
export function dropIfNeverAttempted(
  db: D1Database,
  change: Change,
  delivery: Pick<NewDelivery, 'id' | 'channel'>,
): D1PreparedStatement {
  return db
    .prepare(
      `delete from deliveries where id = ?1 and not exists (
         select 1 from deliveries told where told.subject_id = ?2 and told.channel = ?3 and told.attempts > 0
       )`,
    )
    .bind(delivery.id, change.subjectId, delivery.channel);
}

/** The mail with the subject that the first attempt of its delivery had, so that a repeat is seen as one; the first attempt's is kept. */
export async function withFirstSubject<T extends { subject: string }>(
  db: D1Database,
  { id }: Pick<Delivery, 'id'>,
  mail: T,
): Promise<T> {
  const row = await db
    .prepare(
      `update deliveries set mail_subject = coalesce(mail_subject, ?2) where id = ?1
       returning mail_subject as subject`,
    )
    .bind(id, mail.subject)
    .first();
  const first = readRow(v.object({ subject: v.string() }), row);
  return first === null ? mail : { ...mail, subject: first.subject };
}
