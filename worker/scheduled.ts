import { sendDueDeliveries } from './deliver/sweep.ts';
import { logError } from './log.ts';

/** A task of the clock. */
type Task = (env: Env, now: Date) => Promise<void>;

/** What the clock does each minute, by name; one task that fails keeps no other from running. */
const everyMinute: Readonly<Record<string, Task>> = { deliveries: sendDueDeliveries };

/** Runs the tasks of this minute. */
export async function runScheduled(env: Env, now: Date): Promise<void> {
  await Promise.all(
    Object.entries(everyMinute).map(async ([task, run]) => {
      try {
        await run(env, now);
      } catch (error) {
        logError('task_failed', error, { task });
      }
    }),
  );
}
