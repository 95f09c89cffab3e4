import type { AppContext } from '../web/context.ts';
import { logError } from '../base/log.ts';

/** A queue message: which delivery to look at, nothing else. */
export interface WakeMessage {
  v: 1;
  deliveryId: string;
}

/** Queues deliveries to be sent, without delaying the answer. Where the queue fails, cron sends them within a minute. */
export function wakeDeliveries(c: AppContext, deliveryIds: readonly string[]): void {
  if (deliveryIds.length === 0) return;
  const messages = deliveryIds.map((deliveryId) => ({
    body: { v: 1, deliveryId } satisfies WakeMessage,
  }));
  c.executionCtx.waitUntil(
    c.env.DELIVERIES.sendBatch(messages).catch((error: unknown) => {
      logError('nudge_failed', error, { count: deliveryIds.length });
    }),
  );
}
