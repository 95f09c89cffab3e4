import * as v from 'valibot';
import { instant, readRow } from './rows.ts';

/** One run of a task of the clock. */
export interface TaskRun {
  task: string;
  /** The slot it ran for: an instant, a day, an hour. */
  ranFor: string;
  at: Date;
  /** Counts, no data. */
  result: Readonly<Record<string, number>>;
}

/** Writes down that a task ran; the newest run is kept. */
export function recordTaskRun(db: D1Database, run: TaskRun): D1PreparedStatement {
  return db
    .prepare(
      `insert into task_runs (task, ran_for, ran_at, result) values (?1, ?2, ?3, ?4)
       on conflict (task) do update set ran_for = excluded.ran_for, ran_at = excluded.ran_at, result = excluded.result`,
    )
    .bind(run.task, run.ranFor, run.at.toISOString(), JSON.stringify(run.result));
}

/** The newest run of a task, or null. */
export async function findTaskRun(
  db: D1Database,
  task: string,
): Promise<{ ranFor: string; ranAt: Date; result: TaskRun['result'] } | null> {
  const row = readRow(
    v.object({
      ran_for: v.string(),
      ran_at: instant,
      result: v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.number())),
    }),
    await db.prepare('select * from task_runs where task = ?').bind(task).first(),
  );
  return row === null ? null : { ranFor: row.ran_for, ranAt: row.ran_at, result: row.result };
}

/** A slot of a task of the clock: the instant for which it runs once. */
export interface Slot {
  task: string;
  startsAt: Date;
  now: Date;
}

/**
 * Claims a slot and writes what it causes in one batch, so that a crash leaves both or neither. False where this slot or
 * a later one was claimed before; the statements must then have no effect of their own accord (a dedupe key).
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
