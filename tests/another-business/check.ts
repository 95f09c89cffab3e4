import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { ensureChromium } from '../../scripts/tools/chromium.mjs';
import { readArguments, runCommand } from '../../scripts/tools/command.mjs';
import { quietEnvironment } from '../../scripts/tools/environment.mjs';
import { makeOtherCheckout } from './checkout.ts';
import { findCompanyNames } from './company-names.ts';

const USAGE = `npm run another-business            the main journeys, without JavaScript
npm run another-business -- --all   every journey, with and without JavaScript`;

/** Booking, answering from the e-mail, running a day, cancelling; letters, which this company sends. They are few: one server does. */
const MAIN_JOURNEYS = ['booking.spec', 'staff-', 'letters', '--project=nojs', '--workers=1'];
const ALL_JOURNEYS = ['booking.spec', 'staff-', 'reading', 'letters', 'routes', 'leftovers'];

/** What these pages have and those of `content/` may lack: letters, a page in English. */
const BUILT = ['tests/built/pages.test.ts', 'tests/built/filled-pages.test.ts'];

/** What the record of the journeys must contain: pages, an e-mail, a job for dispatch. */
const SEEN = ['<main', '"kind":"email"', '"kind":"dispatch"', 'job.requested'];

await runCommand(async () => {
  const { all } = readArguments(USAGE, { all: { type: 'boolean', default: false } }).options;
  const chromium = await ensureChromium();
  const { folder, remove } = makeOtherCheckout();
  const record = path.join(folder, 'seen.txt');
  const bundle = path.join(folder, '.cache', 'bundle');
  try {
    run(folder, ['node', 'scripts/content.ts', 'check', '--fix']);
    run(folder, ['node', 'scripts/build.mjs']);
    run(folder, ['vitest', 'run', '--project', 'built', ...BUILT]);
    run(folder, ['wrangler', 'deploy', '--dry-run', '--outdir', bundle]);
    run(
      folder,
      ['playwright', 'test', ...(all ? ALL_JOURNEYS : MAIN_JOURNEYS), '--reporter=line'],
      {
        CHROMIUM_PATH: chromium,
        TEST_RECORD: record,
      },
    );
    const output = [...listFiles(path.join(folder, 'dist')), ...listFiles(bundle)];
    checkRecord(record);
    reportCompanyNames(folder, [...output, record]);
  } finally {
    remove();
  }
});

/** Runs a command in the copy; throws with its output when it fails. */
function run(
  folder: string,
  [command = '', ...args]: string[],
  env: Record<string, string> = {},
): void {
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

/** Throws with every output file whose name or text names this company. */
function reportCompanyNames(folder: string, files: readonly string[]): void {
  const found = files.flatMap((file) => {
    const name = path.relative(folder, file);
    return findCompanyNames(`${name}\n${readFileSync(file, 'utf8')}`).map(
      (one) => `${name}: ${one}`,
    );
  });
  console.log(`${files.length} files of output, ${found.length} names of the first company found`);
  if (found.length > 0) throw new Error(found.join('\n'));
}

/** The search means little where the journeys came by no page, e-mail or job. */
function checkRecord(record: string): void {
  const seen = existsSync(record) ? readFileSync(record, 'utf8') : '';
  const unseen = SEEN.filter((part) => !seen.includes(part));
  if (unseen.length > 0) throw new Error(`The journeys never saw ${unseen.join(', ')}`);
}

function listFiles(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((file) => path.join(root, file))
    .filter((file) => statSync(file).isFile() && !file.endsWith('.map'));
}
