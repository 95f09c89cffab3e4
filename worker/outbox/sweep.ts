import type { WakeMessage } from '../records/wake-delivery.ts';
import { log, logError } from '../base/log.ts';
import { type Channel, channels } from '../store/deliveries.ts';
import { listDueDeliveries, releaseWaiting } from '../store/delivery-attempts.ts';
import { recordTaskRun } from '../store/task-runs.ts';
import { startClock } from '../base/timeout.ts';
import { deliverOne } from './attempt.ts';

/** Deliveries of one channel that a sweep sends itself; the queue is sent the rest. An invocation may make 1,000 calls to D1. */
const DIRECT_MAX = 25;
/** Deliveries of one channel that a sweep reads. */
const LISTED_MAX = 1_000;
/** Attempts of one channel at the same time. */
const CONCURRENCY = 3;
/** Messages that one call to the queue takes. */
const BATCH_MAX = 100;

/** Sends what is due. The channels run side by side, so that a slow one does not hold up the others. Cron calls it every minute. */
export async function sendDueDeliveries(env: Env, now: Date): Promise<void> {
  await releaseWaiting(env.DB).run();
  const clock = startClock(now);
  const sweeps = channels.map((channel) => sweepChannel(env, channel, clock));
  // An invocation ends with its first error, even while other channels send: so an error waits until all have finished.
  await Promise.allSettled(sweeps);
  const counts = await Promise.all(sweeps);
  const sent = counts.reduce((sum, count) => sum + count, 0);
  await recordTaskRun(env.DB, {
    task: 'deliveries',
    ranFor: now.toISOString(),
    at: clock(),
    result: { looked: sent },
  }).run();
}

async function sweepChannel(env: Env, channel: Channel, clock: () => Date): Promise<number> {
  const ids = await listDueDeliveries(env.DB, { channel, now: clock(), limit: LISTED_MAX });
  await wakeRest(env, ids.slice(DIRECT_MAX));
  const direct = ids.slice(0, DIRECT_MAX);
  const lanes = Array.from({ length: CONCURRENCY }, async (_, lane) => {
    for (const id of direct.filter((__, index) => index % CONCURRENCY === lane)) {
      await deliverSafely(env, id, clock());
    }
  });
  await Promise.all(lanes);
  return ids.length;
}

/** One delivery that cannot be claimed or recorded does not stop the others. */
async function deliverSafely(env: Env, id: string, now: Date): Promise<void> {
  try {
    await deliverOne(env, id, now);
  } catch (error) {
    logError('sweep_failed', error, { deliveryId: id });
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
