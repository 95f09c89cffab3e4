import { Hono } from 'hono';
import { later } from '../../shared/time.ts';
import type { AppEnv } from '../web/context.ts';
import { isServiceFailure } from '../base/failures.ts';
import { logError } from '../base/log.ts';
import { LATE_MINUTES } from '../outbox/retry-times.ts';
import { readSigns, type Signs } from './signs.ts';

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
    return c.json(readHealth(await readSigns(c.env.DB, c.var.now), c.var.now));
  } catch (error) {
    if (!isServiceFailure(error)) throw error;
    logError('health_failed', error, { requestId: c.var.requestId });
    const unknown = { oldestUndeliveredSeconds: null, dead: null, lastSweepAt: null };
    return c.json({ ok: false, database: false, ...unknown }, 503);
  }
});

function readHealth({ deliveries, sending, ...signs }: Signs, now: Date) {
  const { dead, oldestDueAt, review } = deliveries;
  const { missingKeys, sweptAt } = signs;
  const late = oldestDueAt !== null && oldestDueAt < later(now, { minutes: -LATE_MINUTES });
  const stoodStill = sweptAt !== null && sweptAt < later(now, { minutes: -SWEEP_MINUTES });
  const stopped = sending.channels.some(({ stoppedAt }) => stoppedAt !== null);
  return {
    ok:
      dead === 0 &&
      missingKeys === 0 &&
      !late &&
      sending.addressFailsSince === null &&
      !stoodStill &&
      !stopped &&
      sending.offSince === null &&
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
