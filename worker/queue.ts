import * as v from 'valibot';
import { startClock } from './base/timeout.ts';
import { deliverOne } from './outbox/attempt.ts';
import { log, logError } from './base/log.ts';
import type { WakeMessage } from './records/wake-delivery.ts';

/** Seconds after which the queue brings back a nudge that met a broken database. */
const RETRY_SECONDS = 30;

const WakeMessageSchema: v.GenericSchema<unknown, WakeMessage> = v.strictObject({
  v: v.literal(1),
  deliveryId: v.pipe(v.string(), v.uuid()),
});

/** Looks at each nudged delivery, each message settled by itself: one that fails takes no other with it. */
export async function handleQueue(batch: MessageBatch, env: Env, now: Date): Promise<void> {
  // The preview environment has queues of its own, named like these.
  if (batch.queue.startsWith('deliveries-dead')) {
    for (const message of batch.messages) logDeadMessage(message);
    return;
  }
  const clock = startClock(now);
  await Promise.all(batch.messages.map((message) => handleMessage(message, env, clock())));
}

async function handleMessage(message: Message, env: Env, now: Date): Promise<void> {
  const nudge = v.safeParse(WakeMessageSchema, message.body);
  if (!nudge.success) {
    log('nudge_unreadable', { messageId: message.id });
    message.ack();
    return;
  }
  try {
    // The row is the truth: not due, taken or settled, there is nothing to do, and the clock comes back to it.
    await deliverOne(env, nudge.output.deliveryId, now);
    message.ack();
  } catch (error) {
    logError('nudge_retried', error, { deliveryId: nudge.output.deliveryId });
    message.retry({ delaySeconds: RETRY_SECONDS });
  }
}

/** A nudge that the queue gave up on; its row is still due and the clock takes it. */
function logDeadMessage(message: Message): void {
  const nudge = v.safeParse(WakeMessageSchema, message.body);
  log('nudge_dead', {
    messageId: message.id,
    deliveryId: nudge.success ? nudge.output.deliveryId : null,
  });
  message.ack();
}
