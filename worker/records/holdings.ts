import * as v from 'valibot';
import { later } from '../../shared/time.ts';
import { countHoldings } from '../store/counts.ts';
import { recordTaskRun, type TaskRun } from '../store/task-runs.ts';
import { countLateRights } from './overdue.ts';

/** The task of these counts in `task_runs`; instants among them are milliseconds since 1970. */
export const HOLDINGS_TASK = 'holdings';

/** Hours that the purge may be late before its promise counts as broken. */
export const PURGE_LATE_HOURS = 3;
/** Days back for which it is counted how much was erased. */
const ERASED_DAYS = 30;

/** Counts what is kept and records it, so that nobody who looks at it makes the database walk all records. */
export async function recordHoldings(db: D1Database, now: Date): Promise<void> {
  const [holdings, lateRights] = await Promise.all([
    countHoldings(db, {
      endedBefore: later(now, { hours: -PURGE_LATE_HOURS }),
      erasedSince: later(now, { days: -ERASED_DAYS }),
    }),
    countLateRights(db, now),
  ]);
  const result = { ...holdings, lateRights };
  await recordTaskRun(db, {
    task: HOLDINGS_TASK,
    ranFor: now.toISOString(),
    at: now,
    result,
  }).run();
}

const instantText = v.optional(
  v.pipe(
    v.number(),
    v.transform((ms) => new Date(ms).toISOString()),
  ),
);

const HoldingsSchema = v.object({
  /** Records whose personal data is not erased. */
  bookings: v.number(),
  messages: v.number(),
  /** Records whose end lies so far back that the purge is late, and whose data is still there. */
  overdue: v.number(),
  /** The earliest end (UTC ISO) of a record whose data is not erased; absent where there is none. */
  nextEndAt: instantText,
  /** When the oldest record whose data is not erased was created, and its end; absent where there is none. */
  oldestAt: instantText,
  oldestEndsAt: instantText,
  /** Records whose personal data was erased in the last 30 days, on request or because it ended. */
  erasedLately: v.number(),
  /** Requests about personal data past their legal deadline. */
  lateRights: v.number(),
});

/** What was kept when it was counted last. */
export type CountedHoldings = v.InferOutput<typeof HoldingsSchema>;

export function readHoldings(run: TaskRun): CountedHoldings {
  return v.parse(HoldingsSchema, run.result);
}
