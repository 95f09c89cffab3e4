import { cpSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { randomInt } from 'node:crypto';
import process from 'node:process';
import * as fc from 'fast-check';
import { readArguments, runCommand } from '../../scripts/tools/command.mjs';
import { ROOT } from '../../scripts/tools/environment.mjs';
import { type ProjectCopy, copyProject } from '../project-copy.ts';
import { content, writeContent } from './content.ts';

const USAGE = `npm run random-content                         50 drawings of valid content, each checked, built and tested
npm run random-content -- --draws 3 --builds 1  the same, only the first accepted one built
npm run random-content -- --seed 1              that run again`;

const OPTIONS = {
  draws: { type: 'string', default: '50' },
  builds: { type: 'string', default: '50' },
  seed: { type: 'string' },
  keep: { type: 'boolean', default: false },
} as const;

/** A sentence of the content check, for example "content/news/a.mdx:3 · title · Ghi tiêu đề của trang." */
const SENTENCE = /^content\/\S+:\d+ · .+ · \S.*$/;
const PAGE_TESTS = ['facts', 'pages', 'hosts', 'forms', 'filled-pages'];

await runCommand(async () => {
  const { draws, builds, seed: given, keep } = readArguments(USAGE, OPTIONS).options;
  const seed = Number(given ?? randomInt(1, 1_000_000));
  console.log(`This run again: npm run random-content -- --draws ${draws} --seed ${seed}`);
  const copy = copyProject();
  if (keep) console.log(copy.folder);
  const count = { refused: 0, built: 0, checked: 0 };
  try {
    fc.sample(content, { numRuns: Number(draws), seed }).forEach((drawn, index) => {
      restoreSample(copy.folder);
      writeContent(copy.folder, drawn);
      const refusals = checkDrawn(copy);
      if (refusals.length > 0) {
        count.refused += 1;
        console.log(`${index + 1}: refused: ${refusals[0]}`);
      } else if (count.built < Number(builds)) {
        buildDrawn(copy);
        count.built += 1;
      } else count.checked += 1;
    });
  } finally {
    if (!keep) copy.remove();
  }
  console.log(
    `${count.built} built and tested, ${count.checked} accepted, ${count.refused} refused by a sentence`,
  );
  process.exitCode = 0;
});

function restoreSample(folder: string): void {
  const target = path.join(folder, 'content');
  for (const name of readdirSync(target).filter(
    (one) => one !== 'schemas' && one !== 'README.md',
  )) {
    rmSync(path.join(target, name), { recursive: true });
  }
  cpSync(path.join(ROOT, 'tests/another-business/content'), target, { recursive: true });
}

/** What the check says after it mended the form; throws where it fails without a sentence. */
function checkDrawn({ run }: ProjectCopy): string[] {
  try {
    run('node', ['scripts/content.ts', 'check', '--fix']);
    return [];
  } catch (error) {
    const lines = String(error)
      .split('\n')
      .filter((line) => SENTENCE.test(line));
    if (lines.length === 0) throw error;
    return lines;
  }
}

function buildDrawn({ run }: ProjectCopy): void {
  run('node', ['scripts/build.mjs']);
  run('html-validate', ['--ext', 'html', 'dist']);
  run('vitest', [
    'run',
    '--project',
    'built',
    ...PAGE_TESTS.map((name) => `tests/built/${name}.test.ts`),
  ]);
}
