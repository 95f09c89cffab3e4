import * as v from 'valibot';
import { instant, readRow } from './rows.ts';

/** The row of `channels` that stands for all of them: while it is stopped, nothing leaves the house. */
export const EVERY_CHANNEL = 'all';

/** What a delivery waits for that a person has to look at before it may go: stands where another delivery's id would. */
export const REVIEW = 'review';

/** Since when all sending is off, or null while it is on. */
export async function findSendingStop(db: D1Database): Promise<Date | null> {
  const row = await db
    .prepare('select stopped_at from channels where name = ?')
    .bind(EVERY_CHANNEL)
    .first();
  return readRow(v.object({ stopped_at: v.nullable(instant) }), row)?.stopped_at ?? null;
}
