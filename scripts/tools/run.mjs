import { spawn } from 'node:child_process';
import process from 'node:process';
import { ROOT, quietEnvironment } from './environment.mjs';
import { SIGNED_OUT, isSignedOut } from './signed-out.mjs';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill()));

/**
 * Runs a command in the project's folder to its end and returns its output; throws with that output when it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {{ show?: boolean, env?: Record<string, string> }} [options] `show` passes the output on instead.
 * @returns {Promise<string>}
 */
export function run(command, args, { show = false, env = {} } = {}) {
  const child = spawn(command, args, {
    cwd: ROOT,
    // Below this level, which a caller may want for itself, wrangler holds its answers back.
    env: { ...quietEnvironment(), WRANGLER_LOG: 'log', ...env },
    stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
  });
  running.add(child);
  let output = '';
  const keep = (/** @type {unknown} */ chunk) => (output += String(chunk));
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      running.delete(child);
      if (code === 0) return resolve(output);
      if (command === 'wrangler' && isSignedOut(output)) return reject(new Error(SIGNED_OUT));
      const line = `${command} ${args.join(' ')} ended with ${code ?? signal}`;
      reject(new Error(output ? `${line}\n${output}` : line));
    });
  });
}
