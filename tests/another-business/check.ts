import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { ensureChromium } from '../../scripts/tools/chromium.mjs';
import { quietEnvironment, ROOT } from '../../scripts/tools/environment.mjs';
import { makeAnotherHouse } from './house.ts';
import { findTraces, listTraces } from './traces.ts';

/** Read, search, book, answer from the mail, cancel: once without scripts, or all there is and both ways. */
const JOURNEYS = process.argv.includes('--all')
  ? ['booking', 'staff-job', 'reading', 'routes', 'leftovers']
  : ['booking', 'staff-job', 'reading', '--project=nojs'];

/** What the journeys have to have come by: pages, an e-mail with its calendar file, a job for dispatch. */
const SEEN = ['<main', '"kind":"email"', 'BEGIN:VCALENDAR', '"kind":"dispatch"', 'job.requested'];

const { folder, remove } = makeAnotherHouse();
const record = path.join(folder, 'seen.txt');
const bundle = path.join(folder, '.cache', 'bundle');
try {
  run('node', ['scripts/content.ts', 'check', '--fix']);
  run('node', ['scripts/build.mjs']);
  run('wrangler', ['deploy', '--dry-run', '--outdir', bundle]);
  run('playwright', ['test', ...JOURNEYS, '--reporter=line'], {
    CHROMIUM_PATH: await ensureChromium(),
    TEST_RECORD: record,
  });
  reportTraces([...listFiles(path.join(folder, 'dist')), ...listFiles(bundle), record]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  remove();
}

/** Runs a command in the other house; its output is shown where it fails. */
function run(command: string, args: string[], env: Record<string, string> = {}): void {
  const began = Date.now();
  const file =
    command === 'node' ? process.execPath : path.join(folder, 'node_modules/.bin', command);
  const options = {
    cwd: folder,
    encoding: 'utf8',
    env: { ...quietEnvironment(), ...env },
  } as const;
  const { status, stdout, stderr } = spawnSync(file, args, options);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`);
  console.log(
    `✓ ${command} ${args.slice(0, 2).join(' ')} ${Math.round((Date.now() - began) / 1000)} s`,
  );
}

/** Says which file of the output names this company, in its name or in what is inside. */
function reportTraces(files: readonly string[]): void {
  const traces = listTraces();
  const found = files.flatMap((file) => {
    const name = path.relative(folder, file);
    return findTraces(`${name}\n${readFileSync(file, 'utf8')}`, traces).map(
      (trace) => `${name}: ${trace}`,
    );
  });
  console.log(
    `${files.length} files of output, ${traces.length} names looked for, ${found.length} found`,
  );
  const ours = readFileSync(path.join(ROOT, 'content/company.json'), 'utf8');
  if (findTraces(ours, traces).length < 5)
    throw new Error('The search finds nothing where it must');
  const seen = existsSync(record) ? readFileSync(record, 'utf8') : '';
  const unseen = SEEN.filter((part) => !seen.includes(part));
  if (unseen.length > 0) throw new Error(`The journeys never saw ${unseen.join(', ')}`);
  if (found.length > 0) throw new Error(found.join('\n'));
}

function listFiles(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((file) => path.join(root, file))
    .filter((file) => statSync(file).isFile() && !file.endsWith('.map'));
}
