import { buildSite } from '../build.mjs';
import { ensureInstalled } from '../tools/install.mjs';
import { runCommand } from '../tools/command.mjs';
import { run } from '../tools/run.mjs';

const ORDERS = ['--project', 'unit', 'tests/unit/key-interleavings.test.ts'];
const RACES = ['--project', 'worker', 'worker/test/whole/races.test.ts'];

await ensureInstalled();
await runCommand(async () => {
  for (const atOnce of ['2', '3']) {
    console.log(`Trying every order of ${atOnce} changes of one record at once`);
    await run('vitest', ['run', ...ORDERS], { env: { AT_ONCE: atOnce }, show: true });
  }
  console.log('Racing for the last seats, 20 rounds');
  await buildSite();
  await run('vitest', ['run', ...RACES], { env: { RACE_ROUNDS: '20' }, show: true });
});
