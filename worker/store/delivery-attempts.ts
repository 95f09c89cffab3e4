import * as v from 'valibot';
import { type Channel, channels, type DeliveryRow, DeliveryRowSchema } from './deliveries.ts';
import { instant, readRow, readRows } from './rows.ts';
import { EVERY_CHANNEL, REVIEW } from './sending.ts';

/** Results that speak of the whole channel and not of one message begin with this word. */
export const DOWN = 'down';

/** A claim: which delivery, when, and until when nobody else may attempt it. */
export interface Claim {
  id: string;
  now: Date;
  leaseEndsAt: Date;
}

/** How an attempt left its delivery; `version` and `attempts` are those of the claim. */
export interface AttemptResult {
  delivery: Pick<DeliveryRow, 'id' | 'attempts'>;
  status: 'delivered' | 'due' | 'dead' | 'superseded';
  result: string;
  nextAttemptAt: Date;
  /** The earliest moment that the receiver asked for, which no revival comes before, or null. */
  notBefore: Date | null;
  now: Date;
}

/**
 * Leases a delivery for one attempt, or null where it is not due, another attempt of the same record and channel is under way,
 * or a person stopped the channel or all sending. A delivery that a newer one has overtaken is closed instead, in the same transaction.
 * The attempt is counted before it is made, and the count is the fence of the settlement.
 */
export async function claimDelivery(db: D1Database, claim: Claim): Promise<DeliveryRow | null> {
  const now = claim.now.toISOString();
  const results = await db.batch([
    db
      .prepare(
        `update deliveries set status = 'superseded', settled_at = ?2, last_result = 'newer', lease_ends_at = null
         where id = ?1 and (status = 'due' or (status = 'sending' and lease_ends_at <= ?2)) and exists (
           select 1 from deliveries newer where newer.subject_id = deliveries.subject_id
             and newer.channel = deliveries.channel and newer.version > deliveries.version
             and newer.status not in ('waiting', 'superseded')
         )`,
      )
      .bind(claim.id, now),
    releaseBeside(db, claim.id),
    db
      .prepare(
        `update deliveries set status = 'sending', attempts = attempts + 1, lease_ends_at = ?3, last_attempt_at = ?2
         where id = ?1
           and ((status = 'due' and next_attempt_at <= ?2) or (status = 'sending' and lease_ends_at <= ?2))
           and not exists (
             select 1 from deliveries other where other.subject_id = deliveries.subject_id
               and other.channel = deliveries.channel and other.id <> deliveries.id
               and other.status = 'sending' and other.lease_ends_at > ?2
           )
           and not exists (select 1 from channels where name in (deliveries.channel, '${EVERY_CHANNEL}') and stopped_at is not null)
         returning *`,
      )
      .bind(claim.id, now, claim.leaseEndsAt.toISOString()),
  ]);
  return readRow(DeliveryRowSchema, results[2]?.results[0]);
}

/** Writes how an attempt ended, unless its lease has gone to another attempt meanwhile; on a due row the lease is the receiver's Retry-After. */
export function finishDelivery(db: D1Database, end: AttemptResult): D1PreparedStatement {
  return db
    .prepare(
      `update deliveries set status = ?3, last_result = ?4, next_attempt_at = ?5, lease_ends_at = ?7,
         settled_at = case when ?3 = 'due' then null else ?6 end,
         mail_subject = case when ?3 in ('due', 'dead') then mail_subject end
       where id = ?1 and attempts = ?2 and status = 'sending'`,
    )
    .bind(
      end.delivery.id,
      end.delivery.attempts,
      end.status,
      end.result,
      end.nextAttemptAt.toISOString(),
      end.now.toISOString(),
      end.notBefore?.toISOString() ?? null,
    );
}

const IS_FIRST_FINISHED = `exists (
  select 1 from deliveries first where first.id = deliveries.after_id and first.status in ('delivered', 'dead', 'superseded')
)`;

/** Lets go what waited for a delivery that is settled now; its own time still counts. */
export function releaseWaiting(db: D1Database): D1PreparedStatement {
  return db.prepare(
    `update deliveries set status = 'due' where status = 'waiting' and ${IS_FIRST_FINISHED}`,
  );
}

/** The same for what waits beside one delivery only, however much waits elsewhere. */
export function releaseBeside(db: D1Database, id: string): D1PreparedStatement {
  return db
    .prepare(
      `update deliveries set status = 'due'
       where subject_id = (select subject_id from deliveries where id = ?) and +status = 'waiting' and ${IS_FIRST_FINISHED}`,
    )
    .bind(id);
}

