import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { makeCheckout } from '../../scripts/tools/checkout.ts';
import { runCommand } from '../../scripts/tools/command.mjs';
import { quietEnvironment } from '../../scripts/tools/environment.mjs';
import { readWranglerConfig } from '../../scripts/tools/wrangler-config.ts';
import { rehearsal, scenarios, type World } from './scenarios.ts';
import { DATABASE_ID, STORE_ID, StandIn } from './stand-in.ts';

const HOST = 'trang-thu.vn';
const HOOK = path.join(import.meta.dirname, 'site-hook.ts');
const config = readWranglerConfig();

// Plays every story with wrangler itself and the commands as they are typed, each from a folder that is ready to deploy.
await runCommand(async () => {
  const wanted = process.argv.slice(2).join(' ');
  const checkout = makeCheckout();
  try {
    fillIn(checkout.folder);
    let failed = 0;
    for (const { name, play } of [...scenarios, rehearsal].filter((one) =>
      one.name.includes(wanted),
    )) {
      const world = await makeWorld(checkout.folder);
      try {
        await play(world);
        console.log(`✓ ${name}`);
      } catch (error) {
        failed += 1;
        console.log(`✗ ${name}\n${error instanceof Error ? error.message : String(error)}`);
      } finally {
        world.stand.close();
      }
    }
    return failed === 0;
  } finally {
    checkout.remove();
  }
});

/** Writes what the launch list asks for, and a page to upload. */
function fillIn(folder: string): void {
  const edit = (file: string, change: (text: string) => string) => {
    const at = path.join(folder, file);
    writeFileSync(at, change(readFileSync(at, 'utf8')));
  };
  const editJson = (file: string, change: (facts: Facts) => void) =>
    edit(file, (text) => {
      const facts = JSON.parse(text) as Facts;
      change(facts);
      return JSON.stringify(facts);
    });
  const day = '2026-12-01';
  editJson('content/launch.json', ({ confirmed = {} }) => {
    for (const key of Object.keys(confirmed)) confirmed[key] = day;
  });
  editJson('content/booking.json', (facts) =>
    Object.assign(facts, { confirmed: true, callback: { minutes: 120, confirmed: true } }),
  );
  editJson('content/company.json', ({ legal = {}, address = {}, ...facts }) => {
    Object.assign(legal, { form: 'Hộ kinh doanh', businessCode: '2900000001' });
    Object.assign(legal, { businessCodeDate: day, representative: 'Nguyễn Văn An' });
    address['street'] = 'Số 1, đường Quang Trung';
    Object.assign(facts, { openingHours: [{ days: 'Mo-Sa', from: '07:30', to: '17:00' }] });
  });
  edit('wrangler.toml', (text) =>
    text
      .replace(/^PUBLIC_ORIGIN = .*$/m, `PUBLIC_ORIGIN = "https://${HOST}"`)
      .replace(/@example\.invalid/g, `@${HOST}`)
      .replace('dispatch.example.invalid', `dieu-phoi.${HOST}`)
      .replace(/^(database_name = .*)$/m, `$1\ndatabase_id = "${DATABASE_ID}"`)
      .replace(/^binding = "VAULT"$/m, `binding = "VAULT"\nid = "${STORE_ID}"`),
  );
  mkdirSync(path.join(folder, 'dist'));
  writeFileSync(path.join(folder, 'dist', 'index.html'), '<h1>Trang</h1>');
}

type Facts = Record<string, Record<string, unknown> | undefined>;

async function makeWorld(folder: string): Promise<World> {
  const stand = new StandIn(config.name, new Date('2026-12-01T00:00:00Z'));
  stand.queues = config.queues.consumers.map(({ queue }) => queue);
  stand.databaseName = config.d1_databases[0]?.database_name ?? '';
  const base = await stand.listen();
  let printed = '';
  let faults: string[] = [];
  const command = async (...args: string[]) => {
    const child = spawn(process.execPath, ['--import', HOOK, 'scripts/deploy.ts', ...args], {
      cwd: folder,
      env: {
        ...quietEnvironment(),
        CLOUDFLARE_API_BASE_URL: base,
        CLOUDFLARE_API_TOKEN: 'token',
        SITE_ORIGIN: `https://${HOST}`,
        SITE_FAULTS: JSON.stringify(faults),
      },
    });
    printed = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (part: Buffer) => (printed += part.toString()));
    }
    const [status] = (await once(child, 'close')) as [number];
    return status === 0;
  };
  return {
    ...{ stand, secrets: config.secrets?.required ?? [], migration: '0002_messages_by_phone.sql' },
    said: () => printed,
    breakSite: (...paths) => (faults = paths),
    deploy: (...flags) => command('--built', ...flags),
    back: () => command('back'),
  };
}
