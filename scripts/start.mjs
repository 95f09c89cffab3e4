import process from 'node:process';
import { parseArgs } from 'node:util';
import { buildSite, bundleDevWorker } from './build.mjs';
import { runCommand } from './tools/command.mjs';
import { startDevServer } from './tools/dev-server.mjs';
import { ensureInstalled } from './tools/install.mjs';
import { run } from './tools/run.mjs';

const MINUTE_MS = 60_000;

/** The options of `npm start`; all other arguments go on to `wrangler dev`. */
function readOptions() {
  /** @type {Record<string, { type: 'string', default: string }>} */
  const options = {
    port: { type: 'string', default: '8787' },
    'persist-to': { type: 'string', default: '.wrangler/state' },
  };
  const args = process.argv.slice(2);
  const parsed = parseArgs({ args, options, strict: false, allowPositionals: true, tokens: true });
  const used = parsed.tokens.flatMap((token) => {
    if (token.kind !== 'option' || !(token.name in options)) return [];
    return token.inlineValue ? [token.index] : [token.index, token.index + 1];
  });
  const { port, 'persist-to': persistTo } = parsed.values;
  return {
    port: Number(port),
    persistTo: String(persistTo),
    args: args.filter((_, index) => !used.includes(index)),
  };
}

/**
 * `wrangler dev` runs no cron by itself: this runs it at each full minute.
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

/** Ends the server with a signal or with npm. A killed npm sends no signal, so its process is looked for. */
function endTogether() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  const npm = process.ppid;
  if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== npm && stop(), 500);
}

async function main() {
  const { port, persistTo, args } = readOptions();
  endTogether();
  await ensureInstalled();
  // By the Node that was installed: this one may be too old to read TypeScript.
  await run('node', ['scripts/keys.ts', '--local']);
  console.log('Building the site …');
  await buildSite();
  const entry = await bundleDevWorker();
  server = await startDevServer({ port, entry, args, persistTo });
  void server.ended.then(() => process.exit());
  triggerCron(server.url);
  console.log(`Ready: ${server.url}  (what staff and dispatch receive: ${server.url}/dev/inbox)`);
}

await runCommand(main);
// The timers of a server that did not start would keep the process alive.
if (process.exitCode === 1) process.exit();
