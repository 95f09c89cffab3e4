import { findTaskRun, recordTaskRun } from './task-runs.ts';
import { REVIEW } from './reserved-values.ts';
import { SENDING_OFF_SQL } from './sending.ts';

/** The task under which a restore is written down: `ran_for` is the copy's end, `result.pending` 1 until keys were looked at. */
export const RESTORE_TASK = 'restore';

/** The task under which a drill is written down. */
export const DRILL_TASK = 'drill';

/** What the copy may have been overtaken by: versions go on above any that left the house after it. */
const VERSION_GAP = 100;

/**
 * What was due by now, or was tried before and so can be revived at any time, may have gone out after the copy's end: it waits
 * for a person, and counts as attempted, so that an erasure is not held for news that the receiver never had.
 */
const REVIEW_BEFORE_SENDING_SQL = `
  update deliveries set status = 'waiting', after_id = '${REVIEW}', attempts = max(attempts, 1), lease_ends_at = null,
    last_result = 'restored'
  where status = 'sending' or (status = 'due' and (next_attempt_at <= :now or attempts > 0))`;

const MARK_SQL = `
  insert into task_runs (task, ran_for, ran_at, result) values ('${RESTORE_TASK}', :end, :now, '{"pending":1,"armed":0}')
  on conflict (task) do update set ran_for = excluded.ran_for, ran_at = excluded.ran_at, result = excluded.result`;

/** Sending off, what was due held for a person, versions above those that were seen, and the restore written down. */
export const AFTER_LOAD_SQL = [
  SENDING_OFF_SQL,
  REVIEW_BEFORE_SENDING_SQL,
  `update bookings set version = version + ${VERSION_GAP}`,
  `update messages set version = version + ${VERSION_GAP}`,
  MARK_SQL,
];

/** Lets the clock erase the records whose key is missing: a person has seen that the key store is the right one. */
export const ARM_SQL = `
  update task_runs set result = json_set(result, '$.armed', 1) where task = '${RESTORE_TASK}'`;

/** Writes a drill down that was passed, with its time in milliseconds and the rows that it brought back. */
export const DRILL_SQL = `
  insert into task_runs (task, ran_for, ran_at, result)
  values ('${DRILL_TASK}', :end, :now, json_object('ms', cast(:ms as integer), 'rows', cast(:rows as integer)))
  on conflict (task) do update set ran_for = excluded.ran_for, ran_at = excluded.ran_at, result = excluded.result`;

/** When the newest restore was made; no row where there was none. */
export const RESTORED_AT_SQL = `select ran_at from task_runs where task = '${RESTORE_TASK}'`;

/** The newest restore of the database: when it was made, when its copy ended, what it left. */
export interface Restore {
  at: Date;
  copyEndedAt: Date;
  /** Whether the keys have still to be looked at. */
  pending: boolean;
  /** Whether a person has let the clock erase what has no key. */
  armed: boolean;
  counts: Readonly<Record<string, number>>;
}

/** The newest restore, or null where there was none. */
export async function findRestore(db: D1Database): Promise<Restore | null> {
  const run = await findTaskRun(db, RESTORE_TASK);
  if (run === null) return null;
  const { pending, armed, ...counts } = run.result;
  return {
    at: run.ranAt,
    copyEndedAt: new Date(run.ranFor),
    pending: pending === 1,
    armed: armed === 1,
    counts,
  };
}

/** Writes down how far a restore has come. */
export function recordRestore(db: D1Database, restore: Restore): D1PreparedStatement {
  const { at, copyEndedAt, pending, armed, counts } = restore;
  const result = { ...counts, pending: pending ? 1 : 0, armed: armed ? 1 : 0 };
  return recordTaskRun(db, { task: RESTORE_TASK, ranFor: copyEndedAt.toISOString(), at, result });
}
