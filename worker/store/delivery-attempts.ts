import * as v from 'valibot';
import { type Channel, type DeliveryRow, DeliveryRowSchema } from './deliveries.ts';
import { readRow, readRows } from './rows.ts';
import { EVERY_CHANNEL } from './reserved-values.ts';

/** First word of a result that speaks of the whole channel and not of one delivery: "down timeout". */
export const DOWN = 'down';

/** A claim: which delivery, when, and until when nobody else may attempt it. */
interface Claim {
  id: string;
  now: Date;
  leaseEndsAt: Date;
}

/**
 * Leases a delivery for one attempt. Null where it is not due, another attempt of the same record and channel is under way, or a
 * person stopped the channel or all sending. Null too where a newer delivery exists: then it is superseded, in the same batch.
 * The attempt is counted before it is made. `finishDelivery` compares the count, so that an attempt whose lease has passed to
 * another one writes nothing.
 */
export async function claimDelivery(db: D1Database, claim: Claim): Promise<DeliveryRow | null> {
  const [, , leased] = await db.batch([
    supersedeIfOlder(db, claim),
    // What waited for the delivery that has just been superseded is due now.
    releaseBeside(db, claim.id),
    leaseIfFree(db, claim),
  ]);
  return readRow(DeliveryRowSchema, leased?.results[0]);
}

function supersedeIfOlder(db: D1Database, { id, now }: Claim): D1PreparedStatement {
  return db
    .prepare(
      `update deliveries set status = 'superseded', settled_at = ?2, last_result = 'newer', lease_ends_at = null
       where id = ?1 and (status = 'due' or (status = 'sending' and lease_ends_at <= ?2)) and exists (
         select 1 from deliveries newer where newer.subject_id = deliveries.subject_id
           and newer.channel = deliveries.channel and newer.version > deliveries.version
           and newer.status not in ('waiting', 'superseded')
       )`,
    )
    .bind(id, now.toISOString());
}

function leaseIfFree(db: D1Database, { id, now, leaseEndsAt }: Claim): D1PreparedStatement {
  return db
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
    .bind(id, now.toISOString(), leaseEndsAt.toISOString());
}

/** How an attempt left its delivery; `attempts` is the count of the claim. */
export interface AttemptResult {
  delivery: Pick<DeliveryRow, 'id' | 'attempts'>;
  status: 'delivered' | 'due' | 'dead' | 'superseded';
  result: string;
  nextAttemptAt: Date;
  /** The earliest moment that the receiver asked for (Retry-After), or null. */
  notBefore: Date | null;
  now: Date;
}

/**
 * Writes how an attempt ended, unless its lease has passed to another attempt. On a row that is due again, `lease_ends_at`
 * keeps the receiver's Retry-After: until then neither a sweep nor a revival takes it.
 */
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

/** Makes due what waited for a delivery that has finished; `next_attempt_at` still counts. */
export function releaseWaiting(db: D1Database): D1PreparedStatement {
  return db.prepare(
    `update deliveries set status = 'due' where status = 'waiting' and ${IS_FIRST_FINISHED}`,
  );
}

/** The same for the record of one delivery only, so that few rows are read however much waits elsewhere. */
export function releaseBeside(db: D1Database, id: string): D1PreparedStatement {
  return db
    .prepare(
      `update deliveries set status = 'due'
       where subject_id = (select subject_id from deliveries where id = ?) and +status = 'waiting' and ${IS_FIRST_FINISHED}`,
    )
    .bind(id);
}

/** Marks older dead letters of the same record and channel `superseded`: the delivered one carried all that they would have. */
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

/**
 * Makes due now what failed because its channel failed, or when the receiver asked for it where that is later. A batch runs it
 * before it marks the channel as working.
 */
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
