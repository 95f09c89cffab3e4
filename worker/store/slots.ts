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
