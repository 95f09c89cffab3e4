// The platform keeps the promise by itself: with no cron and so no purge, records whose end is 90 seconds away cannot be read
// after it, and every page that showed them says so calmly. Takes two minutes: npm run expiry
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { startDevServer } from '../../scripts/tools/dev-server.mjs';
import { freePort } from '../../scripts/tools/free-port.mjs';
import { ensureLocalSecrets } from '../../scripts/tools/secrets.mjs';
import { bringEndsForward, checkSealed, makeWeekPath, sendLate } from './inside.ts';
import { type Look, readWorkerPages, readPages } from './pages.ts';
import { bookOnline, type Reader, writeOnline } from './records.ts';

const SPARE_MS = 3_000;

const folder = mkdtempSync(path.join(tmpdir(), 'expiry-'));
ensureLocalSecrets();
const server = await startDevServer({ port: await freePort(), persistTo: folder });
try {
  await watch(server.url);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function watch(url: string): Promise<void> {
  // What dispatch does not take waits, so that something is still to be sent when the end has come.
  await tellDispatch(url, 500);
  const booking = await bookOnline(url);
  const message = await writeOnline(url);
  const codes = [booking.code, message.code];
  const endsAt = await bringEndsForward(folder, codes);
  const week = await makeWeekPath(folder);
  const before = await readAll(booking, message, week);
  const hidden = before.filter(
    ({ name, status, personal, shows }) =>
      personal !== shows || status !== (isSearch(name) ? 303 : 200),
  );
  if (hidden.length > 0) throw new Error(`Wrong before the end: ${JSON.stringify(hidden)}`);
  await new Promise((resume) => setTimeout(resume, endsAt.getTime() - Date.now() + SPARE_MS));
  (await readAll(booking, message, week)).forEach(checkAfter);
  await checkSealed(folder, codes);
  await checkDelivery(url, booking.code);
}

async function readAll(booking: Reader, message: Reader, week: string): Promise<Look[]> {
  const looks = await Promise.all([
    readPages(booking, 'booking'),
    readPages(message, 'message'),
    readWorkerPages(booking, week),
  ]);
  return looks.flat();
}

function isSearch(name: string): boolean {
  return name.startsWith('finding');
}

/** Nothing of the person is shown; whoever saw it before, and whoever looks for it, is answered in plain words. */
function checkAfter({ name, status, personal, shows, calm }: Look): void {
  const words = shows ? 'STILL SHOWS IT' : 'shows nothing';
  console.log(`${name}: ${status}, ${words}${calm === '' ? '' : `, "${calm}"`}`);
  const isForMachines = name.endsWith('machines');
  if (shows || status !== (isSearch(name) ? 422 : 200)) throw new Error(`${name} after the end`);
  if ((personal || isSearch(name)) && !isForMachines && calm === '')
    throw new Error(`${name}: no word`);
}

/** What was still to be sent is not, and nobody has to find that out by themselves; once cron runs, nothing is left to do. */
async function checkDelivery(url: string, code: string): Promise<void> {
  const late = await sendLate(folder, code);
  const broken = await readStatus(url);
  console.log(`what was still to be sent: ${late}; the page for everyone says ${broken.join()}`);
  if (late !== 'dead' || !broken.includes('delivery'))
    throw new Error('Not sent, and not reported');
  await tellDispatch(url, 204);
  const query = new URLSearchParams({ cron: '* * * * *', time: String(Date.now()) });
  await fetch(`${url}/cdn-cgi/local/scheduled?${query.toString()}`);
  const inbox = await (await fetch(`${url}/dev/inbox.json`)).json<{ body?: string }[]>();
  const left = await readStatus(url);
  console.log(`with cron running: ${left.join() || 'every promise is kept'}`);
  if (!inbox.some(({ body }) => body?.includes('job.erased') && body.includes(code)))
    throw new Error('Dispatch did not receive the order to erase');
  if (left.length > 0) throw new Error('Cron did not repair it');
}

async function readStatus(url: string): Promise<string[]> {
  return (await (await fetch(`${url}/api/status`)).json<{ broken: string[] }>()).broken;
}

async function tellDispatch(url: string, status: number): Promise<void> {
  await fetch(`${url}/dev/dispatch/answer`, { method: 'POST', body: JSON.stringify({ status }) });
}
