import {
  markAddressFailing,
  markAddressWorking,
  markFailing,
  markWorking,
  stopChannel,
} from '../store/channels.ts';
import type { DeliveryRow } from '../store/deliveries.ts';
import { insertSystemMail } from '../store/system-mails.ts';
import {
  supersedeDead,
  DOWN,
  releaseBeside,
  reviveWaiting,
  finishDeliveries,
  type AttemptResult,
} from '../store/delivery-attempts.ts';
import { type Disclosure, finishDisclosures } from '../store/disclosures.ts';
import type { SendResult } from './result.ts';
import { nextAttemptAt } from './retry-times.ts';

/** At most one mail about dead letters in so many minutes; it lists all that there are when it is sent. */
const DEAD_MAIL_MINUTES = 10;

export interface EndedAttempt {
  delivery: DeliveryRow;
  result: SendResult;
}

/** Records in one batch how attempts ended, in the order of their ends, and what follows; gives the deliveries' new statuses. */
export async function recordResults(
  db: D1Database,
  attempts: readonly EndedAttempt[],
  now: Date,
): Promise<AttemptResult['status'][]> {
  const results = attempts.map((attempt) => toAttemptResult(attempt, now));
  const delivered = attempts.filter(({ result }) => result.outcome === 'delivered');
  const disclosures = attempts.flatMap(({ delivery: { id }, result }) => {
    const known = disclosureResult(result);
    return known === null ? [] : [{ id, result: known }];
  });
  const needsMail = attempts.some((attempt, at) => needsStaffMail(attempt, results[at]?.status));
  await db.batch([
    finishDeliveries(db, results, now),
    releaseBeside(
      db,
      attempts.map(({ delivery }) => delivery.id),
    ),
    ...(disclosures.length === 0 ? [] : [finishDisclosures(db, disclosures)]),
    ...(delivered.length === 0
      ? []
      : [
          supersedeDead(
            db,
            delivered.map(({ delivery }) => delivery),
            now,
          ),
        ]),
    ...listTurns(attempts).flatMap((attempt) => channelStatements(db, attempt, now)),
    ...addressStatements(db, attempts, now),
    ...(needsMail ? [insertDeadLetterMail(db, now)] : []),
  ]);
  return results.map(({ status }) => status);
}

/** The attempts that say something else of their channel than the one before them: one of many that all succeeded. */
function listTurns(attempts: readonly EndedAttempt[]): EndedAttempt[] {
  const last = new Map<string, SendResult['outcome']>();
  return attempts.filter(({ delivery: { channel }, result: { outcome } }) => {
    if (last.get(channel) === outcome) return false;
    last.set(channel, outcome);
    return true;
  });
}

function toAttemptResult({ delivery, result }: EndedAttempt, now: Date): AttemptResult {
  const end = (status: AttemptResult['status'], nextAttempt: Date, text = result.result) => ({
    delivery,
    status,
    result: text,
    nextAttemptAt: nextAttempt,
    notBefore: null,
  });
  switch (result.outcome) {
    case 'delivered':
    case 'dead':
    case 'superseded':
      return end(result.outcome, delivery.nextAttemptAt);
    case 'stop':
      return end('due', now);
    case 'again':
    case 'down': {
      const next = nextAttemptAt({
        ...delivery,
        deliveryId: delivery.id,
        now,
        notBefore: result.notBefore,
      });
      const text = result.outcome === 'down' ? `${DOWN} ${result.result}` : result.result;
      if (next === null) return end('dead', now, text);
      return { ...end('due', next, text), notBefore: result.notBefore };
    }
  }
}

/** What is known of the disclosure now; null where nothing was sent or no answer was seen. */
function disclosureResult(result: SendResult): Disclosure['result'] | null {
  if (result.outcome === 'delivered') return 'delivered';
  const refused = result.outcome === 'stop' || result.answered === true;
  return refused ? 'refused' : null;
}

/** What the end of an attempt means for its channel. */
function channelStatements(
  db: D1Database,
  { delivery: { channel }, result }: EndedAttempt,
  now: Date,
): D1PreparedStatement[] {
  switch (result.outcome) {
    case 'delivered':
      return [reviveWaiting(db, channel, now), markWorking(db, channel)];
    case 'down':
      return [markFailing(db, channel, now)];
    case 'stop':
      return [stopChannel(db, channel, now)];
    case 'again':
    case 'dead':
    case 'superseded':
      return [];
  }
}

/** What the last attempt that knows says of the first staff address. */
function addressStatements(
  db: D1Database,
  attempts: readonly EndedAttempt[],
  now: Date,
): D1PreparedStatement[] {
  const known = attempts.findLast(({ result }) => result.firstAddress !== undefined);
  if (known === undefined) return [];
  const works = known.result.firstAddress === 'working';
  return [works ? markAddressWorking(db) : markAddressFailing(db, now)];
}

/** A dead system mail causes no further mail, which would fail like it: `/api/health` and `npm run deliveries` show it. */
function needsStaffMail(
  { delivery, result }: EndedAttempt,
  status: AttemptResult['status'] | undefined,
): boolean {
  return result.outcome === 'stop' || (status === 'dead' && delivery.subjectKind !== 'system');
}

function insertDeadLetterMail(db: D1Database, now: Date): D1PreparedStatement {
  const slotMs = DEAD_MAIL_MINUTES * 60_000;
  const slot = new Date(Math.ceil(now.getTime() / slotMs) * slotMs);
  return insertSystemMail(db, {
    id: crypto.randomUUID(),
    kind: 'dead',
    subjectId: slot.toISOString(),
    dueAt: slot,
    dedupeKey: `dead:${slot.toISOString()}`,
    now,
  });
}
