import { ensureInstalled } from '../tools/install.mjs';
import { runCommand } from '../tools/command.mjs';
import { run } from '../tools/run.mjs';

// Every order in which two and three changes of one record can happen, with each step failing in each way.
const suite = ['--project', 'unit', 'tests/unit/vault-interleavings.test.ts'];

await runCommand(async () => {
  await ensureInstalled();
  for (const atOnce of ['2', '3']) {
    console.log(`Trying every order of ${atOnce} changes at once`);
    await run('vitest', ['run', ...suite], { env: { AT_ONCE: atOnce }, show: true });
  }
});
