import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { isReady } from '../../scripts/deploy/ready.ts';
import { goBack, release, type Target } from '../../scripts/deploy/release.ts';
import { checkResources } from '../../scripts/launch/resources.ts';
import { connect } from '../../scripts/tools/cloudflare-api.ts';
import { ROOT } from '../../scripts/tools/environment.mjs';
import { readWranglerConfig } from '../../scripts/tools/wrangler-config.ts';
import { answerAsSite } from '../deploy/live-site.ts';
import { scenarios, type World } from '../deploy/scenarios.ts';
import { DATABASE_ID, STORE_ID, StandIn } from '../deploy/stand-in.ts';

const ORIGIN = 'https://trang.example';
const config = readWranglerConfig();
const SECRETS = config.secrets?.required ?? [];

/** Wrangler as the scenarios need it; `npm run deploy-drill` plays them with wrangler itself. */
const imitation = vi.hoisted<{ run: (args: string[]) => Promise<string> }>(() => ({
  run: () => Promise.resolve(''),
}));
vi.mock('../../scripts/tools/run.mjs', () => ({
  run: (_command: string, args: string[]) => imitation.run(args),
}));

let close = (): void => undefined;
afterEach(() => {
  close();
  rmSync(path.join(ROOT, 'backups', `dns-${new URL(ORIGIN).host}.json`), { force: true });
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

async function makeWorld(): Promise<World> {
  const stand = new StandIn(config.name, new Date('2026-12-01T00:00:00Z'));
  stand.queues = config.queues.consumers.map(({ queue }) => queue);
  const [database] = config.d1_databases;
  stand.databaseName = database?.database_name ?? '';
  vi.stubEnv('CLOUDFLARE_API_BASE_URL', await stand.listen());
  vi.stubEnv('CLOUDFLARE_API_TOKEN', 'token');
  close = () => stand.close();
  imitation.run = (args) => imitate(stand, args);

  const filled = {
    ...config,
    d1_databases: [{ ...database, binding: 'DB', database_id: DATABASE_ID }],
    kv_namespaces: [{ binding: 'VAULT', id: STORE_ID }],
  };
  const target: Target = {
    ...{ env: undefined, origin: ORIGIN, worker: config.name, bank: {} },
    ...{ databaseId: DATABASE_ID, secrets: SECRETS },
  };
  let printed: string[] = [];
  let faults: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  const ask: typeof fetch = (url) => answerAsSite(ORIGIN, faults)(url);
  const askAccount = () => Promise.resolve('');
  const patience = { ask, attempts: 1, pauseMs: 0 };
  const command = async (action: () => Promise<boolean>) => {
    printed = [];
    try {
      return await action();
    } catch (error) {
      printed.push(String(error));
      return false;
    }
  };
  return {
    ...{ stand, secrets: SECRETS, migration: '0002_messages_by_phone.sql' },
    said: () => printed.join('\n'),
    breakSite: (...paths) => (faults = paths),
    back: () => command(async () => goBack(await connect(), target, { askAccount, patience })),
    deploy: (...flags) =>
      command(async () => {
        const account = await connect();
        if (!(await isReady(account, filled))) return false;
        const takeOver = flags.includes('--take-over-domain');
        return release(account, target, { takeOver, commit: 'abc', askAccount, patience });
      }),
  };
}

/** Asks the stand-in what wrangler would ask, as far as a state depends on it. */
async function imitate(stand: StandIn, args: string[]): Promise<string> {
  const base = `${process.env['CLOUDFLARE_API_BASE_URL']}/accounts/0/`;
  const post = async (method: string, path: string, body: BodyInit) => {
    const headers = typeof body === 'string' ? { 'Content-Type': 'application/json' } : undefined;
    const answer = await fetch(base + path, { method, body, ...(headers && { headers }) });
    const { result } = await answer.json<{ result: { id?: string } }>();
    return result;
  };
  const [command = '', more] = args;
  if (command === 'd1') await post('POST', `d1/database/${DATABASE_ID}/query`, '{"sql":""}');
  if (command === 'deploy') {
    expect(args).not.toContain('--domain');
    const form = new FormData();
    const message = args[args.indexOf('--message') + 1] ?? '';
    form.set('metadata', JSON.stringify({ annotations: { 'workers/message': message } }));
    const { id = '' } = await post('POST', `workers/scripts/${stand.worker}/versions`, form);
    const versions = JSON.stringify({ versions: [{ version_id: id, percentage: 100 }] });
    await post('POST', `workers/scripts/${stand.worker}/deployments`, versions);
  }
  return `${command} ${more ?? ''}`;
}

describe('npm run deploy', () => {
  test.each(scenarios.map(({ name, play }) => [name, play] as const))('%s', async (_, play) => {
    await play(await makeWorld());
  });
});

describe('checkResources', () => {
  test('names a database that is far away, and what the account does not have', async () => {
    const { stand } = await makeWorld();
    const [{ queue = '' } = {}] = config.queues.consumers;
    const [database] = config.d1_databases;
    const near = { ...database, binding: 'DB', database_id: DATABASE_ID };
    const check = async (change: Partial<typeof config>) => {
      const own = { ...config, d1_databases: [], kv_namespaces: [{ binding: 'VAULT' }] };
      const found = await checkResources(await connect(), { ...own, ...change });
      return found.map(({ level, message }) => `${level} ${message}`).join('\n');
    };
    stand.region = 'WEUR';
    expect(await check({ d1_databases: [near] })).toMatch(/^todo .*WEUR.*--location apac/);
    stand.databaseName = 'other';
    expect(await check({ d1_databases: [near] })).toContain('red Mã');
    const gone = { ...near, database_id: 'gone' };
    expect(await check({ d1_databases: [gone] })).toMatch(/^red .*d1 create .*--location apac/);
    expect(await check({ kv_namespaces: [{ binding: 'VAULT', id: 'gone' }] })).toMatch(
      /^red .*kv namespace create VAULT/,
    );
    expect(await check({ r2_buckets: [{ binding: 'PHOTOS', bucket_name: 'gone' }] })).toMatch(
      /red .*r2 bucket create gone --location apac/,
    );
    stand.queues = [];
    expect(await check({})).toContain(`npx wrangler queues create ${queue}`);
  });
});
