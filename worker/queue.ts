import * as v from 'valibot';
import { startClock } from './base/timeout.ts';
import { deliverOne } from './outbox/attempt.ts';
import { log, logError } from './base/log.ts';
import type { WakeMessage } from './records/wake-delivery.ts';

/** Seconds after which the queue repeats a message that could not be handled. */
const RETRY_SECONDS = 30;

const WakeMessageSchema: v.GenericSchema<unknown, WakeMessage> = v.strictObject({
  v: v.literal(1),
  deliveryId: v.pipe(v.string(), v.uuid()),
});

/** Attempts the delivery of each message. Each is acknowledged or retried by itself. */
export async function handleQueue(batch: MessageBatch, env: Env, now: Date): Promise<void> {
  // The preview environment has queues of its own, such as `deliveries-dead-preview`.
  if (batch.queue.startsWith('deliveries-dead')) {
    for (const message of batch.messages) logDeadMessage(message);
    return;
  }
  const clock = startClock(now);
  await Promise.all(batch.messages.map((message) => handleMessage(message, env, clock())));
}

async function handleMessage(message: Message, env: Env, now: Date): Promise<void> {
  const wake = v.safeParse(WakeMessageSchema, message.body);
  if (!wake.success) {
    log('nudge_unreadable', { messageId: message.id });
    message.ack();
    return;
  }
  try {
    // Acknowledged whatever comes of it: the row says when it is due again, and the sweep of each minute finds it.
    await deliverOne(env, wake.output.deliveryId, now);
    message.ack();
  } catch (error) {
    logError('nudge_retried', error, { deliveryId: wake.output.deliveryId });
    message.retry({ delaySeconds: RETRY_SECONDS });
  }
}

/** A message that the queue gave up on. Its row is still due, and the sweep finds it. */
function logDeadMessage(message: Message): void {
  const wake = v.safeParse(WakeMessageSchema, message.body);
  log('nudge_dead', {
    messageId: message.id,
    deliveryId: wake.success ? wake.output.deliveryId : null,
  });
  message.ack();
}
