import { ensureInstalled } from '../tools/install.mjs';
import { run } from '../tools/run.mjs';

// Every order in which two and three changes of one record can take place, with every single step failing in every way.
const suite = ['--project', 'unit', 'tests/unit/key-interleavings.test.ts'];

await ensureInstalled();
for (const atOnce of ['2', '3']) {
  console.log(`Trying every order of ${atOnce} changes at once`);
  await run('vitest', ['run', ...suite], { env: { AT_ONCE: atOnce }, show: true });
}
