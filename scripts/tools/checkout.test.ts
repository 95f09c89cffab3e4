import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeCheckout, runInCheckout } from './checkout.ts';

let checkout: ReturnType<typeof makeCheckout>;

beforeAll(() => (checkout = makeCheckout()));
afterAll(() => checkout.remove());

// `npm run deploy-drill` deploys from one, and `npm test` plays its stories without.
test('a checkout has all that the launch list reads', { timeout: 60_000 }, () => {
  const script =
    "const { listFindings } = await import('./scripts/launch/list.ts'); listFindings();";
  const { status, stderr } = runInCheckout(checkout.folder, '--input-type=module', '-e', script);
  expect([status, stderr]).toEqual([0, '']);
});
