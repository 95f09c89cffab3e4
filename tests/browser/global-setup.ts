import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { startDevServer } from '../../scripts/dev-server.mjs';
import { freePort } from '../../scripts/free-port.mjs';

/** The same keys on every run; they guard nothing. */
const KEYS = ['SEAL_KEYS', 'LINK_KEYS', 'DISPATCH_KEYS'].map(
  (name) => `${name}:whsec_${btoa(name.padEnd(32, '.'))}`,
);

/** Serves ./dist with a database of its own for the whole run; HOUSE_URL tells the tests where. */
export default async function globalSetup() {
  const persistTo = await mkdtemp(path.join(tmpdir(), 'house-'));
  const args = [...KEYS, 'FLOOD_LIMIT:100000'].flatMap((variable) => ['--var', variable]);
  const server = await startDevServer({ port: await freePort(), persistTo, args });
  process.env['HOUSE_URL'] = server.url;
  process.env['HOUSE_STATE'] = persistTo;
  return async () => {
    await server.stop();
    await rm(persistTo, { recursive: true, force: true });
  };
}
