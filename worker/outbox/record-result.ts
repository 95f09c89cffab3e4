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
  finishDelivery,
  type AttemptResult,
} from '../store/delivery-attempts.ts';
import { type Disclosure, finishDisclosure } from '../store/disclosures.ts';
import type { SendResult } from './result.ts';
import { nextAttemptAt } from './retry-times.ts';

/** At most one mail about dead letters in so many minutes; it lists all that there are when it is sent. */
const DEAD_MAIL_MINUTES = 10;

interface EndedAttempt {
  delivery: DeliveryRow;
  result: SendResult;
  now: Date;
}

/** Records in one batch how an attempt ended and what follows from it; gives the delivery's new status. */
export async function recordResult(
  db: D1Database,
  attempt: EndedAttempt,
): Promise<AttemptResult['status']> {
  const ended = toAttemptResult(attempt);
  const { delivery, result } = attempt;
  const disclosed = disclosureResult(result);
  await db.batch([
    finishDelivery(db, ended),
    releaseBeside(db, delivery.id),
    ...(disclosed === null ? [] : [finishDisclosure(db, delivery.id, disclosed)]),
    ...outcomeStatements(db, attempt),
    ...addressStatements(db, attempt),
    ...(needsStaffMail(attempt, ended) ? [insertDeadLetterMail(db, attempt.now)] : []),
  ]);
  return ended.status;
}

function toAttemptResult({ delivery, result, now }: EndedAttempt): AttemptResult {
  const end = (status: AttemptResult['status'], nextAttempt: Date, text = result.result) => ({
    delivery,
    status,
    result: text,
    nextAttemptAt: nextAttempt,
    notBefore: null,
    now,
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

/** What the end of an attempt means for its channel, and a success for older dead letters. */
function outcomeStatements(
  db: D1Database,
  { delivery, result, now }: EndedAttempt,
): D1PreparedStatement[] {
  const { channel } = delivery;
  switch (result.outcome) {
    case 'delivered':
      return [
        supersedeDead(db, delivery, now),
        reviveWaiting(db, channel, now),
        markWorking(db, channel),
      ];
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

function addressStatements(db: D1Database, { result, now }: EndedAttempt): D1PreparedStatement[] {
  if (result.firstAddress === undefined) return [];
  return [result.firstAddress === 'working' ? markAddressWorking(db) : markAddressFailing(db, now)];
}

/** A dead system mail causes no further mail, which would fail like it: `/api/health` and `npm run deliveries` show it. */
function needsStaffMail({ delivery, result }: EndedAttempt, { status }: AttemptResult): boolean {
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
