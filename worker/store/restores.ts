import { findTaskRun, recordTaskRun, type TaskRun } from './task-runs.ts';
import { REVIEW } from './reserved-values.ts';
import { SENDING_OFF_SQL } from './sending.ts';

/** The task of a restore in `task_runs`: `ran_for` is the end of the copy, `result` says how far the restore has come. */
export const RESTORE_TASK = 'restore';

/** The task of a restore drill in `task_runs`. */
export const DRILL_TASK = 'drill';

/** Versions jump by 100 after a restore, so that they are above any that dispatch has already received. */
const VERSION_GAP = 100;

/**
 * What was due by now, or was tried before and so may have been revived, may have been sent after the copy's end: it waits for a
 * person. It counts as attempted, so that a later `job.erased` is not dropped as one for a receiver that has nothing.
 */
const REVIEW_BEFORE_SENDING_SQL = `
  update deliveries set status = 'waiting', after_id = '${REVIEW}', attempts = max(attempts, 1), lease_ends_at = null,
    last_result = 'restored'
  where status = 'sending' or (status = 'due' and (next_attempt_at <= :now or attempts > 0))`;

const MARK_SQL = `
  insert into task_runs (task, ran_for, ran_at, result) values ('${RESTORE_TASK}', :end, :now, '{"pending":1,"armed":0}')
  on conflict (task) do update set ran_for = excluded.ran_for, ran_at = excluded.ran_at, result = excluded.result`;

/** What is run after a copy was loaded: sending off, due deliveries kept for a person, versions raised, the restore recorded. */
export const AFTER_LOAD_SQL = [
  SENDING_OFF_SQL,
  REVIEW_BEFORE_SENDING_SQL,
  `update bookings set version = version + ${VERSION_GAP}`,
  `update messages set version = version + ${VERSION_GAP}`,
  `update plans set version = version + ${VERSION_GAP}`,
  MARK_SQL,
];

/** Allows the task `keys` to erase records whose key is missing. A person has checked that the key store is the right one. */
export const ARM_SQL = `
  update task_runs set result = json_set(result, '$.armed', 1) where task = '${RESTORE_TASK}'`;

/** Records a drill that was passed, with its duration in milliseconds and the rows that it brought back. */
export const DRILL_SQL = `
  insert into task_runs (task, ran_for, ran_at, result)
  values ('${DRILL_TASK}', :end, :now, json_object('ms', cast(:ms as integer), 'rows', cast(:rows as integer)))
  on conflict (task) do update set ran_for = excluded.ran_for, ran_at = excluded.ran_at, result = excluded.result`;

/** The end of the copy and the time of the newest restore; no row where there was none. */
export const RESTORED_SQL = `select ran_for, ran_at from task_runs where task = '${RESTORE_TASK}'`;

/** The newest restore of the database. */
export interface Restore {
  at: Date;
  copyEndedAt: Date;
  /** Whether the rows have still to follow the keys. */
  pending: boolean;
  /** Whether a person has allowed the erasure of records without a key. */
  armed: boolean;
  /** What following the keys did: erased, shortened, lost. */
  counts: Readonly<Record<string, number>>;
}

export async function findRestore(db: D1Database): Promise<Restore | null> {
  const run = await findTaskRun(db, RESTORE_TASK);
  return run === null ? null : readRestore(run);
}

/** What a run of the task of a restore says. */
export function readRestore(run: TaskRun): Restore {
  const { pending, armed, ...counts } = run.result;
  return {
    at: run.at,
    copyEndedAt: new Date(run.ranFor),
    pending: pending === 1,
    armed: armed === 1,
    counts,
  };
}

export function recordRestore(db: D1Database, restore: Restore): D1PreparedStatement {
  const { at, copyEndedAt, pending, armed, counts } = restore;
  const result = { ...counts, pending: pending ? 1 : 0, armed: armed ? 1 : 0 };
  return recordTaskRun(db, { task: RESTORE_TASK, ranFor: copyEndedAt.toISOString(), at, result });
}
