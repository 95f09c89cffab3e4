import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import type { FullConfig } from '@playwright/test';
import { startDevServer } from '../../scripts/tools/dev-server.mjs';
import { keyringNames } from '../../shared/keyrings.ts';
import { freePort } from '../../scripts/tools/free-port.mjs';
import { newPushKeyPair } from '../../scripts/tools/secrets.mjs';
import { bank } from './bank.ts';
import { PEM_FILE } from './push-service.ts';
import { findLeftovers, leftoverRoots } from './leftovers.ts';
import { keepServers, type TestServer } from './servers.ts';

/** The same keys on every run; they guard nothing. */
const KEYS = keyringNames.map((name) => `${name}:whsec_${btoa(name.padEnd(32, '.'))}`);

/**
 * Serves ./dist, with a database of its own for each worker process. Once all is over, nothing that the run leaves may hold a
 * personal value of anyone.
 */
export default async function globalSetup({ workers }: FullConfig) {
  const folder = await mkdtemp(path.join(tmpdir(), 'test-run-'));
  // What the servers, the browsers and the tests call temporary lies in the run's own folder, where it can be searched.
  const temporary = path.join(folder, 'tmp');
  await mkdir(temporary);
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = temporary;
  process.env['TEST_FOLDER'] = folder;
  process.env['NODE_EXTRA_CA_CERTS'] = PEM_FILE;
  const started: RunningServer[] = [];
  for (let at = 0; at < workers; at += 1)
    started.push(await startServer(path.join(folder, `state-${at}`)));
  keepServers(started.map(({ server }) => server));
  return async () => {
    await Promise.all(started.map(({ stop }) => stop()));
    const left = findLeftovers(leftoverRoots(folder));
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    await rm(folder, { recursive: true, force: true });
    if (left.length > 0) throw new Error(`Personal values were left in ${left.join(', ')}`);
  };
}

interface RunningServer {
  server: TestServer;
  stop: () => Promise<void>;
}

async function startServer(state: string): Promise<RunningServer> {
  // Every customer of a run comes from this machine.
  const limits = ['FLOOD_LIMIT:100000', 'NETWORK_LIMIT:1000'];
  const account = Object.entries(bank).map(([name, value]) => `${name}:${value}`);
  const pushPort = await freePort();
  const push = [`PUSH_HOSTS:127.0.0.1:${pushPort}`, `VAPID_KEYS:${newPushKeyPair()}`];
  const args = [...KEYS, ...limits, ...account, ...push].flatMap((variable) => ['--var', variable]);
  const { url, stop } = await startDevServer({ port: await freePort(), persistTo: state, args });
  return { server: { url, state, pushPort }, stop };
}
