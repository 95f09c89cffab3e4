import { env } from 'cloudflare:workers';
import { afterAll, describe, expect, test } from 'vitest';
import { findBroken } from '../chaos/invariants';
import { type Played, playScenario } from '../chaos/scenario';
import { takeConsoleErrors } from '../console-errors';

/** `npm run chaos` plays 200; CHAOS_SEED=<seed> CHAOS_RUNS=1 plays one again. */
const FIRST_SEED = Number(env.CHAOS_SEED);
const RUNS = Number(env.CHAOS_RUNS);

const totals = {
  acknowledged: 0,
  arrivals: 0,
  failed: 0,
  taken: 0,
  faults: 0,
  crashes: 0,
  mails: 0,
  superseded: 0,
  dead: 0,
  stopped: 0,
};

/** What the scenarios went through: a suite in which nothing goes wrong proves nothing. */
async function count({ simulation, bookings, messages, stopped }: Played): Promise<void> {
  const { arrivals } = simulation.receiver;
  totals.acknowledged += bookings.length + messages.length;
  totals.arrivals += arrivals.length;
  totals.failed += arrivals.filter(({ seen }) => seen === null || seen >= 300).length;
  totals.taken += arrivals.filter(({ taken }) => taken).length;
  totals.faults += simulation.invocations.reduce((sum, { faults }) => sum + faults, 0);
  totals.crashes += simulation.invocations.filter(({ crashed }) => crashed).length;
  totals.mails += simulation.mailbox.taken.length;
  totals.superseded += await countDeliveries('superseded');
  totals.dead += await countDeliveries('dead');
  totals.stopped += stopped ? 1 : 0;
}

async function countDeliveries(status: string): Promise<number> {
  const row = await env.DB.prepare('select count(*) as n from deliveries where status = ?')
    .bind(status)
    .first<{ n: number }>();
  return row?.n ?? 0;
}

describe('whatever breaks', () => {
  afterAll(() => {
    console.log(`seeds ${FIRST_SEED} to ${FIRST_SEED + RUNS - 1}: ${JSON.stringify(totals)}`);
    const { superseded, dead, stopped, ...often } = totals;
    if (RUNS >= 12) expect(Math.min(...Object.values(often))).toBeGreaterThan(0);
    if (RUNS >= 100) expect(Math.min(superseded, dead, stopped)).toBeGreaterThan(0);
  });

  test.each(Array.from({ length: RUNS }, (_, run) => FIRST_SEED + run))(
    'every accepted request arrives or is named a dead letter: seed %i',
    { timeout: 120_000 },
    async (seed) => {
      const errors: string[] = [];
      const played = await playScenario(seed).finally(() => errors.push(...takeConsoleErrors()));
      await count(played);
      played.simulation.logs.push(...errors);
      expect(await findBroken(played)).toEqual([]);
    },
  );
});
