import { createMessageBatch, createExecutionContext, getQueueResult } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { handleQueue } from '../../queue';
import { takeConsoleErrors } from '../console-errors';
import { NOW } from '../fixtures';
import { answerDispatch } from '../dispatch';
import { readDeliveries, submitBooking } from '../records';

function batchOf(queue: string, bodies: readonly unknown[]) {
  return createMessageBatch(
    queue,
    bodies.map((body, index) => ({ id: `m${index}`, timestamp: NOW, attempts: 1, body })),
  );
}

async function handle(queue: string, bodies: readonly unknown[], now = NOW) {
  const batch = batchOf(queue, bodies);
  await handleQueue(batch, env, now);
  return getQueueResult(batch, createExecutionContext());
}

describe('the queue deliveries', () => {
  test('delivers what its messages name, and acknowledges each by itself', async () => {
    answerDispatch();
    const booking = await submitBooking();
    const result = await handle('deliveries', [
      ...booking.deliveryIds.map((deliveryId) => ({ v: 1, deliveryId })),
      { v: 2, deliveryId: 'x' },
      'nonsense',
    ]);
    expect(result.explicitAcks).toEqual(['m0', 'm1', 'm2', 'm3']);
    expect((await readDeliveries(booking.id)).map(({ status }) => status)).toEqual([
      'delivered',
      'delivered',
    ]);
  });

  test('acks a row that is not due: cron sends it later', async () => {
    const booking = await submitBooking();
    const early = new Date(NOW.getTime() - 1000);
    const result = await handle(
      'deliveries',
      [{ v: 1, deliveryId: booking.deliveryIds[0] }],
      early,
    );
    expect(result.explicitAcks).toEqual(['m0']);
    expect(result.retryMessages).toEqual([]);
  });

  test('brings back only the message whose row could not be claimed', async () => {
    const booking = await submitBooking();
    const bodies = booking.deliveryIds.map((deliveryId) => ({ v: 1, deliveryId }));
    const batch = batchOf('deliveries', [...bodies, 'nonsense']);
    const broken = {
      ...env,
      DB: {
        prepare: () => {
          throw new Error('D1_ERROR: Network connection lost.');
        },
      },
    };
    await handleQueue(batch, broken as unknown as Env, NOW);
    const result = await getQueueResult(batch, createExecutionContext());
    expect(result.explicitAcks).toEqual(['m2']);
    expect(result.retryMessages.map(({ msgId }) => msgId)).toEqual(['m0', 'm1']);
    expect(takeConsoleErrors().join()).toContain('nudge_retried');
  });
});

describe('the queue deliveries-dead', () => {
  test('is logged by id and acked, the row staying due', async () => {
    const lines = vi.spyOn(console, 'log');
    const booking = await submitBooking();
    const result = await handle('deliveries-dead', [{ v: 1, deliveryId: booking.deliveryIds[0] }]);
    expect(result.explicitAcks).toEqual(['m0']);
    expect(lines.mock.calls.flat().join()).toContain(booking.deliveryIds[0]);
    expect((await readDeliveries(booking.id))[0]?.status).toBe('due');
  });
});
