import * as v from 'valibot';
import { instant, readRow, readRows } from './rows.ts';

/** One run of a task that cron starts. */
export interface TaskRun {
  task: string;
  /** What it ran for, as UTC ISO text: the start of a slot, or the end of the copy of a restore. */
  ranFor: string;
  at: Date;
  /** Counts by name. Where a name asks yes or no (`more`, `pending`, `armed`), 1 is yes and 0 is no. */
  result: Readonly<Record<string, number>>;
}

/** Records that a task ran; only the newest run is kept. */
export function recordTaskRun(db: D1Database, run: TaskRun): D1PreparedStatement {
  return db
    .prepare(
      `insert into task_runs (task, ran_for, ran_at, result) values (?1, ?2, ?3, ?4)
       on conflict (task) do update set ran_for = excluded.ran_for, ran_at = excluded.ran_at, result = excluded.result`,
    )
    .bind(run.task, run.ranFor, run.at.toISOString(), JSON.stringify(run.result));
}

const RunRowSchema = v.pipe(
  v.object({
    task: v.string(),
    ran_for: v.string(),
    ran_at: instant,
    result: v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.number())),
  }),
  v.transform((row): TaskRun => ({
    task: row.task,
    ranFor: row.ran_for,
    at: row.ran_at,
    result: row.result,
  })),
);

export async function findTaskRun(db: D1Database, task: string): Promise<TaskRun | null> {
  return readRow(
    RunRowSchema,
    await db.prepare('select * from task_runs where task = ?').bind(task).first(),
  );
}

/** The newest runs of all tasks. */
export function selectTaskRuns(db: D1Database): D1PreparedStatement {
  return db.prepare('select * from task_runs');
}

/** Finds a run by its task among those that `selectTaskRuns` gave. */
export function readTaskRuns(result: D1Result): (task: string) => TaskRun | null {
  const runs = new Map(readRows(RunRowSchema, result.results).map((run) => [run.task, run]));
  return (task) => runs.get(task) ?? null;
}

/** A slot of a task: it runs once for each start. */
interface Slot {
  task: string;
  startsAt: Date;
  now: Date;
}

/**
 * Claims a slot and writes what it causes in one batch, so that a crash leaves both or neither. False where this slot or a later
 * one was claimed before. The statements run even then, so they must not write twice (a dedupe key).
 */
export async function claimSlot(
  db: D1Database,
  slot: Slot,
  statements: readonly D1PreparedStatement[],
): Promise<boolean> {
  const claim = db
    .prepare(
      `insert into task_runs (task, ran_for, ran_at, result) values (?1, ?2, ?3, ?4)
       on conflict (task) do update set ran_for = excluded.ran_for, ran_at = excluded.ran_at, result = excluded.result
       where excluded.ran_for > task_runs.ran_for`,
    )
    .bind(
      slot.task,
      slot.startsAt.toISOString(),
      slot.now.toISOString(),
      JSON.stringify({ caused: statements.length }),
    );
  const [claimed] = await db.batch([claim, ...statements]);
  return claimed?.meta.changes === 1;
}
