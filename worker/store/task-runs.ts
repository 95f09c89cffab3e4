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
