import type { WakeMessage } from '../records/wake-delivery.ts';
import { log, logError } from '../base/log.ts';
import { listDueDeliveries } from '../store/due-deliveries.ts';
import { recordTaskRun } from '../store/task-runs.ts';
import { startClock } from '../base/timeout.ts';
import { deliverAll } from './attempt.ts';

/** Deliveries of one channel that a sweep sends itself; the queue is sent the rest. An invocation may make 1,000 calls to D1. */
const DIRECT_MAX = 25;
/** Deliveries of one channel that a sweep reads. */
const LISTED_MAX = 1_000;
/** Deliveries of one channel that are attempted together; as many as the queue hands over. */
const TOGETHER_MAX = 10;
/** Messages that one call to the queue takes. */
const BATCH_MAX = 100;

/** Sends what is due. The channels run side by side, so that a slow one does not hold up the others. Cron calls it every minute. */
export async function sendDueDeliveries(env: Env, now: Date): Promise<void> {
  const clock = startClock(now);
  const due = await listDueDeliveries(env.DB, {
    now,
    limit: LISTED_MAX,
    lettersADay: Number(env.LETTERS_A_DAY),
  });
  await Promise.all(due.map((ids) => sweepChannel(env, ids, clock)));
  await recordTaskRun(env.DB, {
    task: 'deliveries',
    ranFor: now.toISOString(),
    at: clock(),
    result: { looked: due.flat().length },
  }).run();
}

async function sweepChannel(env: Env, ids: readonly string[], clock: () => Date): Promise<void> {
  await wakeRest(env, ids.slice(DIRECT_MAX));
  for (let from = 0; from < Math.min(ids.length, DIRECT_MAX); from += TOGETHER_MAX) {
    await deliverSafely(env, ids.slice(from, from + TOGETHER_MAX), clock());
  }
}

/** Deliveries that cannot be claimed do not stop the others. */
async function deliverSafely(env: Env, ids: readonly string[], now: Date): Promise<void> {
  try {
    await deliverAll(env, ids, now);
  } catch (error) {
    logError('sweep_failed', error, { count: ids.length });
  }
}

async function wakeRest(env: Env, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += BATCH_MAX) {
    const batch = ids.slice(from, from + BATCH_MAX);
    try {
      await env.DELIVERIES.sendBatch(
        batch.map((deliveryId) => ({ body: { v: 1, deliveryId } satisfies WakeMessage })),
      );
    } catch (error) {
      logError('nudge_failed', error, { count: batch.length });
      return;
    }
  }
  if (ids.length > 0) log('nudged', { count: ids.length });
}
