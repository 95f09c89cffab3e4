import { randomInt } from 'node:crypto';
import process from 'node:process';
import { buildSite } from '../build.mjs';
import { ensureInstalled } from '../tools/install.mjs';
import { run } from '../tools/run.mjs';

/** Scenarios that the fault suite plays. */
const RUNS = '200';
/** How often the crash suite kills the whole Worker. */
const KILLS = '10';

await ensureInstalled();
const env = {
  CHAOS_SEED: process.env['CHAOS_SEED'] ?? String(randomInt(1, 1_000_000)),
  CHAOS_RUNS: process.env['CHAOS_RUNS'] ?? RUNS,
};
console.log(`Playing ${env.CHAOS_RUNS} scenarios. One again: CHAOS_SEED=<its seed> CHAOS_RUNS=1`);
console.log(`This run again: CHAOS_SEED=${env.CHAOS_SEED} npm run chaos`);
try {
  await buildSite();
  const suite = [
    '--project',
    'worker',
    'worker/test/whole/chaos.test.ts',
    'worker/test/whole/outage.test.ts',
  ];
  await run('vitest', ['run', '--silent=passed-only', ...suite], { env, show: true });
  console.log(`Killing the Worker ${KILLS} times under load`);
  await run('node', ['tests/crash/crash.mjs', '--kills', KILLS], { show: true });
} catch {
  process.exitCode = 1;
}
