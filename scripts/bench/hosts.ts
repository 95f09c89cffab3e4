import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { quietEnvironment, ROOT } from '../tools/environment.mjs';
import { freePort } from '../tools/free-port.mjs';
import { run } from '../tools/run.mjs';

const ENTRY = 'scripts/bench/worker.ts';
const START_TIMEOUT_MS = 120_000;

/** The bench's Worker, served in one way. */
export interface Host {
  url: string;
  stop: () => Promise<void>;
}

/** What the bench uses of Miniflare, which comes with wrangler. */
interface Runtime {
  ready: Promise<URL>;
  getD1Database(binding: string): Promise<D1Database>;
  dispose(): Promise<void>;
}

function loadMiniflare(): new (options: unknown) => Runtime {
  const require = createRequire(import.meta.resolve('wrangler'));
  return (require('miniflare') as { Miniflare: new (options: unknown) => Runtime }).Miniflare;
}

/** Bundles the Worker as a deployment would; gives the script's path. */
export async function bundleWorker(folder: string): Promise<string> {
  await run('wrangler', ['deploy', ENTRY, '--dry-run', '--outdir', folder]);
  return path.join(folder, 'worker.js');
}

/** The bundle in workerd without wrangler's proxy. */
export async function startDirect(
  script: string,
  options: { state: string; vars: Readonly<Record<string, string>> },
): Promise<Host> {
  const Miniflare = loadMiniflare();
  const vars = Object.entries(options.vars).map(([name, value]): [string, unknown] => [
    name,
    { type: 'text', value },
  ]);
  const runtime = new Miniflare({
    host: '127.0.0.1',
    port: await freePort(),
    cf: false,
    resourcePersistencePath: options.state,
    telemetry: { enabled: false },
    workers: [
      {
        config: {
          name: 'bench',
          compatibilityDate: '2026-10-30',
          triggers: [{ type: 'queue', name: 'deliveries', maxBatchSize: 10, maxBatchTimeout: 1 }],
          manifest: {
            mainModule: 'worker.js',
            modulesRoot: path.dirname(script),
            modules: { 'worker.js': { type: 'esm', contents: readFileSync(script, 'utf8') } },
          },
          env: {
            DB: { type: 'd1', id: 'DB' },
            VAULT: { type: 'kv', id: 'VAULT' },
            DELIVERIES: { type: 'queue', name: 'deliveries' },
            ...Object.fromEntries(vars),
          },
        },
      },
    ],
  });
  const { origin: url } = await runtime.ready;
  await migrate(await runtime.getD1Database('DB'));
  return { url, stop: () => runtime.dispose() };
}

async function migrate(db: D1Database): Promise<void> {
  const folder = path.join(ROOT, 'worker', 'migrations');
  for (const name of readdirSync(folder).toSorted()) {
    const sql = readFileSync(path.join(folder, name), 'utf8').replaceAll(/^\s*--.*$/gm, '');
    const statements = sql.split(/;\s*$/m).filter((text) => text.trim() !== '');
    await db.batch(statements.map((text) => db.prepare(text)));
  }
}

/** The Worker under `wrangler dev`, as a developer runs it. */
export async function startDev(options: {
  state: string;
  vars: Readonly<Record<string, string>>;
}): Promise<Host> {
  const place = ['--persist-to', options.state];
  await run('wrangler', ['d1', 'migrations', 'apply', 'DB', '--local', ...place]);
  const port = await freePort();
  const vars = Object.entries(options.vars).flatMap(([name, value]) => [
    '--var',
    `${name}:${value}`,
  ]);
  const args = ['dev', ENTRY, '--ip', '127.0.0.1', '--port', String(port), ...place];
  const child = spawn(
    process.execPath,
    [
      path.join(ROOT, 'scripts', 'tools', 'supervise.mjs'),
      path.join(ROOT, 'node_modules', '.bin', 'wrangler'),
      ...[...args, '--inspector-port', '0', '--log-level', 'error', ...vars],
    ],
    { cwd: ROOT, env: quietEnvironment(), detached: true, stdio: ['pipe', 'ignore', 'inherit'] },
  );
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  await waitFor(`${url}/api/health`);
  return {
    url,
    stop: () => {
      child.stdin.end();
      return ended;
    },
  };
}

async function waitFor(url: string): Promise<void> {
  for (const until = Date.now() + START_TIMEOUT_MS; Date.now() < until;) {
    const response = await fetch(url).catch(() => null);
    if (response?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  throw new Error(`No answer from ${url}`);
}
