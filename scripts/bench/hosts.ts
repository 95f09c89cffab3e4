import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { unstable_splitSqlQuery } from 'wrangler';
import { later } from '../../shared/time.ts';
import { issueIntent, type IntentForm } from '../../worker/signing/links.ts';
import { migrate } from '../database/migrate.ts';
import type { Row } from '../database/query-database.ts';
import { startDevServer } from '../tools/dev-server.mjs';
import { ROOT } from '../tools/environment.mjs';
import { freePort } from '../tools/free-port.mjs';
import { run } from '../tools/run.mjs';
import { newPushKeyPair } from '../tools/secrets.mjs';
import { readWranglerConfig } from '../tools/wrangler-config.ts';

const ENTRY = 'scripts/bench/worker.ts';

export const KEY = `whsec_${btoa('bench'.padEnd(32, '.'))}`;
const VARS = {
  ...readWranglerConfig().vars,
  SEAL_KEYS: KEY,
  LINK_KEYS: KEY,
  STAFF_KEYS: KEY,
  DISPATCH_KEYS: KEY,
  FLOOD_LIMIT: '100000000',
  NETWORK_LIMIT: '100000000',
  UNCONFIRMED_LIMIT: '100000000',
  STAFF_MAIL_LIMIT: '100000000',
  LETTERS_A_DAY: '100000000',
  PUSH_HOSTS: 'push.example.invalid',
  VAPID_KEYS: newPushKeyPair(),
  // The bench asks by http.
  PUBLIC_ORIGIN: 'http://example.com',
  STAFF_ADDRESS: 'staff@example.invalid',
  STAFF_SECOND_ADDRESS: '',
  SENDER_ADDRESS: 'noreply@example.invalid',
};

const NO_DISPATCH = 'https://dispatch.example.invalid/jobs';

/** Intents of forms that were opened a minute before they are sent; `sentAt` says when each of them is. */
export async function issueIntents(
  form: IntentForm,
  count: number,
  sentAt: (number: number) => Date = () => new Date(),
): Promise<string[]> {
  return Promise.all(
    Array.from({ length: count }, (_, number) =>
      issueIntent({ keys: [KEY], now: later(sentAt(number), { minutes: -1 }) }, form),
    ),
  );
}

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

/** Bundles an entry as `wrangler deploy` does. */
export function bundle(folder: string, entry: string): Promise<unknown> {
  return run('wrangler', ['deploy', entry, '--dry-run', '--outdir', folder]);
}

/** The bench's Worker in workerd, without wrangler's proxy. */
export async function startDirect(folder: string, dispatchUrl: string): Promise<Host> {
  await bundle(folder, ENTRY);
  return startBundle(path.join(folder, 'worker.js'), dispatchUrl);
}

/** A bundle in workerd with the built pages; what it stores lies beside it and is found again by the next start. */
export async function startBundle(script: string, dispatchUrl = NO_DISPATCH): Promise<Host> {
  const folder = path.dirname(script);
  const isNew = !existsSync(path.join(folder, 'state'));
  const vars = Object.entries({ ...VARS, DISPATCH_URL: dispatchUrl }).map(([name, value]) => [
    name,
    { type: 'text', value },
  ]);
  const require = createRequire(import.meta.resolve('wrangler'));
  const { Miniflare } = require('miniflare') as { Miniflare: new (options: unknown) => Runtime };
  const runtime = new Miniflare({
    host: '127.0.0.1',
    port: await freePort(),
    cf: false,
    resourcePersistencePath: path.join(folder, 'state'),
    telemetry: { enabled: false },
    // The Worker's log lines are not the bench's.
    handleStructuredLogs: () => undefined,
    workers: [
      {
        config: {
          name: 'bench',
          compatibilityDate: '2026-10-30',
          compatibilityFlags: ['nodejs_als'],
          triggers: [{ type: 'queue', name: 'deliveries', maxBatchSize: 10, maxBatchTimeout: 1 }],
          manifest: {
            mainModule: 'worker.js',
            modulesRoot: folder,
            modules: { 'worker.js': { type: 'esm', contents: readFileSync(script, 'utf8') } },
          },
          assets: {
            directory: path.join(ROOT, 'dist'),
            notFoundHandling: '404-page',
            runWorkerFirst: true,
            hasUserWorker: true,
          },
          env: {
            ASSETS: { type: 'assets' },
            DB: { type: 'd1', id: 'DB' },
            VAULT: { type: 'kv', id: 'VAULT' },
            PHOTOS: { type: 'r2', name: 'photos' },
            IMAGES: { type: 'images' },
            DELIVERIES: { type: 'queue', name: 'deliveries' },
            ...(Object.fromEntries(vars) as object),
          },
        },
      },
    ],
  });
  const { origin: url } = await runtime.ready;
  if (isNew) await migrate(databaseOf(await runtime.getD1Database('DB')));
  return { url, stop: () => runtime.dispose() };
}

function databaseOf(db: D1Database) {
  const runAll = (sql: string) =>
    db.batch<Row>(unstable_splitSqlQuery(sql).map((text) => db.prepare(text)));
  return {
    query: async (sql: string) => (await runAll(sql)).at(-1)?.results ?? [],
    import: async (sql: string) => void (await runAll(sql)),
  };
}

/** The bench's Worker under `wrangler dev`, as a developer runs it. */
export function startDev(folder: string, dispatchUrl: string): Promise<Host> {
  return serve(folder, { ...VARS, DISPATCH_URL: dispatchUrl }, { entry: ENTRY });
}

/** The site as `npm start` serves it, with keys that only the bench has, and without a limit of its requests. */
export function startSite(folder: string, args: readonly string[] = []): Promise<Host> {
  const { SEAL_KEYS, LINK_KEYS, STAFF_KEYS, DISPATCH_KEYS, FLOOD_LIMIT } = VARS;
  const vars = { SEAL_KEYS, LINK_KEYS, STAFF_KEYS, DISPATCH_KEYS, FLOOD_LIMIT };
  return serve(folder, vars, { more: args });
}

async function serve(
  persistTo: string,
  vars: object,
  { entry, more = [] }: { entry?: string; more?: readonly string[] },
): Promise<Host> {
  const given = Object.entries(vars).flatMap(([name, value]) => ['--var', `${name}:${value}`]);
  const args = [...given, '--log-level', 'error', ...more];
  return startDevServer({ port: await freePort(), persistTo, args, ...(entry && { entry }) });
}
