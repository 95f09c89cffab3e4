import { cpSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { randomInt } from 'node:crypto';
import * as fc from 'fast-check';
import { readArguments, runCommand } from '../../scripts/tools/command.mjs';
import { ROOT } from '../../scripts/tools/environment.mjs';
import { type ProjectCopy, copyProject } from '../project-copy.ts';
import { content, writeContent } from './content.ts';

const USAGE = `npm run random-content                         50 drawings of valid content, each checked, built and tested
npm run random-content -- --draws 3 --builds 1  3 drawings or more, until one is accepted; only the first of these built
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

/** A run of fewer drawings goes on to this many where the check refused too many of them. */
const DRAWS_MIN = 10;
/** The part of the drawings that the check has to accept: refusals alone prove nothing of build and pages. */
const ACCEPTED_MIN = 1 / 3;

await runCommand(async () => {
  const { draws, builds, seed: given, keep } = readArguments(USAGE, OPTIONS).options;
  const seed = Number(given ?? randomInt(1, 1_000_000));
  console.log(`This run again: npm run random-content -- --draws ${draws} --seed ${seed}`);
  const copy = copyProject();
  if (keep) console.log(copy.folder);
  const wanted = Math.ceil(Number(draws) * ACCEPTED_MIN);
  const count = { refused: 0, accepted: 0, built: 0, failed: 0 };
  const numRuns = Math.max(Number(draws), DRAWS_MIN);
  try {
    for (const [index, drawn] of fc.sample(content, { numRuns, seed }).entries()) {
      if (index >= Number(draws) && count.accepted >= wanted) break;
      restoreSample(copy.folder);
      writeContent(copy.folder, drawn);
      const refusals = checkDrawn(copy);
      if (refusals.length > 0) {
        count.refused += 1;
        console.log(`${index + 1}: refused: ${refusals.join('\n   ')}`);
        continue;
      }
      count.accepted += 1;
      if (count.built + count.failed < Number(builds)) count[buildDrawn(copy, index)] += 1;
    }
  } finally {
    if (!keep) copy.remove();
  }
  const { refused, accepted, built, failed } = count;
  console.log(
    `${accepted} accepted: ${built} built and tested, ${failed} failed; ${refused} refused by a sentence`,
  );
  if (accepted < wanted) console.log(`Fewer than ${wanted} accepted: draw more valid content`);
  return failed === 0 && accepted >= wanted;
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

/** Builds what the check accepted and tests its pages; says what failed. */
function buildDrawn({ run }: ProjectCopy, index: number): 'built' | 'failed' {
  try {
    run('node', ['scripts/build.mjs']);
    run('html-validate', ['--ext', 'html', 'dist']);
    run('vitest', [
      ...['run', '--project', 'built'],
      ...PAGE_TESTS.map((name) => `tests/built/${name}.test.ts`),
    ]);
    return 'built';
  } catch (error) {
    console.log(`${index + 1}: failed: ${String(error)}`);
    return 'failed';
  }
}
