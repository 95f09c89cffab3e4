import { noticeBankAccount } from './tasks/bank-account.ts';
import {
  clearOldHashes,
  deletePhotoOrphans,
  purgeEnded,
  releaseDeclinedSeats,
} from './tasks/clean-up.ts';
import { syncKeys } from './tasks/keys.ts';
import { followPlans } from './tasks/plans.ts';
import { logPageFailures } from './tasks/page-failures.ts';
import { remindCustomers } from './tasks/remind.ts';
import { startClock, withTimeout } from './base/timeout.ts';
import { sendDueDeliveries } from './outbox/sweep.ts';
import { listBadKeyrings } from './base/keyrings.ts';
import { joinStatements } from './store/join-statements.ts';
import { log, logError } from './base/log.ts';
import { dropHeld } from './tasks/drop-held.ts';
import { lapseRequests, completeVisits } from './tasks/due-transitions.ts';
import {
  askForResults,
  notifyOutage,
  notifyQuarantined,
  notifySecondAddress,
  remindStaff,
  sendDigest,
  sendHourList,
} from './tasks/staff-mails.ts';

/** A task does what is due by now: after a gap it catches up, and a repeat finds nothing. */
type Task = (env: Env, now: Date) => Promise<void>;

/** Time after which the deliveries of this minute no longer wait for the tasks. */
const TASKS_MS = 20_000;

/**
 * Calls of D1 after which a minute leaves the rest of the plans to the next one: with the last step, of a few calls, and the
 * deliveries it stays below 40. The Free plan allows 50 queries.
 */
const PLAN_CALLS = 16;

/** What cron does each minute, by name. A task that is due less often claims a slot. */
const tasks: Readonly<Record<string, Task>> = {
  lapse: lapseRequests,
  complete: completeVisits,
  results: askForResults,
  outage: notifyOutage,
  'free-declined': releaseDeclinedSeats,
  'drop-held': dropHeld,
  'held-notice': notifyQuarantined,
  'hour-list': sendHourList,
  'second-address': notifySecondAddress,
  nudge: remindStaff,
  reminders: remindCustomers,
  digest: sendDigest,
  forget: clearOldHashes,
  keys: syncKeys,
  'page-failures': logPageFailures,
  purge: purgeEnded,
  photos: deletePhotoOrphans,
  'bank-account': noticeBankAccount,
};

/**
 * Runs the tasks of this minute, then sends what is due, with what the tasks enqueued. `now` is the minute that cron was due;
 * `clock` gives the true time, by which deliveries are leased and signed even where cron or a task was late.
 */
export async function runScheduled(env: Env, now: Date, clock = startClock(now)): Promise<void> {
  const bad = listBadKeyrings(env);
  if (bad.length > 0) log('key_too_short', { keyrings: bad.join(' ') });
  let calls = 0;
  const joined = { ...env, DB: joinStatements(env.DB, () => (calls += 1)) };
  const running = Object.entries(tasks).map(([task, run]) => runTask(task, () => run(joined, now)));
  const others = Promise.all(running);
  const mayGoOn = () => calls < PLAN_CALLS;
  const plans = runTask('plans', () => followPlans(joined, now, { after: others, mayGoOn }));
  await runTask('tasks', () => withTimeout(Promise.all([others, plans]), TASKS_MS));
  await runTask('deliveries', () => sendDueDeliveries(joined, clock()));
}

/** One task that fails does not stop the others. The next minute tries it again. */
async function runTask(task: string, run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    logError('task_failed', error, { task });
  }
}
