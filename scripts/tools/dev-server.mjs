import { spawn } from 'node:child_process';
import { existsSync, openSync, readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { ROOT, quietEnvironment } from './environment.mjs';
import { run } from './run.mjs';

const START_TIMEOUT_MS = 180_000;

/**
 * @typedef {object} DevServer
 * @property {string} url origin that the house answers on
 * @property {number} pid leader of the process group; SIGKILL to -pid is a crash of everything
 * @property {Promise<void>} ended settles when the server is gone
 * @property {() => Promise<void>} stop ends the whole group
 */

/**
 * Migrates the local database and serves the house with its development entry until stopped.
 * @param {{ port: number, bundle?: string, persistTo?: string, args?: string[], log?: string }} options `bundle` is a finished
 *   script to serve in place of the source; `args` go to `wrangler dev` and win; `log` is a file that takes what the server prints.
 * @returns {Promise<DevServer>}
 */
export async function startDevServer({
  port,
  bundle,
  persistTo = '.wrangler/state',
  args = [],
  log,
}) {
  await assertFree(port);
  const state = ['--persist-to', persistTo];
  await run('wrangler', ['d1', 'migrations', 'apply', 'DB', '--local', ...state]);
  const url = `http://127.0.0.1:${port}`;
  const entry = bundle === undefined ? ['worker/dev.ts'] : [bundle, '--no-bundle'];
  const output = log === undefined ? 'inherit' : openSync(log, 'a');
  const child = spawn(
    process.execPath,
    [
      path.join(ROOT, 'scripts', 'tools', 'supervise.mjs'),
      path.join(ROOT, 'node_modules', '.bin', 'wrangler'),
      ...['dev', ...entry, '--port', String(port), ...state],
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
    answers(url),
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
  const vars = { PUBLIC_ORIGIN: url, DISPATCH_URL: `${url}/dev/dispatch` };
  const file = path.join(ROOT, '.dev.vars');
  const local = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const isGiven = (/** @type {string} */ name) =>
    args.some((arg) => arg.startsWith(name)) || new RegExp(`^${name}\\s*=`, 'm').test(local);
  return [
    ...Object.entries(options).flatMap((option) => (isGiven(option[0]) ? [] : option)),
    ...Object.entries(vars).flatMap(([name, value]) =>
      isGiven(name) ? [] : ['--var', `${name}:${value}`],
    ),
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

/** @param {string} url */
async function answers(url) {
  for (const until = Date.now() + START_TIMEOUT_MS; Date.now() < until;) {
    const response = await fetch(`${url}/dev/inbox.json`).catch(() => null);
    if (response?.ok) return;
    await new Promise((later) => setTimeout(later, 200));
  }
  throw new Error(`No answer on ${url} after ${START_TIMEOUT_MS / 1000} s`);
}
