import { retention, type Period } from '../../shared/privacy/register.ts';
import { addPeriod } from '../../shared/privacy/retention.ts';
import { later } from '../../shared/time.ts';
import { isErasureBlocked } from './erasure-block.ts';
import { eraseRecord } from './erase.ts';
import { logError } from '../base/log.ts';
import { deleteReceipts, deleteRecords, listEmptied, listEnded } from '../store/purge.ts';
import { deleteSystemMails } from '../store/system-mails.ts';
import { closeRightsRequest, listOpenErasures } from '../store/rights-requests.ts';

/** Records that one run empties or deletes at most; the rest is done by the next. */
export const PURGE_LIMIT = 100;
/** Days for which the house's own mails (digests, reminders to staff) are kept once settled. */
const SYSTEM_MAIL_DAYS = 90;

/** What a purge did; `more` is 1 where some is left for the next run. */
export interface PurgeCounts {
  [count: string]: number;
  /** Records whose personal data had reached its end and was emptied. */
  emptied: number;
  /** Records that could not be emptied this time. */
  failed: number;
  /** Requests to erase that had to wait and were met. */
  erased: number;
  /** Emptied records whose remainder was deleted. */
  deleted: number;
  /** Consent receipts deleted. */
  receipts: number;
  more: number;
}

/** Empties what has reached its end and deletes what is left of it when that has too. A second run finds nothing to do. */
export async function purge(env: Env, now: Date): Promise<PurgeCounts> {
  const ended = await listEnded(env.DB, now, PURGE_LIMIT);
  const failed = await countFailures(ended, async (id) => {
    await eraseRecord(env, { id, cause: 'ended', actor: 'system', now });
  });
  let waiting = 0;
  const open = await listOpenErasures(env.DB);
  const unmet = await countFailures(open, async ({ id, subjectId }) => {
    if (await isErasureBlocked(env, subjectId)) {
      waiting += 1;
      return;
    }
    const erasure = { id: subjectId, cause: 'request', actor: 'customer', now } as const;
    const { outcome } = await eraseRecord(env, erasure);
    if (outcome === 'stale') throw new Error('A record kept changing');
    await closeRightsRequest(env.DB, id, now).run();
  });
  const old = await listEmptied(env.DB, before(now, retention.emptied.period), PURGE_LIMIT);
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

/** The instant whose retention ends now: what is older has ended. */
function before(now: Date, period: Period): Date {
  if ('months' in period) return addPeriod(now, { months: -period.months });
  return 'days' in period
    ? addPeriod(now, { days: -period.days })
    : addPeriod(now, { hours: -period.hours });
}

/** One record that fails keeps no other from being emptied. */
async function countFailures<T>(
  entries: readonly T[],
  act: (entry: T) => Promise<void>,
): Promise<number> {
  let failures = 0;
  for (const entry of entries) {
    try {
      await act(entry);
    } catch (error) {
      failures += 1;
      logError('record_not_emptied', error);
    }
  }
  return failures;
}
