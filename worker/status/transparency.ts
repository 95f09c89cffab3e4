import { later } from '../../shared/time.ts';
import { PURGE_LATE_HOURS } from '../records/holdings.ts';
import { readSigns, type Signs } from './signs.ts';

/** Hours that a delivery may be late before its promise counts as broken. A stopped channel breaks it at once. */
const DELIVERY_LATE_HOURS = 24;

type BrokenPromise = 'purge' | 'overdue' | 'rights' | 'keys' | 'sending' | 'delivery';

/** What `/minh-bach/` and `GET /api/status` show: counts and times (UTC ISO, or null), no personal data. */
export interface TransparencyStatus {
  /** When what is kept was counted last, by cron once an hour; null before the first time, and then the counts are null too. */
  countedAt: string | null;
  /** Records whose personal data is not erased. */
  bookings: number | null;
  messages: number | null;
  /** Records whose data is still there hours after its end. */
  overdue: number | null;
  /** The earliest end of a record whose data is not erased. */
  nextEndAt: string | null;
  /** When the oldest record whose data is not erased was created, and its end. */
  oldestAt: string | null;
  oldestEndsAt: string | null;
  /** Records whose personal data was erased in the last 30 days. */
  erasedLately: number | null;
  /** Requests about personal data past their legal deadline. */
  lateRights: number | null;
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
  /** How many ratings of visits there are, and how many good ones; null while too few to show. */
  ratings: { count: number; good: number } | null;
  /** Names of the promises that are broken now. */
  broken: BrokenPromise[];
}

/** Reads the status at an instant. */
export async function readStatus(db: D1Database, now: Date): Promise<TransparencyStatus> {
  const signs = await readSigns(db, now);
  const { holdings, deliveries, restore, purge, drill } = signs;
  return {
    countedAt: toText(signs.countedAt),
    bookings: holdings?.bookings ?? null,
    messages: holdings?.messages ?? null,
    overdue: holdings?.overdue ?? null,
    nextEndAt: holdings?.nextEndAt ?? null,
    oldestAt: holdings?.oldestAt ?? null,
    oldestEndsAt: holdings?.oldestEndsAt ?? null,
    erasedLately: holdings?.erasedLately ?? null,
    lateRights: holdings?.lateRights ?? null,
    lastPurgeAt: toText(purge?.at),
    lastPurgeEmptied: purge?.result['emptied'] ?? 0,
    lastDrillAt: toText(drill?.at),
    lastDrillSeconds: drill === null ? null : Math.round((drill.result['ms'] ?? 0) / 100) / 10,
    lastRestoreAt: toText(restore?.at),
    restoreLost: restore?.counts['lost'] ?? 0,
    restoreErased: restore?.counts['erased'] ?? 0,
    sending: signs.sending.offSince === null,
    review: deliveries.review,
    oldestUndeliveredAt: toText(deliveries.oldestDueAt),
    dead: deliveries.dead,
    missingKeys: signs.missingKeys,
    ratings: signs.ratings,
    broken: listBroken(signs, now),
  };
}

function listBroken(signs: Signs, now: Date): BrokenPromise[] {
  const { holdings, deliveries, sending } = signs;
  const purgeDue = later(now, { hours: -PURGE_LATE_HOURS });
  // Before the first run, a record that is hours old shows that cron does not run.
  const purgedAt = signs.purge?.at ?? signs.firstRecordAt;
  const oldest = deliveries.oldestDueAt;
  const late = oldest !== null && oldest < later(now, { hours: -DELIVERY_LATE_HOURS });
  const stopped = sending.channels.some(({ stoppedAt }) => stoppedAt !== null);
  const checks: Readonly<Record<BrokenPromise, boolean>> = {
    purge: purgedAt !== null && purgedAt < purgeDue,
    overdue: (holdings?.overdue ?? 0) > 0,
    rights: (holdings?.lateRights ?? 0) > 0,
    keys: signs.missingKeys > 0,
    sending: sending.offSince !== null,
    delivery: late || deliveries.dead > 0 || stopped,
  };
  return (Object.keys(checks) as BrokenPromise[]).filter((name) => checks[name]);
}

function toText(instant: Date | null | undefined): string | null {
  return instant?.toISOString() ?? null;
}
