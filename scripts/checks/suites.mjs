import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ensureChromium } from '../tools/chromium.mjs';
import { ROOT } from '../tools/environment.mjs';
import { run } from '../tools/run.mjs';

/** Where the suites leave their counts. */
export const REPORTS = path.join(ROOT, '.cache', 'reports');

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
    run: () => run('vitest', ['run', ...projects, '--passWithNoTests', ...reporters]),
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
      const env = { CHROMIUM_PATH: await ensureChromium(), PLAYWRIGHT_JSON_OUTPUT_FILE: report };
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
