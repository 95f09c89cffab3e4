import { clearOldHashes, releaseDeclinedSeats, purgeEnded } from './tasks/clean-up.ts';
import { syncKeys } from './tasks/keys.ts';
import { remindCustomers } from './tasks/remind.ts';
import { startClock, withTimeout } from './base/timeout.ts';
import { sendDueDeliveries } from './outbox/sweep.ts';
import { logError } from './base/log.ts';
import { lapseRequests, completeVisits, dropQuarantined } from './tasks/due-transitions.ts';
import {
  notifyQuarantined,
  notifySecondAddress,
  remindStaff,
  sendDigest,
} from './tasks/staff-mails.ts';

/** A task of the clock: looks at what is due by now and does it, so that a gap is caught up and a repeat finds nothing. */
type Task = (env: Env, now: Date) => Promise<void>;

/** Longest that the tasks may hold the deliveries of this minute up. */
const TASKS_MS = 20_000;

/** What the clock does each minute, by name; a task that is due less often claims its slot. */
const tasks: Readonly<Record<string, Task>> = {
  lapse: lapseRequests,
  complete: completeVisits,
  'free-declined': releaseDeclinedSeats,
  'drop-held': dropQuarantined,
  'held-notice': notifyQuarantined,
  'second-address': notifySecondAddress,
  nudge: remindStaff,
  reminders: remindCustomers,
  digest: sendDigest,
  forget: clearOldHashes,
  keys: syncKeys,
  purge: purgeEnded,
};

/**
 * Runs the tasks of this minute, then the deliveries, which take along what the tasks caused. The deliveries go by the clock:
 * a minute that starts late, or after slow tasks, leases and signs by the true time.
 */
export async function runScheduled(env: Env, now: Date, clock = startClock(now)): Promise<void> {
  const running = Object.entries(tasks).map(([task, run]) => runTask(task, () => run(env, now)));
  await runTask('tasks', () => withTimeout(Promise.all(running), TASKS_MS));
  await runTask('deliveries', () => sendDueDeliveries(env, clock()));
}

/** One task that fails keeps no other from running; it is tried again in a minute. */
async function runTask(task: string, run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    logError('task_failed', error, { task });
  }
}
