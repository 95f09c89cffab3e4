import { randomInt } from 'node:crypto';
import process from 'node:process';
import { buildSite } from '../build.mjs';
import { ensureInstalled } from '../tools/install.mjs';
import { runCommand } from '../tools/command.mjs';
import { run } from '../tools/run.mjs';

/** Scenarios of the fault suite. */
const RUNS = '200';
/** Times that the crash test kills the server. */
const KILLS = '10';
const SUITE = ['chaos', 'outage', 'plan-orders'].map((name) => `worker/test/whole/${name}.test.ts`);

await ensureInstalled();
const env = {
  CHAOS_SEED: process.env['CHAOS_SEED'] ?? String(randomInt(1, 1_000_000)),
  CHAOS_RUNS: process.env['CHAOS_RUNS'] ?? RUNS,
};
console.log(`Playing ${env.CHAOS_RUNS} scenarios. One again: CHAOS_SEED=<its seed> CHAOS_RUNS=1`);
console.log(`This run again: CHAOS_SEED=${env.CHAOS_SEED} npm run chaos`);
await runCommand(async () => {
  await buildSite();
  await run('vitest', ['run', '--silent=passed-only', '--project', 'worker', ...SUITE], {
    env,
    show: true,
  });
  console.log(`Killing the server ${KILLS} times under load`);
  await run('node', ['tests/crash/crash.mjs', '--kills', KILLS], { show: true });
});