/** Closes the dead letters of the same record and channel that a delivered one has overtaken: it carried all that they would have. */
export function supersedeDead(
  db: D1Database,
  { subjectId, channel, version }: DeliveryRow,
  now: Date,
): D1PreparedStatement {
  return db
    .prepare(
      `update deliveries set status = 'superseded', settled_at = ?4, last_result = 'newer'
       where subject_id = ?1 and channel = ?2 and version < ?3 and status = 'dead'`,
    )
    .bind(subjectId, channel, version, now.toISOString());
}

/** Makes due now, or when the receiver asked for it, what failed because a channel failed that works again; runs before the channel is marked as working. */
export function reviveWaiting(db: D1Database, channel: Channel, now: Date): D1PreparedStatement {
  return db
    .prepare(
      `update deliveries set next_attempt_at = min(next_attempt_at, max(?2, coalesce(lease_ends_at, ?2)))
       where status = 'due' and next_attempt_at > ?2 and channel = ?1 and last_result like '${DOWN} %'
         and exists (select 1 from channels where name = ?1 and failing_since is not null)`,
    )
    .bind(channel, now.toISOString());
}

/** Ids of a channel's deliveries that can be attempted now, longest due first; none while a person has it stopped. */
export async function listDueDeliveries(
  db: D1Database,
  due: { channel: Channel; now: Date; limit: number },
): Promise<string[]> {
  const { results } = await db
    .prepare(
      `select id from deliveries
       where status in ('due', 'sending') and next_attempt_at <= ?2 and (lease_ends_at is null or lease_ends_at <= ?2)
         and channel = ?1
         and not exists (select 1 from channels where name in (?1, '${EVERY_CHANNEL}') and stopped_at is not null)
       order by next_attempt_at limit ?3`,
    )
    .bind(due.channel, due.now.toISOString(), due.limit)
    .all();
  return readRows(v.object({ id: v.string() }), results).map((row) => row.id);
}

/** A delivery that did not arrive, with the code of what it is about, null for mails of the house itself. */
export interface Undelivered {
  id: string;
  channel: Channel;
  kind: string;
  code: string | null;
  result: string | null;
}

/** The dead letters, newest first. */
export async function listDeadLetters(db: D1Database, limit: number): Promise<Undelivered[]> {
  const { results } = await db
    .prepare(
      `select deliveries.id, channel, deliveries.kind, coalesce(bookings.code, messages.code) as code,
         last_result as result
       from deliveries
         left join bookings on bookings.id = subject_id left join messages on messages.id = subject_id
       where status = 'dead' order by settled_at desc limit ?`,
    )
    .bind(limit)
    .all();
  return readRows(UndeliveredSchema, results);
}

/** A delivery whose time has come. */
const DUE_BY_NOW = `deliveries.status in ('due', 'sending') and (attempts > 0 or next_attempt_at <= ?1)`;

/** The deliveries that should have gone out by now and were made before an instant, oldest first; a late digest is not news to itself. */
export async function listLate(
  db: D1Database,
  late: { now: Date; madeBefore: Date; limit: number },
): Promise<Undelivered[]> {
  const { results } = await db
    .prepare(
      `select deliveries.id, channel, deliveries.kind, coalesce(bookings.code, messages.code) as code,
         last_result as result
       from deliveries
         left join bookings on bookings.id = subject_id left join messages on messages.id = subject_id
       where ${DUE_BY_NOW} and deliveries.created_at < ?2 and deliveries.kind <> 'digest'
       order by deliveries.created_at limit ?3`,
    )
    .bind(late.now.toISOString(), late.madeBefore.toISOString(), late.limit)
    .all();
  return readRows(UndeliveredSchema, results);
}

const UndeliveredSchema = v.object({
  id: v.string(),
  channel: v.picklist(channels),
  kind: v.string(),
  code: v.nullable(v.string()),
  result: v.nullable(v.string()),
});

/** How much is on its way: the counters of health and digest. */
export interface DeliveryCounts {
  dead: number;
  /** Since when the oldest delivery whose time has come is undelivered, or null. */
  oldestDueAt: Date | null;
  /** Deliveries that a restore left for a person to look through. */
  review: number;
}

/** Counts the dead letters and finds the oldest delivery that should have gone out by now. */
export async function countDeliveries(db: D1Database, now: Date): Promise<DeliveryCounts> {
  const row = await db
    .prepare(
      `select (select count(*) from deliveries where status = 'dead') as dead,
         (select min(created_at) from deliveries where ${DUE_BY_NOW}) as oldest,
         (select count(*) from deliveries where status = 'waiting' and after_id = '${REVIEW}') as review`,
    )
    .bind(now.toISOString())
    .first();
  const counts = readRow(CountsSchema, row);
  if (counts === null) throw new Error('A count without a row');
  return { dead: counts.dead, oldestDueAt: counts.oldest, review: counts.review };
}

const CountsSchema = v.object({
  dead: v.number(),
  oldest: v.nullable(instant),
  review: v.number(),
});
