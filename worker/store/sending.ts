import { EVERY_CHANNEL, REVIEW } from './reserved-values.ts';

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

/** Stops one channel, as a 410 of its receiver does; what is due waits until a person resumes it. */
export const CHANNEL_OFF_SQL = `
  insert into channels (name, stopped_at) values (:channel, :now)
  on conflict (name) do update set stopped_at = coalesce(stopped_at, excluded.stopped_at)`;

/** Turns sending on: what is due is sent within a minute, what waits for a person goes on waiting. */
export const SENDING_ON_SQL = `update channels set stopped_at = null where name = '${EVERY_CHANNEL}'`;

/** Makes one delivery that waits for a person, or all of them, due under its old id. */
export const REVIEW_KEEP_SQL = `
  update deliveries set status = 'due', after_id = null, next_attempt_at = :now, last_result = 'reviewed'
  where ${CHOSEN} returning id`;

/** Marks one delivery that waits for a person, or all of them, `superseded`: it arrived before, or need not arrive. */
export const REVIEW_DROP_SQL = `
  update deliveries set status = 'superseded', settled_at = :now, last_result = 'dropped-by-hand'
  where ${CHOSEN} returning id`;
