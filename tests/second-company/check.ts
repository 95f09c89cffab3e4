import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { readArguments, runCommand } from '../../scripts/tools/command.mjs';
import { quietEnvironment } from '../../scripts/tools/environment.mjs';
import { findCompanyNames } from '../another-business/company-names.ts';
import { copyProject } from '../project-copy.ts';
import { readSteps } from './read-document.ts';
import { writeCompany } from './write.ts';

const USAGE = `npm run second-company            follows docs/another-business.md, command by command, to its end
npm run second-company -- --short without the checks that need minutes
npm run second-company -- --keep  leaves the folder for a look`;

const OPTIONS = {
  short: { type: 'boolean', default: false },
  keep: { type: 'boolean', default: false },
} as const;
/** The checks of `npm test` that read the new content and take seconds. */
const QUICK = 'content format html links';

/** Fields of the launch list that only the new company's owner can know; a line about anything else asks too much. */
const ASKED =
  /^content\/(?:company|booking|services|launch)\.json|^wrangler\.toml →|^Khóa |^docs\/noi-dung|^\.github\/CODEOWNERS$/;

await runCommand(async () => {
  const { keep, short } = readArguments(USAGE, OPTIONS).options;
  const { folder, remove } = copyProject();
  if (keep) console.log(folder);
  try {
    const document = readFileSync(path.join(folder, 'docs/another-business.md'), 'utf8');
    const { blocks, ...asked } = readSteps(document);
    const [begin = [], ...rest] = blocks;
    for (const line of begin) runLine(folder, line);
    writeCompany(folder, asked);
    for (const line of rest.flat()) {
      if (line === 'npm run dev') await lookAt(folder, line);
      else if (line === 'npm run launch') checkLaunch(runLine(folder, line, [0, 1]));
      else runLine(folder, short && line === 'npm test' ? `${line} -- ${QUICK}` : line);
    }
  } finally {
    if (!keep) remove();
  }
});

/** Runs a line of the document in the folder; throws with its output where it ends otherwise than it may. */
function runLine(folder: string, line: string, mayEnd: readonly number[] = [0]): string {
  const began = Date.now();
  const options = {
    cwd: folder,
    encoding: 'utf8',
    env: quietEnvironment(),
    maxBuffer: 2 ** 28,
  } as const;
  const { status, stdout, stderr } = spawnSync('sh', ['-ec', line], options);
  if (!mayEnd.includes(status ?? -1)) throw new Error(`${line}\n${stdout}${stderr}`);
  console.log(`✓ ${line} ${Math.round((Date.now() - began) / 1000)} s`);
  return stdout;
}

/** Starts the line, waits for the home page, and ends it as Ctrl-C does. */
async function lookAt(folder: string, line: string): Promise<void> {
  const child = spawn('sh', ['-c', `exec ${line}`], {
    cwd: folder,
    env: quietEnvironment(),
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part: Buffer) => (output += part.toString()));
  }
  const address = () => /http:\/\/(?:localhost|127\.0\.0\.1):\d+/.exec(output)?.[0];
  try {
    for (let waited = 0; address() === undefined && waited < 120; waited += 1) {
      await new Promise((later) => setTimeout(later, 1000));
    }
    const page = await (await fetch(`${address()}/`)).text();
    if (!page.includes('Phố Mới')) throw new Error(`${line} shows another company\n${output}`);
    console.log(`✓ ${line}`);
  } finally {
    process.kill(-(child.pid ?? 0), 'SIGINT');
  }
}

/** The list asks for what the owner of this company knows, and names nobody else. */
function checkLaunch(list: string): void {
  const places = Array.from(list.matchAll(/^ {2}(\S.*)$/gm), ([, place = '']) => place);
  const strange = places.filter((place) => !ASKED.test(place));
  const names = findCompanyNames(list);
  if (places.length < 10 || strange.length > 0 || names.length > 0)
    throw new Error(
      `The launch list:\n${list}\nAsks too much: ${strange.join(', ')} ${names.join(', ')}`,
    );
  console.log(`✓ the launch list asks for ${places.length} facts of its owner`);
}
