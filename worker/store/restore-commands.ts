/** SQL that follows a copy into the database in the same transaction, with named places `:end` and `:now`. */
import { SENDING_OFF_SQL } from './sending-commands.ts';
import { REVIEW } from './sending.ts';

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
const HOLD_SQL = `
  update deliveries set status = 'waiting', after_id = '${REVIEW}', attempts = max(attempts, 1), lease_ends_at = null,
    last_result = 'restored'
  where status = 'sending' or (status = 'due' and (next_attempt_at <= :now or attempts > 0))`;

const MARK_SQL = `
  insert into task_runs (task, ran_for, ran_at, result) values ('${RESTORE_TASK}', :end, :now, '{"pending":1,"armed":0}')
  on conflict (task) do update set ran_for = excluded.ran_for, ran_at = excluded.ran_at, result = excluded.result`;

/** Sending off, what was due held for a person, versions above those that were seen, and the restore written down. */
export const AFTER_LOAD_SQL = [
  SENDING_OFF_SQL,
  HOLD_SQL,
  `update bookings set version = version + ${VERSION_GAP}`,
  `update messages set version = version + ${VERSION_GAP}`,
  MARK_SQL,
];

/** Lets the clock erase the records whose key is missing: a person has seen that the vault is the right one. */
export const ARM_SQL = `
  update task_runs set result = json_set(result, '$.armed', 1) where task = '${RESTORE_TASK}'`;

/** Writes a drill down that was passed, with its time in milliseconds and the rows that it brought back. */
export const DRILL_SQL = `
  insert into task_runs (task, ran_for, ran_at, result)
  values ('${DRILL_TASK}', :end, :now, json_object('ms', cast(:ms as integer), 'rows', cast(:rows as integer)))
  on conflict (task) do update set ran_for = excluded.ran_for, ran_at = excluded.ran_at, result = excluded.result`;

/** When the newest restore was made; no row where there was none. */
export const RESTORED_AT_SQL = `select ran_at from task_runs where task = '${RESTORE_TASK}'`;
