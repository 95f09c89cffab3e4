import { describe, expect, test } from 'vitest';
import { readWranglerConfig } from './wrangler-config.ts';

const config = readWranglerConfig();
const { STAFF_ADDRESS, STAFF_SECOND_ADDRESS, SENDER_ADDRESS } = config.vars;

describe('wrangler.toml', () => {
  test('lets staff mail reach the staff addresses and nobody else', () => {
    const staff = config.send_email.find(({ name }) => name === 'STAFF_EMAIL');
    expect(staff?.allowed_destination_addresses).toEqual([STAFF_ADDRESS, STAFF_SECOND_ADDRESS]);
  });

  test('sends from one address', () => {
    const senders = config.send_email.flatMap((binding) => binding.allowed_sender_addresses ?? []);
    expect(new Set(senders)).toEqual(new Set([SENDER_ADDRESS]));
  });

  test('lists each path of the Worker with and without the slash', () => {
    const paths = config.assets?.run_worker_first;
    if (!Array.isArray(paths)) throw new Error('run_worker_first has to be a list');
    const open = ['/api/*', '/khung/*', '/dev/*'];
    const bare = paths.filter((path) => !open.includes(path) && !path.endsWith('/'));
    const plain = bare.filter((path) => !path.endsWith('/*'));
    const covers = (path: string) => paths.includes(`${path}/`) || paths.includes(`${path}/*`);
    expect(plain).not.toEqual([]);
    expect(plain.filter((path) => !covers(path))).toEqual([]);
  });

  test('keeps routes, which rewrite the origin of local runs, out of the default environment', () => {
    expect(config.routes ?? []).toEqual([]);
    expect(config.route).toBeUndefined();
  });

  test('gives the preview a database and queues of its own, and lets it mail nobody', () => {
    const preview = readWranglerConfig('preview');
    const apart = (key: 'name') => expect(preview[key]).not.toBe(config[key]);
    apart('name');
    expect(Object.keys(preview.vars).toSorted()).toEqual(Object.keys(config.vars).toSorted());
    expect(preview.secrets).toEqual(config.secrets);
    const [database, ours] = [preview, config].map((one) => one.d1_databases[0]?.database_name);
    expect(database).not.toBe(ours);
    const queues = (one: typeof config) => one.queues.consumers.map(({ queue }) => queue);
    expect(queues(preview).filter((queue) => queues(config).includes(queue))).toEqual([]);
    for (const { allowed_destination_addresses: allowed } of preview.send_email) {
      expect(allowed?.filter((address) => !address.endsWith('.invalid'))).toEqual([]);
    }
  });

  test('has no address but its domain, and the preview wakes every ten minutes', () => {
    for (const one of [config, readWranglerConfig('preview')]) {
      expect([one.workers_dev, one.preview_urls]).toEqual([false, false]);
    }
    expect(config.triggers?.crons).toEqual(['* * * * *']);
    expect(readWranglerConfig('preview').triggers?.crons).toEqual(['*/10 * * * *']);
  });

  test('writes no log of paths, which hold the tokens of links', () => {
    expect(config.observability?.logs?.invocation_logs).toBe(false);
    expect(config.observability?.traces?.enabled).toBe(false);
  });
});
