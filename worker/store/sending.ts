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

const WAITS = `status = 'waiting' and after_id = '${REVIEW}'`;

const CHOSEN = `${WAITS} and :id in ('all', id)`;

/** Since when sending is off, how many deliveries wait for a person, and 0 where a restore has not looked at the keys. */
export const SENDING_SQL = `
  select (select stopped_at from channels where name = '${EVERY_CHANNEL}') as off_since,
    (select count(*) from deliveries where ${WAITS}) as review,
    (select json_extract(result, '$.armed') from task_runs
     where task = 'restore' and json_extract(result, '$.pending') = 1) as armed`;

/** Turns all sending off; a second time changes nothing. */
export const SENDING_OFF_SQL = `
  insert into channels (name, stopped_at) values ('${EVERY_CHANNEL}', :now)
  on conflict (name) do update set stopped_at = coalesce(stopped_at, excluded.stopped_at)`;

/** Stops one channel, as a 410 of its receiver does; what is due waits until it is opened again. */
export const CHANNEL_OFF_SQL = `
  insert into channels (name, stopped_at) values (:channel, :now)
  on conflict (name) do update set stopped_at = coalesce(stopped_at, excluded.stopped_at)`;

/** Turns sending on; what is due goes out with the next minute of the clock, what waits for a person goes on waiting. */
export const SENDING_ON_SQL = `update channels set stopped_at = null where name = '${EVERY_CHANNEL}'`;

/** Lets one delivery that waits for a person, or all, go out under its old id. */
export const REVIEW_KEEP_SQL = `
  update deliveries set status = 'due', after_id = null, next_attempt_at = :now, last_result = 'reviewed'
  where ${CHOSEN} returning id`;

/** Closes one delivery that waits for a person, or all: it arrived before, or need not arrive. */
export const REVIEW_DROP_SQL = `
  update deliveries set status = 'superseded', settled_at = :now, last_result = 'dropped-by-hand'
  where ${CHOSEN} returning id`;
