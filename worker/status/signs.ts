import { shownRatings } from '../../shared/jobs/ratings.ts';
import { KEYS_TASK } from '../personal-data/key-reconciliation.ts';
import { type CountedHoldings, HOLDINGS_TASK, readHoldings } from '../records/holdings.ts';
import { readSending, type Sending, selectSending } from '../store/channels.ts';
import { readFirstRecord, selectFirstRecord } from '../store/counts.ts';
import { readRatingTotals, selectRatingTotals } from '../store/dealings.ts';
import { DRILL_TASK, readRestore, type Restore, RESTORE_TASK } from '../store/restores.ts';
import { readTaskRuns, selectTaskRuns, type TaskRun } from '../store/task-runs.ts';
import {
  type DeliveryCounts,
  readDeliveryCounts,
  selectDeliveryCounts,
} from '../store/undelivered.ts';

/** The signs by which a person or a monitor sees whether all is well. */
export interface Signs {
  deliveries: DeliveryCounts;
  sending: Sending;
  /** When deliveries were last looked through, or null. */
  sweptAt: Date | null;
  /** Records that should be readable and had no key at the last reconciliation. */
  missingKeys: number;
  purge: TaskRun | null;
  drill: TaskRun | null;
  restore: Restore | null;
  /** What was kept when it was counted last, and when that was; null before the first time. */
  holdings: CountedHoldings | null;
  countedAt: Date | null;
  /** When the record was created that is there for the longest time, or null. */
  firstRecordAt: Date | null;
  /** How many ratings there are, and how many good ones; null while too few to show. */
  ratings: { count: number; good: number } | null;
}

/** Reads all signs in one call, which reads as many rows however many records are kept. */
export async function readSigns(db: D1Database, now: Date): Promise<Signs> {
  const [runs, sending, deliveries, first, ratings] = (await db.batch([
    selectTaskRuns(db),
    selectSending(db),
    selectDeliveryCounts(db, now),
    selectFirstRecord(db),
    selectRatingTotals(db),
  ])) as [D1Result, D1Result, D1Result, D1Result, D1Result];
  const findRun = readTaskRuns(runs);
  const [restore, counted] = [findRun(RESTORE_TASK), findRun(HOLDINGS_TASK)];
  return {
    deliveries: readDeliveryCounts(deliveries),
    sending: readSending(sending),
    sweptAt: findRun('deliveries')?.at ?? null,
    missingKeys: findRun(KEYS_TASK)?.result['missing'] ?? 0,
    purge: findRun('purge'),
    drill: findRun(DRILL_TASK),
    restore: restore && readRestore(restore),
    holdings: counted && readHoldings(counted),
    countedAt: counted?.at ?? null,
    firstRecordAt: readFirstRecord(first),
    ratings: shownRatings(readRatingTotals(ratings)),
  };
}
