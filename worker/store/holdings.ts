import * as v from 'valibot';
import { readRow } from './rows.ts';

/** What is stored now, in counts: records whose personal data is readable, and those past their end that still hold any. */
export interface Holdings {
  bookings: number;
  messages: number;
  /** Records whose end has passed by more than an hour and whose sealed data is still there. */
  overdue: number;
  /** The earliest end of a record that is kept, or null where none is. */
  nextEndAt: string | null;
}

/** Counts what is stored now; `before` is the instant before which nothing readable may have ended. */
export async function countHoldings(db: D1Database, before: Date): Promise<Holdings> {
  const row = await db
    .prepare(
      `with kept as (
         select 'booking' as kind, key_ends_at from bookings where length(sealed) > 0
         union all select 'message', key_ends_at from messages where length(sealed) > 0
       )
       select coalesce(sum(kind = 'booking'), 0) as bookings, coalesce(sum(kind = 'message'), 0) as messages,
         coalesce(sum(key_ends_at < ?1), 0) as overdue, min(key_ends_at) as next_end_at from kept`,
    )
    .bind(before.toISOString())
    .first();
  const counts = readRow(
    v.object({
      bookings: v.number(),
      messages: v.number(),
      overdue: v.number(),
      next_end_at: v.nullable(v.string()),
    }),
    row,
  );
  if (counts === null) throw new Error('A count without a row');
  const { bookings, messages, overdue, next_end_at: nextEndAt } = counts;
  return { bookings, messages, overdue, nextEndAt };
}
