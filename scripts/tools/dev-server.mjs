import { spawn } from 'node:child_process';
import { existsSync, openSync, readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { parseEnv } from 'node:util';
import { ROOT, quietEnvironment } from './environment.mjs';
import { run } from './run.mjs';

const START_TIMEOUT_MS = 180_000;

/**
 * @typedef {object} DevServer
 * @property {string} url origin without a slash at its end
 * @property {number} pid leader of the process group: SIGKILL to -pid kills all of it at once
 * @property {Promise<void>} ended resolves when the whole group has ended
 * @property {() => Promise<void>} stop ends the whole group
 */

/**
 * Migrates the local database and serves the site with `wrangler dev` until stopped.
 * @param {{ port: number, entry?: string, persistTo?: string, args?: string[], log?: string }} options `entry` is the Worker's
 *   source, or a bundled `.js`, which is served as it is; `args` go to `wrangler dev` and win over the defaults here; what the
 *   server prints goes to the file `log`.
 * @returns {Promise<DevServer>}
 */
export async function startDevServer({
  port,
  entry = 'worker/dev.ts',
  persistTo = '.wrangler/state',
  args = [],
  log,
}) {
  await assertFree(port);
  const state = ['--persist-to', persistTo];
  await run('node', ['scripts/migrate.ts', ...state]);
  const url = `http://127.0.0.1:${port}`;
  const script = entry.endsWith('.js') ? [entry, '--no-bundle'] : [entry];
  const output = log === undefined ? 'inherit' : openSync(log, 'a');
  const child = spawn(
    process.execPath,
    [
      path.join(ROOT, 'scripts', 'tools', 'supervise.mjs'),
      path.join(ROOT, 'node_modules', '.bin', 'wrangler'),
      ...['dev', ...script, '--port', String(port), ...state],
      ...defaults(url, args),
      ...args,
    ],
    { cwd: ROOT, env: quietEnvironment(), detached: true, stdio: ['pipe', output, output] },
  );
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => child.on('close', () => resolve()));
  const stop = async () => {
    child.stdin?.end();
    await ended;
  };
  await Promise.race([
    waitForAnswer(url),
    ended.then(() => Promise.reject(new Error('wrangler dev ended'))),
  ]);
  return { url, pid: child.pid ?? 0, ended, stop };
}

/**
 * Arguments that hold unless the caller or .dev.vars says otherwise.
 * @param {string} url
 * @param {string[]} args
 */
function defaults(url, args) {
  const options = { '--ip': '127.0.0.1', '--inspector-port': '0', '--log-level': 'warn' };
  const file = path.join(ROOT, '.dev.vars');
  const local = existsSync(file) ? readFileSync(file, 'utf8') : '';
  // Wrangler reads no secret from .dev.vars but the required ones.
  const { VAPID_KEYS } = parseEnv(local);
  const vars = { PUBLIC_ORIGIN: url, DISPATCH_URL: `${url}/dev/dispatch` };
  const optional = VAPID_KEYS ? ['--var', `VAPID_KEYS:${VAPID_KEYS}`] : [];
  const isGiven = (/** @type {string} */ name) =>
    args.some((arg) => arg.startsWith(name)) || new RegExp(`^${name}\\s*=`, 'm').test(local);
  return [
    ...Object.entries(options).flatMap((option) => (isGiven(option[0]) ? [] : option)),
    ...Object.entries(vars).flatMap(([name, value]) =>
      isGiven(name) ? [] : ['--var', `${name}:${value}`],
    ),
    ...(args.some((arg) => arg.startsWith('VAPID_KEYS:')) ? [] : optional),
  ];
}

/**
 * @param {number} port
 * @returns {Promise<void>}
 */
function assertFree(port) {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', () =>
      reject(new Error(`Port ${port} is taken; choose another with: npm start -- --port 8788`)),
    );
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()));
  });
}

/**
 * Waits until the Worker itself answers; without a development entry that is a 404.
 * @param {string} url
 */
async function waitForAnswer(url) {
  for (const until = Date.now() + START_TIMEOUT_MS; Date.now() < until;) {
    const response = await fetch(`${url}/dev/inbox.json`).catch(() => null);
    if (response !== null && response.status < 500) return;
    await new Promise((later) => setTimeout(later, 200));
  }
  throw new Error(`No answer on ${url} after ${START_TIMEOUT_MS / 1000} s`);
}
