/** One more than the cores of a small machine: browsers and servers spend a third of their time waiting. */
const AT_ONCE = 3;

/**
 * @typedef {{ passed: number, failed: number }} Count
 * @typedef {object} Step
 * @property {string} name
 * @property {string[]} [needs] names of steps that have to succeed before
 * @property {() => Promise<unknown>} run throws with the whole output when the check fails
 * @property {() => Count} [count] the tests inside; without it the step counts as one
 */

/**
 * Runs the steps, `AT_ONCE` at a time, in their order as far as their needs allow, and prints one line each.
 * @param {Step[]} steps
 * @returns {Promise<Count>}
 */
export async function runSteps(steps) {
  const total = { passed: 0, failed: 0 };
  /** @type {Map<string, boolean>} */
  const done = new Map();
  const waiting = [...steps];

  const takeNext = () => {
    const ready = (/** @type {Step} */ { needs = [] }) => needs.every((name) => done.has(name));
    const at = waiting.findIndex(ready);
    return at < 0 ? undefined : waiting.splice(at, 1)[0];
  };

  /** @type {Set<Promise<void>>} */
  const running = new Set();
  const begin = (/** @type {Step} */ step) => {
    const blocked = (step.needs ?? []).find((name) => done.get(name) === false);
    const job = (blocked ? skip(step, blocked) : runStep(step)).then((count) => {
      done.set(step.name, count.failed === 0);
      total.passed += count.passed;
      total.failed += count.failed;
      running.delete(job);
    });
    running.add(job);
  };

  for (;;) {
    for (let step; running.size < AT_ONCE && (step = takeNext());) begin(step);
    if (running.size === 0) return total;
    await Promise.race(running);
  }
}

/**
 * @param {Step} step
 * @returns {Promise<Count>}
 */
async function runStep({ name, run, count }) {
  const started = Date.now();
  const finish = (/** @type {string} */ mark, /** @type {string} */ detail) =>
    console.log(
      `${mark} ${name.padEnd(16)} ${((Date.now() - started) / 1000).toFixed(1)} s  ${detail}`,
    );
  try {
    await run();
    const counted = count?.() ?? { passed: 1, failed: 0 };
    finish('✓', count ? `${counted.passed} tests` : '');
    return counted;
  } catch (error) {
    const counted = count?.() ?? { passed: 0, failed: 1 };
    finish('✗', `\n${error instanceof Error ? error.message : String(error)}\n`);
    // A suite that fails outside its tests (a file that does not load) is a failure too.
    return { ...counted, failed: Math.max(1, counted.failed) };
  }
}

/**
 * @param {Step} step
 * @param {string} blocked
 * @returns {Promise<Count>}
 */
async function skip({ name }, blocked) {
  console.log(`✗ ${name.padEnd(16)} not run: ${blocked} failed`);
  return { passed: 0, failed: 1 };
}
