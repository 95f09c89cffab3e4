import * as v from 'valibot';
import { later } from '../../shared/time.ts';
import { type Channel, channels } from './deliveries.ts';
import { IS_FIRST_FINISHED } from './delivery-attempts.ts';
import { EVERY_CHANNEL } from './reserved-values.ts';
import { readRows } from './rows.ts';
import { closeUnsureLetters } from './unsure-letters.ts';

/** Ids of the deliveries that can be attempted now by channel, longest due first; none of a channel that a person stopped, and of letters no more than 24 hours have left. */
export async function listDueDeliveries(
  db: D1Database,
  due: { now: Date; limit: number; lettersADay: number },
): Promise<string[][]> {
  const [, , ...listed] = await db.batch([
    releaseWaiting(db),
    closeUnsureLetters(db, due.now),
    ...channels.map((channel) => selectDue(db, { ...due, channel })),
  ]);
  return listed.map(({ results }) =>
    readRows(v.object({ id: v.string() }), results).map(({ id }) => id),
  );
}

function selectDue(
  db: D1Database,
  due: { channel: Channel; now: Date; limit: number; lettersADay: number },
): D1PreparedStatement {
  // What went out is counted only while there is more to send: otherwise each minute of a day would read all of a letter's rows.
  const waits = `exists (select 1 from deliveries where status in ('due', 'sending') and +channel = 'letter')`;
  const sent = `(select count(*) from deliveries where channel = 'letter' and last_attempt_at > ?5
    and (+status in ('delivered', 'sending') or last_result = 'unsure'))`;
  return db
    .prepare(
      `select id from deliveries
       where status in ('due', 'sending') and next_attempt_at <= ?2 and (lease_ends_at is null or lease_ends_at <= ?2)
         and channel = ?1
         and not exists (select 1 from channels where name in (?1, '${EVERY_CHANNEL}') and stopped_at is not null)
       order by next_attempt_at, id limit iif(?1 = 'letter' and ${waits}, max(0, min(?3, ?4 - ${sent})), ?3)`,
    )
    .bind(
      due.channel,
      due.now.toISOString(),
      due.limit,
      due.lettersADay,
      later(due.now, { days: -1 }).toISOString(),
    );
}

/** Makes due what waited for a delivery that has finished; `next_attempt_at` still counts. */
function releaseWaiting(db: D1Database): D1PreparedStatement {
  return db.prepare(
    `update deliveries set status = 'due' where status = 'waiting' and ${IS_FIRST_FINISHED}`,
  );
}
