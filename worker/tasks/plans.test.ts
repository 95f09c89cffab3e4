import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { bookingRules } from '../../shared/content/catalogue.ts';
import { addDays, later, toVietnamDate } from '../../shared/time.ts';
import { transitionBooking } from '../records/booking-transition.ts';
import { listDuePlans } from '../store/plan-visits.ts';
import { takeConsoleErrors } from '../test/console-errors.ts';
import { NOW } from '../test/fixtures.ts';
import { count, readBooking, submitBooking } from '../test/records.ts';
import { followPlans } from './plans.ts';

const WINDOWS = ['sang-som', 'sang', 'chieu', 'chieu-muon'];

/** Confirmed plans whose visits are not made yet. */
async function confirmPlans(plans: number): Promise<void> {
  for (let at = 0; at < plans; at += 1) {
    const { id } = await submitBooking({
      ...{ service: 've-sinh-nha-o', repeat: 'weekly', window: WINDOWS[at % 4] ?? '' },
      ...{ name: `Khách ${at}`, phone: `091200010${at}`, email: undefined },
    });
    const confirm = { transition: 'confirm', actor: 'staff', now: NOW } as const;
    await transitionBooking(env, { booking: await readBooking(id), ...confirm });
  }
}

/** The environment in which the keys of some records can never be read. */
function withoutKeysOf(ids: readonly string[]): Env {
  const VAULT = new Proxy(env.VAULT, {
    get: (store, name) => {
      const method = store[name as keyof KVNamespace] as (...values: unknown[]) => Promise<unknown>;
      return (key: unknown, ...rest: unknown[]) => {
        const isBroken = name === 'get' && ids.some((id) => String(key).includes(id));
        if (isBroken) throw new Error('KV GET failed: 500 Internal Server Error');
        return Reflect.apply(method, store, [key, ...rest]);
      };
    },
  });
  return { ...env, VAULT };
}

test('plans that fail again and again go last, so that the others get their visits', async () => {
  await confirmPlans(8);
  const today = toVietnamDate(NOW);
  const horizon = addDays(today, bookingRules.horizonDays);
  const listDue = (limit: number) => listDuePlans(env.DB, { today, horizon, limit });
  const broken = (await listDue(6)).map(({ id }) => id);
  expect(await listDue(9)).toHaveLength(8);
  const failing = withoutKeysOf(broken);
  await followPlans(failing, NOW);
  expect(await count('bookings', "origin = 'plan'")).toBe(0);
  await followPlans(failing, later(NOW, { minutes: 1 }));
  expect(takeConsoleErrors().every((line) => line.includes('plan_not_followed'))).toBe(true);
  const left = await listDue(9);
  expect(left.map(({ id }) => id).toSorted()).toEqual(broken.toSorted());
  // The two of them that were not tried in the second minute come before the others.
  expect(left[0]?.failedAt).toEqual(NOW);
  await followPlans(env, later(NOW, { minutes: 2 }));
  expect(await listDue(9)).toEqual([]);
  expect(await count('plans', 'failed_at is not null')).toBe(0);
});
