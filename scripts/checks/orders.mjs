import { buildSite } from '../build.mjs';
import { ensureInstalled } from '../tools/install.mjs';
import { runCommand } from '../tools/command.mjs';
import { run } from '../tools/run.mjs';

const ORDERS = ['--project', 'unit', 'tests/unit/key-interleavings.test.ts'];
const RACES = ['--project', 'worker', 'worker/test/whole/races.test.ts'];

await ensureInstalled();
await runCommand(async () => {
  const sizes = {
    2: 'every order of two changes',
    3: 'the orders with two interruptions of three',
  };
  for (const [atOnce, tried] of Object.entries(sizes)) {
    console.log(`Trying ${tried} of one record at once`);
    await run('vitest', ['run', ...ORDERS], { env: { AT_ONCE: atOnce }, show: true });
  }
  console.log('Racing for the last seats, 20 rounds');
  await buildSite();
  await run('vitest', ['run', ...RACES], { env: { RACE_ROUNDS: '20' }, show: true });
});
