import * as v from 'valibot';
import { instant, readRow } from './rows.ts';

const optionalMs = v.pipe(
  v.nullable(instant),
  v.transform((at) => at?.getTime()),
);

const HoldingsSchema = v.pipe(
  v.object({
    bookings: v.number(),
    messages: v.number(),
    overdue: v.number(),
    next_end_at: optionalMs,
    oldest_at: optionalMs,
    oldest_ends_at: optionalMs,
    erased_lately: v.number(),
  }),
  v.transform((row) => ({
    bookings: row.bookings,
    messages: row.messages,
    overdue: row.overdue,
    erasedLately: row.erased_lately,
    ...(row.next_end_at !== undefined && { nextEndAt: row.next_end_at }),
    ...(row.oldest_at !== undefined && { oldestAt: row.oldest_at }),
    ...(row.oldest_ends_at !== undefined && { oldestEndsAt: row.oldest_ends_at }),
  })),
);

/** Counts what is stored now; instants in milliseconds. `endedBefore`: no data may be left whose end lies before it. */
export async function countHoldings(
  db: D1Database,
  { endedBefore, erasedSince }: { endedBefore: Date; erasedSince: Date },
): Promise<v.InferOutput<typeof HoldingsSchema>> {
  const row = await db
    .prepare(
      `with kept as materialized (
         select 'booking' as kind, key_ends_at, created_at from bookings where erased_at is null
         union all select 'message', key_ends_at, created_at from messages where erased_at is null
       ), oldest as (select * from kept order by created_at limit 1)
       select coalesce(sum(kind = 'booking'), 0) as bookings, coalesce(sum(kind = 'message'), 0) as messages,
         coalesce(sum(key_ends_at < ?1), 0) as overdue, min(key_ends_at) as next_end_at,
         (select created_at from oldest) as oldest_at, (select key_ends_at from oldest) as oldest_ends_at,
         (select count(*) from bookings where erased_at > ?2) + (select count(*) from messages where erased_at > ?2)
           as erased_lately
       from kept`,
    )
    .bind(endedBefore.toISOString(), erasedSince.toISOString())
    .first();
  return v.parse(HoldingsSchema, row);
}

/** When the record was created that is in the database for the longest time. */
export function selectFirstRecord(db: D1Database): D1PreparedStatement {
  const first = (table: string) =>
    `select created_at from ${table} where rowid = (select min(rowid) from ${table})`;
  return db.prepare(
    `select min(created_at) as at from (${first('bookings')} union all ${first('messages')})`,
  );
}

export function readFirstRecord({ results }: D1Result): Date | null {
  return v.parse(v.object({ at: v.nullable(instant) }), results[0]).at;
}

/** How many bookings and messages were quarantined after an instant and still wait. */
export async function countQuarantinedSince(db: D1Database, since: Date): Promise<number> {
  const row = await db
    .prepare(
      `select (select count(*) from bookings where state = 'held' and created_at > ?1)
         + (select count(*) from messages where state = 'held' and created_at > ?1) as count`,
    )
    .bind(since.toISOString())
    .first();
  return readRow(v.object({ count: v.number() }), row)?.count ?? 0;
}
