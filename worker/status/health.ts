import { Hono } from 'hono';
import { later } from '../../shared/time.ts';
import type { AppEnv } from '../web/context.ts';
import { isServiceFailure } from '../base/failures.ts';
import { logError } from '../base/log.ts';
import { type ChannelState, findAddressFailure, listChannels } from '../store/channels.ts';
import { countMissingKeys } from '../personal-data/key-reconciliation.ts';
import { countDeliveries, type DeliveryCounts } from '../store/undelivered.ts';
import { findSendingStop } from '../store/sending.ts';
import { findTaskRun } from '../store/task-runs.ts';
import { LATE_MINUTES } from '../outbox/retry-times.ts';

/** Minutes without a sweep of deliveries after which cron counts as stopped. */
const SWEEP_MINUTES = 10;

/**
 * `GET /api/health` for a monitor. `ok` is false where a person should look: a dead letter, a delivery an hour late, a first
 * staff address that takes no mail, a stopped cron, a stopped channel, sending that is off, deliveries left by a restore, a lost
 * key, or a database that does not answer. Only the last is answered with 503. `/api/status` says which of them it is.
 */
export const healthRoutes = new Hono<AppEnv>().get('/', async (c) => {
  c.header('Cache-Control', 'no-store');
  try {
    const [counts, missingKeys, channels, address, sweep, sendingStop] = await Promise.all([
      countDeliveries(c.env.DB, c.var.now),
      countMissingKeys(c.env.DB),
      listChannels(c.env.DB),
      findAddressFailure(c.env.DB),
      findTaskRun(c.env.DB, 'deliveries'),
      findSendingStop(c.env.DB),
    ]);
    const sending = sendingStop === null;
    const sweptAt = sweep?.ranAt ?? null;
    return c.json(
      readHealth({ ...counts, missingKeys, channels, address, sending, sweptAt }, c.var.now),
    );
  } catch (error) {
    if (!isServiceFailure(error)) throw error;
    logError('health_failed', error, { requestId: c.var.requestId });
    const unknown = { oldestUndeliveredSeconds: null, dead: null, lastSweepAt: null };
    return c.json({ ok: false, database: false, ...unknown }, 503);
  }
});

interface Signs extends DeliveryCounts {
  missingKeys: number;
  channels: readonly ChannelState[];
  /** Since when the first staff address fails, or null. */
  address: Date | null;
  sending: boolean;
  sweptAt: Date | null;
}

function readHealth(signs: Signs, now: Date) {
  const { address, dead, oldestDueAt, review, sending, sweptAt } = signs;
  const late = oldestDueAt !== null && oldestDueAt < later(now, { minutes: -LATE_MINUTES });
  const stoodStill = sweptAt !== null && sweptAt < later(now, { minutes: -SWEEP_MINUTES });
  const stopped = signs.channels.some(({ stoppedAt }) => stoppedAt !== null);
  return {
    ok:
      dead === 0 &&
      signs.missingKeys === 0 &&
      !late &&
      address === null &&
      !stoodStill &&
      !stopped &&
      sending &&
      review === 0,
    database: true,
    oldestUndeliveredSeconds:
      oldestDueAt === null
        ? 0
        : Math.max(0, Math.round((now.getTime() - oldestDueAt.getTime()) / 1000)),
    dead,
    lastSweepAt: sweptAt?.toISOString() ?? null,
  };
}
