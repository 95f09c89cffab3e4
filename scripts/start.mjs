import process from 'node:process';
import { buildSite, bundleHouse } from './build.mjs';
import { startDevServer } from './tools/dev-server.mjs';
import { ensureInstalled } from './tools/install.mjs';
import { ensureLocalSecrets } from './tools/secrets.mjs';

const MINUTE_MS = 60_000;

/**
 * Takes one option's value out of the arguments, in either spelling.
 * @param {string[]} args
 * @param {string} name
 */
function takeOption(args, name) {
  const at = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
  if (at < 0) return undefined;
  const [whole = '', next] = args.splice(at, args[at] === name ? 2 : 1);
  return whole === name ? next : whole.slice(name.length + 1);
}

/**
 * Local cron never fires by itself: runs it at each full minute.
 * @param {string} url
 */
function triggerCron(url) {
  const wait = MINUTE_MS - (Date.now() % MINUTE_MS);
  setTimeout(() => {
    triggerCron(url);
    const query = new URLSearchParams({ cron: '* * * * *', time: String(Date.now()) });
    fetch(`${url}/cdn-cgi/local/scheduled?${query}`, {
      signal: AbortSignal.timeout(MINUTE_MS),
    }).catch((error) => console.error(`cron did not run: ${error}`));
  }, wait);
}

/** @type {import('./tools/dev-server.mjs').DevServer | undefined} */
let server;

// Leaving closes the server's stdin, at which its whole group ends; waiting for it leaves the port free.
const stop = () => (server ? void server.stop() : process.exit());

/** Ends with a signal or with npm, which tells nobody when it is killed. */
function endTogether() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  const npm = process.ppid;
  if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== npm && stop(), 500);
}

async function main() {
  const args = process.argv.slice(2);
  const port = Number(takeOption(args, '--port') ?? 8787);
  const persistTo = takeOption(args, '--persist-to');
  endTogether();
  await ensureInstalled();
  ensureLocalSecrets();
  console.log('Building the site …');
  await buildSite();
  const bundle = await bundleHouse();
  server = await startDevServer({ port, bundle, args, ...(persistTo ? { persistTo } : {}) });
  void server.ended.then(() => process.exit());
  triggerCron(server.url);
  console.log(`Ready: ${server.url}  (what staff and dispatch receive: ${server.url}/dev/inbox)`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
