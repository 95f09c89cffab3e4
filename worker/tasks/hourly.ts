import { findTaskRun, recordTaskRun } from '../store/task-runs.ts';
import { minuteSlot } from './slots.ts';

/** What a run counted. `more` is 1 where it has to go on within the same hour, else 0 or absent. */
type Counts = Readonly<Record<string, number>>;

/**
 * Runs work once an hour and records what it counted. Work that has more to do goes on in the next minute, and its counts are
 * added up. Work that throws is begun again in the next minute, so a second run must change nothing more.
 */
export async function runHourly(
  env: Env,
  { task, now }: { task: string; now: Date },
  work: () => Promise<Counts>,
): Promise<void> {
  const hour = minuteSlot(now, 60).toISOString();
  const last = await findTaskRun(env.DB, task);
  const goesOn = last?.ranFor === hour && last.result['more'] === 1;
  if (last !== null && last.ranFor >= hour && !goesOn) return;
  const counts = await work();
  const result = goesOn ? add(last.result, counts) : counts;
  await recordTaskRun(env.DB, { task, ranFor: hour, at: now, result }).run();
}

function add(before: Counts, now: Counts): Counts {
  const sums = Object.entries(now).map(([name, count]) => [name, count + (before[name] ?? 0)]);
  return { ...Object.fromEntries(sums), more: now['more'] ?? 0 } as Counts;
}
