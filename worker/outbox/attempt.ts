import { later } from '../../shared/time.ts';
import { isServiceFailure } from '../base/failures.ts';
import { log, logError } from '../base/log.ts';
import { type DeliveryRow, readDelivery } from '../store/deliveries.ts';
import { claimDelivery } from '../store/delivery-attempts.ts';
import { sendCustomerEmail } from './mails/customer-email.ts';
import { withTimeout } from '../base/timeout.ts';
import { sendDispatchWebhook } from './dispatch-webhook.ts';
import { type SendResult, tryAgain } from './result.ts';
import { recordResult } from './record-result.ts';
import { sendStaffEmail } from './mails/staff-email.ts';

/** How long a lease keeps other attempts away. */
const LEASE_MS = 60_000;
/** Time limit of an attempt, well within its lease. */
const ATTEMPT_TIMEOUT_MS = 50_000;

/** How a delivery stands afterwards; `skipped` where it is not due or another attempt is under way. */
type DeliveryState = 'delivered' | 'due' | 'dead' | 'superseded' | 'skipped';

/**
 * Makes one attempt of a delivery that is due: claims it, sends it, records how it ended. Throws only where the database does not
 * answer. Then the row is as it was, or its lease runs out and it is tried again under the same id.
 */
export async function deliverOne(env: Env, id: string, now: Date): Promise<DeliveryState> {
  const leaseEndsAt = later(now, { ms: LEASE_MS });
  const delivery = await claimDelivery(env.DB, { id, now, leaseEndsAt });
  if (delivery === null) return 'skipped';
  const result = await attempt(env, delivery, now);
  const state = await recordWithRetry(env.DB, { delivery, result, now });
  log('delivery', {
    deliveryId: id,
    channel: delivery.channel,
    kind: delivery.kind,
    attempt: delivery.attempts,
    outcome: state,
    result: result.result,
  });
  return state;
}

async function attempt(env: Env, row: DeliveryRow, now: Date): Promise<SendResult> {
  try {
    return await withTimeout(send(env, row, now), ATTEMPT_TIMEOUT_MS);
  } catch (error) {
    if (!isServiceFailure(error)) {
      // A bug in one mail or body says nothing of its channel, which goes on with the others.
      logError('delivery_bug', error, { deliveryId: row.id });
      return tryAgain('again', 'bug');
    }
    logError('delivery_failed', error, { deliveryId: row.id });
    // Database, key store or keys: what stops one delivery stops the channel's others too.
    return tryAgain('down', 'failed');
  }
}

async function send(env: Env, row: DeliveryRow, now: Date): Promise<SendResult> {
  const delivery = readDelivery(row);
  switch (delivery.channel) {
    case 'dispatch':
      return sendDispatchWebhook({ env, delivery, now });
    case 'staff-email':
      return sendStaffEmail({ env, delivery, now });
    case 'customer-email':
      return sendCustomerEmail({ env, delivery, now });
  }
}

/** Records a result, a second time where the first fails: without the record, what was sent would be sent again. */
async function recordWithRetry(
  db: D1Database,
  ended: Parameters<typeof recordResult>[1],
): Promise<DeliveryState> {
  try {
    return await recordResult(db, ended);
  } catch (error) {
    logError('settle_failed', error, { deliveryId: ended.delivery.id });
    return recordResult(db, ended);
  }
}
