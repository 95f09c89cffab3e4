import { randomInt } from 'node:crypto';
import process from 'node:process';
import { buildSite } from '../build.mjs';
import { ensureInstalled } from '../tools/install.mjs';
import { runCommand } from '../tools/command.mjs';
import { run } from '../tools/run.mjs';

const SUITE = ['--project', 'worker', 'worker/test/whole/fuzz.test.ts'];

await ensureInstalled();
const env = {
  FUZZ_SEED: process.env['FUZZ_SEED'] ?? String(randomInt(1, 1_000_000)),
  FUZZ_INPUTS: process.env['FUZZ_INPUTS'] ?? '10000',
};
console.log(`Sending ${env.FUZZ_INPUTS} drawn requests. This run again:`);
console.log(`FUZZ_SEED=${env.FUZZ_SEED} FUZZ_INPUTS=${env.FUZZ_INPUTS} npm run fuzz`);
await runCommand(async () => {
  await buildSite();
  await run('vitest', ['run', ...SUITE], { env, show: true });
});
