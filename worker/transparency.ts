import { later } from '../shared/time.ts';
import { countDeliveries } from './store/delivery-attempts.ts';
import { countHoldings } from './store/holdings.ts';
import { findTaskRun } from './store/task-runs.ts';

/** Hours that the purge may be late before the promise of the page counts as broken. */
const PURGE_LATE_HOURS = 3;
/** Hours that a message to staff or dispatch may wait before the promise counts as broken. */
const DELIVERY_LATE_HOURS = 24;

/** What `/minh-bach/` and `GET /api/status` show: counts and times, nothing of anyone. */
export interface TransparencyStatus {
  bookings: number;
  messages: number;
  /** The earliest end of what is kept, UTC ISO, or null. */
  nextEndAt: string | null;
  /** Records past their end that still hold data; 0 where the promise is kept. */
  overdue: number;
  /** The purge's last run, UTC ISO, or null before the first. */
  lastPurgeAt: string | null;
  /** Due time of the oldest message not yet delivered, UTC ISO, or null. */
  oldestUndeliveredAt: string | null;
  dead: number;
  /** Names of the promises that are broken now. */
  broken: ('purge' | 'overdue' | 'delivery')[];
}

/** Reads the status at an instant. */
export async function readStatus(db: D1Database, now: Date): Promise<TransparencyStatus> {
  const [holdings, purge, deliveries] = await Promise.all([
    countHoldings(db, later(now, { hours: -PURGE_LATE_HOURS })),
    findTaskRun(db, 'purge'),
    countDeliveries(db, now),
  ]);
  const purgeLate = purge !== null && purge.ranAt < later(now, { hours: -PURGE_LATE_HOURS });
  const oldest = deliveries.oldestDueAt;
  const late = oldest !== null && oldest < later(now, { hours: -DELIVERY_LATE_HOURS });
  return {
    ...holdings,
    lastPurgeAt: purge?.ranAt.toISOString() ?? null,
    oldestUndeliveredAt: oldest?.toISOString() ?? null,
    dead: deliveries.dead,
    broken: [
      ...(purgeLate ? (['purge'] as const) : []),
      ...(holdings.overdue > 0 ? (['overdue'] as const) : []),
      ...(late || deliveries.dead > 0 ? (['delivery'] as const) : []),
    ],
  };
}
