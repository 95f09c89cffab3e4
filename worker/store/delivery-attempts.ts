import * as v from 'valibot';
import { type Booking, BookingRowSchema } from './bookings.ts';
import { type Channel, type DeliveryRow, DeliveryRowSchema } from './deliveries.ts';
import { type Message, MessageRowSchema } from './messages.ts';
import { closeUnsureLetters } from './unsure-letters.ts';
import { epochOf, selectEpoch } from './link-epochs.ts';
import { readRow, readRows } from './rows.ts';
import { EVERY_CHANNEL } from './reserved-values.ts';

/** First word of a result that speaks of the whole channel and not of one delivery: "down timeout". */
export const DOWN = 'down';

/** A claim: which deliveries, when, and until when nobody else may attempt them. */
interface Claim {
  ids: readonly string[];
  now: Date;
  leaseEndsAt: Date;
}

/** The records that claimed deliveries are about, as they were at the claim. Each is read by itself: a row of another shape throws where it is asked for. */
export interface ClaimedRecords {
  findBooking: (id: string) => Booking | null;
  findMessage: (id: string) => Message | null;
  /** The reason of a booking's newest event, or null. */
  findReason: (id: string) => string | null;
  /** The code of a booking's plan, or null. */
  findPlanCode: (id: string) => string | null;
  /** The epoch of the links to staff pages. */
  staffEpoch: number;
}

const ReasonSchema = v.object({ reason: v.nullable(v.string()) });
const PlanCodeSchema = v.object({ plan_code: v.nullable(v.string()) });

/**
 * Leases deliveries for one attempt each, with one statement, and reads their records in the same batch. Left out is what is not
 * due, what a person stopped by its channel or all sending, and all but one of the same record and channel, where another may be
 * under way. What has a newer delivery is superseded. The attempt is counted before it is made. `finishDeliveries` compares the
 * count, so that an attempt whose lease has passed to another one writes nothing. `+status` keeps SQLite from walking all that is
 * due by the index of states.
 */
export async function claimDeliveries(
  db: D1Database,
  claim: Claim,
): Promise<{ deliveries: DeliveryRow[]; records: ClaimedRecords }> {
  const ids = JSON.stringify(claim.ids);
  const [, , , leased, bookings, messages, epoch] = await db.batch<{ id: string }>([
    closeUnsureLetters(db, claim.now),
    supersedeOlderThanOthers(db, ids, claim.now),
    // What waited for the deliveries that have just been superseded is due now.
    releaseBeside(db, claim.ids),
    leaseFree(db, ids, claim),
    selectClaimed(db, 'bookings', ids),
    selectClaimed(db, 'messages', ids),
    selectEpoch(db, 'staff'),
  ]);
  const bookingRows = new Map(bookings?.results.map((row) => [row.id, row]));
  const messageRows = new Map(messages?.results.map((row) => [row.id, row]));
  return {
    deliveries: readRows(DeliveryRowSchema, leased?.results ?? []),
    records: {
      findBooking: (id) => readRow(BookingRowSchema, bookingRows.get(id)),
      findMessage: (id) => readRow(MessageRowSchema, messageRows.get(id)),
      findReason: (id) => readRow(ReasonSchema, bookingRows.get(id))?.reason ?? null,
      findPlanCode: (id) => readRow(PlanCodeSchema, bookingRows.get(id))?.plan_code ?? null,
      staffEpoch: epochOf(epoch?.results[0]),
    },
  };
}

function supersedeOlderThanOthers(db: D1Database, ids: string, now: Date): D1PreparedStatement {
  return db
    .prepare(
      `update deliveries set status = 'superseded', settled_at = ?2, last_result = 'newer', lease_ends_at = null
       where id in (select value from json_each(?1)) and (+status = 'due' or (+status = 'sending' and lease_ends_at <= ?2))
         and exists (
           select 1 from deliveries newer where newer.subject_id = deliveries.subject_id
             and newer.channel = deliveries.channel and newer.version > deliveries.version
             and newer.status not in ('waiting', 'superseded')
         )`,
    )
    .bind(ids, now.toISOString());
}

