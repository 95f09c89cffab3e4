import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { bookingRules } from '../../../shared/content/catalogue.ts';
import { Random } from '../chaos/random.ts';
import { type Step, sequence } from '../plans/steps.ts';
import { World } from '../plans/world.ts';
import { emptyStores } from '../stores.ts';

/** `npm run chaos` plays 100; `CHAOS_SEED=<seed> CHAOS_RUNS=1` plays one again. */
const RUNS = Math.ceil(Number(env.CHAOS_RUNS) / 2);
const FIRST_SEED = Number(env.CHAOS_SEED);

/** Plays a sequence and says what is wrong after each step. */
async function play(seed: number, steps: readonly Step[]): Promise<void> {
  const random = new Random(seed);
  const drawn = vi.spyOn(crypto, 'randomUUID').mockImplementation(() => random.uuid());
  const closedDays = bookingRules.closed.length;
  try {
    await emptyStores();
    const world = await World.begin(seed);
    for (const [at, step] of steps.entries())
      expect(await world.play(step), `step ${at}: ${JSON.stringify(step)}`).toEqual([]);
  } finally {
    bookingRules.closed.splice(closedDays);
    drawn.mockRestore();
  }
}

test(
  'whatever happens to a plan, the database has what its model says after each step',
  { timeout: 3_600_000 },
  async () => {
    for (let seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed += 1) {
      const property = fc.asyncProperty(sequence, (steps) => play(seed, steps));
      await fc.assert(property, { seed, numRuns: 1, unbiased: true });
    }
  },
);
