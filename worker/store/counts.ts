import * as v from 'valibot';
import { readRow } from './rows.ts';

/** What is stored now, in counts. */
export interface Holdings {
  /** Records whose personal data is not erased. */
  bookings: number;
  messages: number;
  /** Records whose end lies before `endedBefore` and whose data is still there. */
  overdue: number;
  /** The earliest end (UTC ISO) of a record whose data is not erased, or null. */
  nextEndAt: string | null;
  /** When the oldest record whose data is not erased was created, and its end; null where there is none. */
  oldestAt: string | null;
  oldestEndsAt: string | null;
  /** Records whose personal data was erased after `erasedSince`, on request or because it ended. */
  erasedLately: number;
}

const CountsSchema = v.pipe(
  v.object({
    bookings: v.number(),
    messages: v.number(),
    overdue: v.number(),
    next_end_at: v.nullable(v.string()),
    oldest_at: v.nullable(v.string()),
    oldest_ends_at: v.nullable(v.string()),
    erased_lately: v.number(),
  }),
  v.transform((row): Holdings => ({
    bookings: row.bookings,
    messages: row.messages,
    overdue: row.overdue,
    nextEndAt: row.next_end_at,
    oldestAt: row.oldest_at,
    oldestEndsAt: row.oldest_ends_at,
    erasedLately: row.erased_lately,
  })),
);

/** Counts what is stored now. `endedBefore`: no data may be left whose end lies before it. */
export async function countHoldings(
  db: D1Database,
  { endedBefore, erasedSince }: { endedBefore: Date; erasedSince: Date },
): Promise<Holdings> {
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
  const counts = readRow(CountsSchema, row);
  if (counts === null) throw new Error('A count without a row');
  return counts;
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
