import path from 'node:path';
import type * as build from '../../scripts/build.mjs';
import type * as devServer from '../../scripts/tools/dev-server.mjs';
import { freePort } from '../../scripts/tools/free-port.mjs';
import type * as secrets from '../../scripts/tools/secrets.mjs';

/** Serves the dist of a checkout by its own scripts, as `npm start` does, with keys and a database of its own. */
export async function serveCheckout(folder: string): Promise<devServer.DevServer> {
  const own = (file: string): Promise<unknown> => import(path.join(folder, 'scripts', file));
  const { ensureLocalSecrets } = (await own('tools/secrets.mjs')) as typeof secrets;
  const { bundleDevWorker } = (await own('build.mjs')) as typeof build;
  const { startDevServer } = (await own('tools/dev-server.mjs')) as typeof devServer;
  ensureLocalSecrets();
  const entry = await bundleDevWorker();
  return startDevServer({ port: await freePort(), entry, log: path.join(folder, 'served.log') });
}
