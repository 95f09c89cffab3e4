import { retention } from '../../shared/privacy/register.ts';
import type { Period } from '../../shared/privacy/retention-rule.ts';
import { addPeriod } from '../../shared/privacy/retention.ts';
import { later } from '../../shared/time.ts';
import { eraseRecord } from './erase.ts';
import { logError } from '../base/log.ts';
import {
  deleteReceipts,
  deleteRecords,
  listErasedRecords,
  listEndedRecords,
} from '../store/purge.ts';
import { deleteSystemMails } from '../store/system-mails.ts';
import {
  closeRightsRequest,
  hasGenuineComplaint,
  listOpenErasures,
} from '../store/rights-requests.ts';

/** Records that one run erases or deletes at most; the next run goes on. */
const PURGE_LIMIT = 100;
/** Days for which system mails (digests, reminders to staff) are kept after they have ended. */
const SYSTEM_MAIL_DAYS = 90;

/** What one purge did. */
interface PurgeCounts {
  [count: string]: number;
  /** Records whose personal data had reached its end and was erased. */
  emptied: number;
  /** Records that could not be erased this time. */
  failed: number;
  /** Requests to erase that had to wait and are done now. */
  erased: number;
  /** Erased records whose rows were deleted. */
  deleted: number;
  /** Consent receipts deleted. */
  receipts: number;
  /** 1 where records are left for the next run, else 0. */
  more: number;
}

/** Erases what has reached its end, and deletes the rows that are left of it when their own retention ends. A second run finds nothing. */
export async function purge(env: Env, now: Date): Promise<PurgeCounts> {
  const ended = await listEndedRecords(env.DB, now, PURGE_LIMIT);
  const failed = await countFailures(ended, async (id) => {
    await eraseRecord(env, { id, cause: 'ended', actor: 'system', now });
  });
  let waiting = 0;
  const open = await listOpenErasures(env.DB);
  const unmet = await countFailures(open, async ({ id, subjectId }) => {
    if (await hasGenuineComplaint(env.DB, subjectId)) {
      waiting += 1;
      return;
    }
    const erasure = { id: subjectId, cause: 'request', actor: 'customer', now } as const;
    const { outcome } = await eraseRecord(env, erasure);
    if (outcome === 'stale') throw new Error('A record kept changing');
    await closeRightsRequest(env.DB, id, now).run();
  });
  const old = await listErasedRecords(env.DB, before(now, retention.emptied.period), PURGE_LIMIT);
  const results = await env.DB.batch([
    deleteReceipts(env.DB, before(now, retention.receipt.period)),
    deleteSystemMails(env.DB, later(now, { days: -SYSTEM_MAIL_DAYS })),
    ...deleteRecords(env.DB, old),
  ]);
  return {
    emptied: ended.length - failed,
    failed: failed + unmet,
    erased: open.length - waiting - unmet,
    deleted: old.length,
    receipts: results[0]?.meta.changes ?? 0,
    more: ended.length === PURGE_LIMIT || old.length === PURGE_LIMIT ? 1 : 0,
  };
}

/** The instant at or before which a retention has ended. */
function before(now: Date, period: Period): Date {
  if ('months' in period) return addPeriod(now, { months: -period.months });
  return 'days' in period
    ? addPeriod(now, { days: -period.days })
    : addPeriod(now, { hours: -period.hours });
}

/** One record that fails does not stop the others. */
async function countFailures<T>(
  entries: readonly T[],
  work: (entry: T) => Promise<void>,
): Promise<number> {
  let failures = 0;
  for (const entry of entries) {
    try {
      await work(entry);
    } catch (error) {
      failures += 1;
      logError('record_not_emptied', error);
    }
  }
  return failures;
}
