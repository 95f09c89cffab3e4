import * as v from 'valibot';
import { channels } from './deliveries.ts';
import { REVIEW } from './reserved-values.ts';
import { instant, readRows } from './rows.ts';

const UndeliveredSchema = v.object({
  id: v.string(),
  channel: v.picklist(channels),
  kind: v.string(),
  code: v.nullable(v.string()),
  subject_id: v.string(),
  result: v.nullable(v.string()),
});

/** A delivery that did not arrive, with the code of the record it is about; null for system mails. */
export type Undelivered = v.InferOutput<typeof UndeliveredSchema>;

const SELECT_UNDELIVERED = `select deliveries.id, channel, deliveries.kind, coalesce(bookings.code, messages.code, plans.code) as code, subject_id,
  last_result as result
  from deliveries
    left join bookings on bookings.id = subject_id left join messages on messages.id = subject_id
    left join plans on plans.id = subject_id`;

/** The dead letters, newest first. */
export async function listDeadLetters(db: D1Database, limit: number): Promise<Undelivered[]> {
  const { results } = await db
    .prepare(`${SELECT_UNDELIVERED} where status = 'dead' order by settled_at desc limit ?`)
    .bind(limit)
    .all();
  return readRows(UndeliveredSchema, results);
}

/**
 * A delivery whose time has come. One that was tried counts even before its next attempt. A letter that was not tried waits for
 * what a day allows, and is not late.
 */
const DUE_BY_NOW = `deliveries.status in ('due', 'sending')
  and (attempts > 0 or (next_attempt_at <= ?1 and channel <> 'letter'))`;

/**
 * Deliveries that should have been delivered by now and were written before an instant, oldest first. Digests are left out: a
 * late digest would name itself.
 */
export async function listLate(
  db: D1Database,
  late: { now: Date; madeBefore: Date; limit: number },
): Promise<Undelivered[]> {
  const { results } = await db
    .prepare(
      `${SELECT_UNDELIVERED} where ${DUE_BY_NOW} and deliveries.created_at < ?2 and deliveries.kind <> 'digest'
       order by deliveries.created_at limit ?3`,
    )
    .bind(late.now.toISOString(), late.madeBefore.toISOString(), late.limit)
    .all();
  return readRows(UndeliveredSchema, results);
}

const CountsSchema = v.pipe(
  v.object({
    dead: v.number(),
    oldest: v.nullable(instant),
    review: v.number(),
  }),
  v.transform(({ dead, oldest, review }) => ({
    dead,
    /** When the oldest delivery whose time has come was written, or null. */
    oldestDueAt: oldest,
    /** Deliveries that a restore left for a person to look through. */
    review,
  })),
);

/** What is undelivered, in counts. */
export type DeliveryCounts = v.InferOutput<typeof CountsSchema>;

/** Counts what is undelivered. */
export async function countDeliveries(db: D1Database, now: Date): Promise<DeliveryCounts> {
  return readDeliveryCounts(await selectDeliveryCounts(db, now).all());
}

export function readDeliveryCounts({ results }: D1Result): DeliveryCounts {
  return v.parse(CountsSchema, results[0]);
}

export function selectDeliveryCounts(db: D1Database, now: Date): D1PreparedStatement {
  return db
    .prepare(
      `select (select count(*) from deliveries where status = 'dead') as dead,
         (select min(created_at) from deliveries where ${DUE_BY_NOW}) as oldest,
         (select count(*) from deliveries where status = 'waiting' and after_id = '${REVIEW}') as review`,
    )
    .bind(now.toISOString());
}
