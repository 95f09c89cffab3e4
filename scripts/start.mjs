import process from 'node:process';
import { buildSite } from './build.mjs';
import { startDevServer } from './dev-server.mjs';
import { ensureInstalled } from './install.mjs';
import { ensureLocalSecrets } from './secrets.mjs';

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

/**
 * Ends the server with whatever ends first: a signal or the server itself.
 * @param {import('./dev-server.mjs').DevServer} server
 */
function endTogether(server) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => void server.stop());
  void server.ended.then(() => process.exit());
}

/** A killed npm tells nobody: leaves when the starter is gone, and the server follows. */
function endWithNpm() {
  const npm = process.ppid;
  if (process.env.npm_lifecycle_event)
    setInterval(() => process.ppid !== npm && process.exit(), 500);
}

async function main() {
  const args = process.argv.slice(2);
  const port = Number(takeOption(args, '--port') ?? 8787);
  const persistTo = takeOption(args, '--persist-to');
  endWithNpm();
  await ensureInstalled();
  ensureLocalSecrets();
  console.log('Building the site …');
  await buildSite();
  const server = await startDevServer({ port, args, ...(persistTo ? { persistTo } : {}) });
  endTogether(server);
  triggerCron(server.url);
  console.log(`Ready: ${server.url}  (what staff and dispatch receive: ${server.url}/dev/inbox)`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
