import * as v from 'valibot';
import { readRow } from './rows.ts';

/** How many bookings and messages were put aside after an instant and still wait. */
export async function countHeldSince(db: D1Database, since: Date): Promise<number> {
  const row = await db
    .prepare(
      `select (select count(*) from bookings where state = 'held' and created_at > ?1)
         + (select count(*) from messages where state = 'held' and created_at > ?1) as count`,
    )
    .bind(since.toISOString())
    .first();
  return readRow(v.object({ count: v.number() }), row)?.count ?? 0;
}
