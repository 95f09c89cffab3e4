import { mkdirSync, rmSync } from 'node:fs';
import { buildSite } from '../build.mjs';
import { checkBundle } from '../tools/bundle.mjs';
import { REPORTS, browserTests, vitestProject } from './suites.mjs';
import { run } from '../tools/run.mjs';
import { runSteps } from './steps.mjs';

const TYPE_FLAGS = ['--include-runtime=false', '--strict-vars=false'];

// Links to other hosts are not followed: a test run asks no other host.
const LINK_FLAGS = ['--server-root', 'dist', '--recurse', '--check-fragments'];
const SKIP_OTHER_HOSTS = ['--skip', '^(?!http://localhost)'];

/**
 * Checks that must pass before a merge, the long ones first. `build` writes the types that `lint` and `types` read.
 * @type {import('./steps.mjs').Step[]}
 */
const STEPS = [
  { name: 'build', run: buildSite },
  { name: 'format', run: () => run('prettier', ['--check', '.']) },
  { name: 'bindings', run: () => run('wrangler', ['types', ...TYPE_FLAGS, '--check']) },
  { name: 'unused', run: () => run('knip', ['--no-progress']) },
  { name: 'content', run: () => run('node', ['scripts/content.ts', 'check']) },
  browserTests('journeys', ['build']),
  vitestProject('worker', ['build']),
  // Waits most of its time, for the lease of a delivery that was killed.
  {
    name: 'crash',
    needs: ['build'],
    run: () => run('node', ['tests/crash/crash.mjs', '--kills', '1']),
  },
  vitestProject('unit', [], ['mocks', 'facts', 'sample']),
  { name: 'lint', needs: ['build'], run: () => run('eslint', ['--max-warnings', '0', '.']) },
  { name: 'types', needs: ['build'], run: () => run('astro', ['check']) },
  {
    name: 'another-business',
    needs: ['build'],
    run: () => run('node', ['tests/another-business/check.ts']),
  },
  vitestProject('built', ['build']),
  // A project filled in as its owner does, and content drawn at random: whole by a command of their own.
  { name: 'owner', run: () => run('node', ['tests/owner-launch/check.ts', '--short']) },
  {
    name: 'random',
    // The same drawings each time: the command draws others.
    run: () =>
      run('node', [
        'tests/random-content/check.ts',
        ...'--draws 3 --builds 1 --seed 774996'.split(' '),
      ]),
  },
  { name: 'html', needs: ['build'], run: () => run('html-validate', ['--ext', 'html', 'dist']) },
  {
    name: 'links',
    needs: ['build'],
    run: () => run('linkinator', ['**/*.html', ...LINK_FLAGS, ...SKIP_OTHER_HOSTS]),
  },
  // Erases a person, restores an older backup and checks that the person's data stays unreadable.
  { name: 'erasure-drill', run: () => run('node', ['scripts/drill.ts', 'erasure']) },
  { name: 'bundle', needs: ['build'], run: checkBundle },
];

/** The names of all checks, in their order. */
export const checkNames = STEPS.map(({ name }) => name);

/**
 * Runs every check, or those named with what they need.
 * @param {string[]} names
 * @returns {Promise<boolean>} whether all of them passed
 */
export async function runChecks(names) {
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
  const unknown = names.find((name) => !checkNames.includes(name));
  if (unknown)
    throw new Error(`There is no check "${unknown}"; there are: ${checkNames.join(', ')}`);
  const required = STEPS.filter(({ name }) => names.includes(name)).flatMap(
    ({ needs = [] }) => needs,
  );
  const chosen = STEPS.filter(
    ({ name }) => names.length === 0 || names.includes(name) || required.includes(name),
  );
  const { passed, failed } = await runSteps(chosen);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0;
}
