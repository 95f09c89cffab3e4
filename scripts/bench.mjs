import process from 'node:process';
import { ensureInstalled } from './tools/install.mjs';
import { run } from './tools/run.mjs';

/** The benches by name. */
const BENCHES = ['api', 'site'];

await ensureInstalled();
const [name = '', ...args] = process.argv.slice(2);
if (!BENCHES.includes(name)) {
  console.error(`npm run bench -- <${BENCHES.join(' | ')}>`);
  process.exitCode = 1;
} else {
  await run('node', [`scripts/bench/${name}.ts`, ...args], { show: true }).catch(
    () => (process.exitCode = 1),
  );
}
