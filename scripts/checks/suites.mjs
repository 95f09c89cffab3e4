import { existsSync, readFileSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { ensureChromium } from '../tools/chromium.mjs';
import { ROOT } from '../tools/environment.mjs';
import { run } from '../tools/run.mjs';

/** Where the suites leave their counts. */
export const REPORTS = path.join(ROOT, '.cache', 'reports');

/** Where Linux keeps files in memory: databases that end with the run need not wait for a disk at each write. */
const MEMORY = '/dev/shm';
/** What a run may leave there at once, several times over. */
const MEMORY_MIN_BYTES = 2 ** 30;

/**
 * The variable that has a suite keep its temporary files in memory, where there is room.
 * @returns {Record<string, string>}
 */
function keepInMemory() {
  if (!existsSync(MEMORY)) return {};
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize < MEMORY_MIN_BYTES ? {} : { TMPDIR: MEMORY };
}

/**
 * One vitest project as a step that counts its tests.
 * @param {string} name
 * @param {string[]} [needs]
 * @param {string[]} [beside] projects that run and count with it
 * @returns {import('./steps.mjs').Step}
 */
export function vitestProject(name, needs = [], beside = []) {
  const report = path.join(REPORTS, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const projects = [name, ...beside].flatMap((one) => ['--project', one]);
  return {
    name,
    needs,
    run: () => {
      const args = ['run', ...projects, '--passWithNoTests', ...reporters];
      return run('vitest', args, { env: keepInMemory() });
    },
    count: () =>
      count(report, ({ numPassedTests, numFailedTests }) => [numPassedTests, numFailedTests]),
  };
}

/**
 * The Playwright suite as a step that counts its tests.
 * @param {string} name
 * @param {string[]} [needs]
 * @returns {import('./steps.mjs').Step}
 */
export function browserTests(name, needs = []) {
  const report = path.join(REPORTS, `${name}.json`);
  return {
    name,
    needs,
    run: async () => {
      const browser = { CHROMIUM_PATH: await ensureChromium() };
      const env = { ...keepInMemory(), ...browser, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
      return run('playwright', ['test', '--reporter=list,json'], { env });
    },
    count: () => count(report, ({ stats }) => [stats?.expected, stats?.unexpected]),
  };
}

/**
 * @typedef {{ numPassedTests?: number, numFailedTests?: number, stats?: { expected: number, unexpected: number } }} Report
 * @param {string} file
 * @param {(report: Report) => [number | undefined, number | undefined]} read
 */
function count(file, read) {
  if (!existsSync(file)) return { passed: 0, failed: 0 };
  /** @type {Report} */
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const [passed = 0, failed = 0] = read(report);
  return { passed, failed };
}
