import { createECDH } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { startDevServer } from '../../scripts/tools/dev-server.mjs';
import { keyringNames } from '../../shared/keyrings.ts';
import { freePort } from '../../scripts/tools/free-port.mjs';
import { bank } from './bank.ts';
import { PEM_FILE } from './push-service.ts';
import { findLeftovers, leftoverRoots } from './leftovers.ts';

/** The same keys on every run; they guard nothing. */
const KEYS = keyringNames.map((name) => `${name}:whsec_${btoa(name.padEnd(32, '.'))}`);

/**
 * Serves ./dist with a database of its own for the whole run; TEST_URL gives the tests its address. Once all is over, nothing that
 * the run leaves may hold a personal value of anyone.
 */
export default async function globalSetup() {
  const folder = await mkdtemp(path.join(tmpdir(), 'test-run-'));
  const persistTo = path.join(folder, 'state');
  // What the server, the browser and the tests call temporary lies in the run's own folder, where it can be searched.
  const temporary = path.join(folder, 'tmp');
  await mkdir(temporary);
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = temporary;
  // Every customer of a run comes from this machine.
  const limits = ['FLOOD_LIMIT:100000', 'NETWORK_LIMIT:1000'];
  const account = Object.entries(bank).map(([name, value]) => `${name}:${value}`);
  const pushPort = await freePort();
  const push = [`PUSH_HOSTS:127.0.0.1:${pushPort}`, `VAPID_KEYS:${makePushKeys()}`];
  process.env['NODE_EXTRA_CA_CERTS'] = PEM_FILE;
  const args = [...KEYS, ...limits, ...account, ...push].flatMap((variable) => ['--var', variable]);
  const server = await startDevServer({ port: await freePort(), persistTo, args });
  process.env['TEST_URL'] = server.url;
  process.env['TEST_PUSH_PORT'] = String(pushPort);
  process.env['TEST_STATE'] = persistTo;
  process.env['TEST_FOLDER'] = folder;
  return async () => {
    await server.stop();
    const left = findLeftovers(leftoverRoots(folder));
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    await rm(folder, { recursive: true, force: true });
    if (left.length > 0) throw new Error(`Personal values were left in ${left.join(', ')}`);
  };
}

/** A pair that signs pushes. */
function makePushKeys(): string {
  const pair = createECDH('prime256v1');
  pair.generateKeys();
  return `${pair.getPublicKey('base64url')}.${pair.getPrivateKey('base64url').padStart(43, 'A')}`;
}
