import { later } from '../../shared/time.ts';
import { countLateRights } from '../records/overdue.ts';
import { countMissingKeys } from '../personal-data/key-reconciliation.ts';
import { type ChannelState, listChannels } from '../store/channels.ts';
import { countDeliveries, type DeliveryCounts } from '../store/undelivered.ts';
import { countHoldings, type Holdings } from '../store/counts.ts';
import { findRestore, type Restore, DRILL_TASK } from '../store/restores.ts';
import { findSendingStop } from '../store/sending.ts';
import { findTaskRun } from '../store/task-runs.ts';

/** Hours that the purge may be late before its promise counts as broken. */
const PURGE_LATE_HOURS = 3;
/** Hours that a delivery may be late before its promise counts as broken. A stopped channel breaks it at once. */
const DELIVERY_LATE_HOURS = 24;
/** Days back for which the page says how much was erased. */
const ERASED_DAYS = 30;

type BrokenPromise = 'purge' | 'overdue' | 'rights' | 'keys' | 'sending' | 'delivery';

/** What `/minh-bach/` and `GET /api/status` show: counts and times (UTC ISO, or null), no personal data. */
export interface TransparencyStatus extends Holdings {
  /** The purge's last run, null before the first, and how many records it erased. */
  lastPurgeAt: string | null;
  lastPurgeEmptied: number;
  /** The last drill that brought a copy of this database back, null before the first, and how long it took. */
  lastDrillAt: string | null;
  lastDrillSeconds: number | null;
  /** The last restore of this database, null where there was none, and what it lost. */
  lastRestoreAt: string | null;
  restoreLost: number;
  restoreErased: number;
  /** Whether deliveries are sent. A person turns sending off and on, a restore turns it off. */
  sending: boolean;
  /** Deliveries that a restore left for a person to look through. */
  review: number;
  /** When the oldest delivery whose time has come was written. */
  oldestUndeliveredAt: string | null;
  dead: number;
  /** Records that should be readable and have lost their key. */
  missingKeys: number;
  /** Requests about personal data past their legal deadline. */
  lateRights: number;
  /** Names of the promises that are broken now. */
  broken: BrokenPromise[];
}

type Run = Awaited<ReturnType<typeof findTaskRun>>;

interface Signs {
  holdings: Holdings;
  deliveries: DeliveryCounts;
  sendingStop: Date | null;
  channels: ChannelState[];
  restore: Restore | null;
  purge: Run;
  missingKeys: number;
  lateRights: number;
  drill: Run;
}

/** Reads the status at an instant. */
export async function readStatus(db: D1Database, now: Date): Promise<TransparencyStatus> {
  const signs = await readSigns(db, now);
  const { holdings, deliveries, restore, purge, drill } = signs;
  return {
    ...holdings,
    lastPurgeAt: toText(purge?.ranAt),
    lastPurgeEmptied: purge?.result['emptied'] ?? 0,
    lastDrillAt: toText(drill?.ranAt),
    lastDrillSeconds: drill === null ? null : Math.round((drill.result['ms'] ?? 0) / 100) / 10,
    lastRestoreAt: toText(restore?.at),
    restoreLost: restore?.counts['lost'] ?? 0,
    restoreErased: restore?.counts['erased'] ?? 0,
    sending: signs.sendingStop === null,
    review: deliveries.review,
    oldestUndeliveredAt: toText(deliveries.oldestDueAt),
    dead: deliveries.dead,
    missingKeys: signs.missingKeys,
    lateRights: signs.lateRights,
    broken: listBroken(signs, now),
  };
}

async function readSigns(db: D1Database, now: Date): Promise<Signs> {
  const [
    holdings,
    deliveries,
    sendingStop,
    channels,
    restore,
    purge,
    missingKeys,
    lateRights,
    drill,
  ] = await Promise.all([
    countHoldings(db, {
      endedBefore: later(now, { hours: -PURGE_LATE_HOURS }),
      erasedSince: later(now, { days: -ERASED_DAYS }),
    }),
    countDeliveries(db, now),
    findSendingStop(db),
    listChannels(db),
    findRestore(db),
    findTaskRun(db, 'purge'),
    countMissingKeys(db),
    countLateRights(db, now),
    findTaskRun(db, DRILL_TASK),
  ]);
  return {
    holdings,
    deliveries,
    sendingStop,
    channels,
    restore,
    purge,
    missingKeys,
    lateRights,
    drill,
  };
}

function listBroken(signs: Signs, now: Date): BrokenPromise[] {
  const { holdings, deliveries } = signs;
  const purgeDue = later(now, { hours: -PURGE_LATE_HOURS });
  // Before the first run, a record that is hours old shows that cron does not run.
  const purgedAt = signs.purge?.ranAt ?? (holdings.oldestAt && new Date(holdings.oldestAt));
  const oldest = deliveries.oldestDueAt;
  const late = oldest !== null && oldest < later(now, { hours: -DELIVERY_LATE_HOURS });
  const stopped = signs.channels.some(({ stoppedAt }) => stoppedAt !== null);
  const checks: Readonly<Record<BrokenPromise, boolean>> = {
    purge: purgedAt instanceof Date && purgedAt < purgeDue,
    overdue: holdings.overdue > 0,
    rights: signs.lateRights > 0,
    keys: signs.missingKeys > 0,
    sending: signs.sendingStop !== null,
    delivery: late || deliveries.dead > 0 || stopped,
  };
  return (Object.keys(checks) as BrokenPromise[]).filter((name) => checks[name]);
}

function toText(instant: Date | null | undefined): string | null {
  return instant?.toISOString() ?? null;
}
