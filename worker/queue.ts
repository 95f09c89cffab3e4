import * as v from 'valibot';
import { deliverAll } from './outbox/attempt.ts';
import { log, logError } from './base/log.ts';
import type { WakeMessage } from './records/wake-delivery.ts';

/** Seconds after which the queue repeats a message that could not be handled. */
const RETRY_SECONDS = 30;

const WakeMessageSchema: v.GenericSchema<unknown, WakeMessage> = v.strictObject({
  v: v.literal(1),
  deliveryId: v.pipe(v.string(), v.uuid()),
});

/** Attempts the deliveries of the messages together. Each message is acknowledged or retried by itself. */
export async function handleQueue(batch: MessageBatch, env: Env, now: Date): Promise<void> {
  // The preview environment has queues of its own, such as `deliveries-dead-preview`.
  if (batch.queue.startsWith('deliveries-dead')) {
    for (const message of batch.messages) logDeadMessage(message);
    return;
  }
  const wakes = batch.messages.flatMap((message) => readWake(message));
  const states = await deliverNamed(
    env,
    wakes.map(({ deliveryId }) => deliveryId),
    now,
  );
  for (const { message, deliveryId } of wakes) {
    const state = states?.get(deliveryId) ?? 'unrecorded';
    // Acknowledged whatever else comes of it: the row says when it is due again, and the sweep of each minute finds it.
    if (state === 'unrecorded') message.retry({ delaySeconds: RETRY_SECONDS });
    else message.ack();
  }
}

interface Wake {
  message: Message;
  deliveryId: string;
}

/** The delivery that a message names; one that names none is acknowledged here. */
function readWake(message: Message): Wake[] {
  const wake = v.safeParse(WakeMessageSchema, message.body);
  if (wake.success) return [{ message, deliveryId: wake.output.deliveryId }];
  log('nudge_unreadable', { messageId: message.id });
  message.ack();
  return [];
}

/** Null where nothing could be claimed. */
async function deliverNamed(env: Env, ids: readonly string[], now: Date) {
  if (ids.length === 0) return null;
  try {
    return await deliverAll(env, ids, now);
  } catch (error) {
    logError('nudge_retried', error, { count: ids.length });
    return null;
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
