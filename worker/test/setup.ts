import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, vi } from 'vitest';
import { emptyStores } from './stores.ts';
import { findLooseReceipts } from './receipts.ts';
import { takeConsoleErrors, watchConsoleErrors } from './console-errors.ts';

beforeEach(async () => {
  await emptyStores();
  watchConsoleErrors();
  keepExpiriesAhead(env.VAULT);
  vi.spyOn(globalThis, 'fetch').mockImplementation((input) => {
    const url = input instanceof Request ? input.url : String(input);
    return Promise.reject(new Error(`Network connection lost. Tests refuse to fetch ${url}`));
  });
  // A real message outlives reset() and would reach the consumer in a later test.
  vi.spyOn(env.DELIVERIES, 'send').mockResolvedValue({} as QueueSendResponse);
  vi.spyOn(env.DELIVERIES, 'sendBatch').mockResolvedValue({} as QueueSendBatchResponse);
  vi.spyOn(env.STAFF_EMAIL, 'send').mockResolvedValue({ messageId: 'staff-test' });
  vi.spyOn(env.CUSTOMER_EMAIL, 'send').mockResolvedValue({ messageId: 'customer-test' });
});

afterEach(async () => {
  const unexpected = takeConsoleErrors();
  vi.restoreAllMocks();
  vi.useRealTimers();
  const loose = await findLooseReceipts();
  if (loose.length > 0) throw new Error(loose.join('\n'));
  if (unexpected.length > 0) throw new Error(`Unexpected console.error:\n${unexpected.join('\n')}`);
});

/** KV lives in real time and tests at a fixed one: an end that has really passed by now is put off, or KV would refuse it. */
function keepExpiriesAhead(kv: KVNamespace): void {
  const put = kv.put.bind(kv) as (
    key: string,
    value: ArrayBuffer,
    options?: KVNamespacePutOptions,
  ) => Promise<void>;
  vi.spyOn(kv, 'put').mockImplementation((key: string, value: unknown, options) => {
    const soonest = Math.ceil(Date.now() / 1000) + 3600;
    const expiration = options?.expiration;
    const ahead =
      expiration !== undefined && expiration < soonest
        ? { ...options, expiration: soonest }
        : options;
    return put(key, value as ArrayBuffer, ahead);
  });
}