/** SQLite chooses all rows of an update before it changes the first one, so two of one record and channel are told apart by `place`. */
function leaseFree(db: D1Database, ids: string, { now, leaseEndsAt }: Claim): D1PreparedStatement {
  return db
    .prepare(
      `update deliveries set status = 'sending', attempts = attempts + 1, lease_ends_at = ?3, last_attempt_at = ?2
       where id in (
         select id from (
           select id, row_number() over (partition by subject_id, channel order by version, created_at, id) as place
           from deliveries where id in (select value from json_each(?1))
             and ((+status = 'due' and next_attempt_at <= ?2) or (+status = 'sending' and lease_ends_at <= ?2))
             and not exists (
               select 1 from deliveries other where other.subject_id = deliveries.subject_id
                 and other.channel = deliveries.channel and other.id <> deliveries.id
                 and other.status = 'sending' and other.lease_ends_at > ?2
             )
             and not exists (select 1 from channels where name in (deliveries.channel, '${EVERY_CHANNEL}') and stopped_at is not null)
         ) where place = 1
       )
       returning *`,
    )
    .bind(ids, now.toISOString(), leaseEndsAt.toISOString());
}

/** The records with the reason of their newest event, bookings with the code of their plan. */
function selectClaimed(
  db: D1Database,
  table: 'bookings' | 'messages',
  ids: string,
): D1PreparedStatement {
  const planCode =
    table === 'bookings' ? '(select code from plans where id = bookings.plan_id)' : 'null';
  return db
    .prepare(
      `select *, (
         select reason from events where subject_id = ${table}.id order by version desc, at desc limit 1
       ) as reason, ${planCode} as plan_code from ${table} where id in (
         select subject_id from deliveries where id in (select value from json_each(?1)) and +status = 'sending'
       )`,
    )
    .bind(ids);
}

/** How an attempt left its delivery; `attempts` is the count of the claim. */
export interface AttemptResult {
  delivery: Pick<DeliveryRow, 'id' | 'attempts'>;
  status: 'delivered' | 'due' | 'dead' | 'superseded';
  result: string;
  nextAttemptAt: Date;
  /** The earliest moment that the receiver asked for (Retry-After), or null. */
  notBefore: Date | null;
}

/**
 * Writes how attempts ended, each unless its lease has passed to another attempt. On a row that is due again, `lease_ends_at`
 * keeps the receiver's Retry-After: until then neither a sweep nor a revival takes it.
 */
export function finishDeliveries(
  db: D1Database,
  results: readonly AttemptResult[],
  now: Date,
): D1PreparedStatement {
  const ended = results.map(({ delivery, ...result }) => ({
    ...result,
    id: delivery.id,
    attempts: delivery.attempts,
  }));
  return db
    .prepare(
      `update deliveries set status = ended.status, last_result = ended.result, next_attempt_at = ended.next, lease_ends_at = ended.not_before,
         settled_at = case when ended.status = 'due' then null else ?2 end,
         mail_subject = case when ended.status in ('due', 'dead') then mail_subject end
       from (
         select value ->> 'id' as id, value ->> 'attempts' as attempts, value ->> 'status' as status, value ->> 'result' as result,
           value ->> 'nextAttemptAt' as next, value ->> 'notBefore' as not_before
         from json_each(?1)
       ) ended
       where deliveries.id = ended.id and deliveries.attempts = ended.attempts and +deliveries.status = 'sending'`,
    )
    .bind(JSON.stringify(ended), now.toISOString());
}

/** Whether the delivery that another waits for has finished. */
export const IS_FIRST_FINISHED = `exists (
  select 1 from deliveries first where first.id = deliveries.after_id and first.status in ('delivered', 'dead', 'superseded')
)`;

/** Makes due what waited for a delivery that has finished, of the records of some deliveries: few rows are read however much waits elsewhere. */
export function releaseBeside(db: D1Database, ids: readonly string[]): D1PreparedStatement {
  return db
    .prepare(
      `update deliveries set status = 'due'
       where subject_id in (select subject_id from deliveries where id in (select value from json_each(?)))
         and +status = 'waiting' and ${IS_FIRST_FINISHED}`,
    )
    .bind(JSON.stringify(ids));
}

/** Marks older dead letters of the same records and channels `superseded`: the delivered ones carried all that they would have. */
export function supersedeDead(
  db: D1Database,
  delivered: readonly Pick<DeliveryRow, 'subjectId' | 'channel' | 'version'>[],
  now: Date,
): D1PreparedStatement {
  const newer = delivered.map(({ subjectId, channel, version }) => ({
    subjectId,
    channel,
    version,
  }));
  return db
    .prepare(
      `update deliveries set status = 'superseded', settled_at = ?2, last_result = 'newer'
       from json_each(?1) newer
       where subject_id = newer.value ->> 'subjectId' and channel = newer.value ->> 'channel'
         and version < newer.value ->> 'version' and +status = 'dead'`,
    )
    .bind(JSON.stringify(newer), now.toISOString());
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
