import { RESTORE_TASK } from './restore-commands.ts';
import { findTaskRun, recordTaskRun } from './task-runs.ts';

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
