// KV ends a key by itself: without cron, and so without a purge, records whose end is 90 seconds away cannot be read after it,
// and every page that showed them says so in plain words. Takes two minutes: npm run expiry
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { startDevServer } from '../../scripts/tools/dev-server.mjs';
import { freePort } from '../../scripts/tools/free-port.mjs';
import { ensureLocalSecrets } from '../../scripts/tools/secrets.mjs';
import { bringEndsForward, checkSealed, makeWeekPath, sendLate } from './inside.ts';
import { type Look, readLists, readPages } from './pages.ts';
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
  await setDispatchAnswer(url, 500);
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
    readLists(booking, week),
  ]);
  return looks.flat();
}

function isSearch(name: string): boolean {
  return name.startsWith('finding');
}

/** Checks that a page shows nothing of the person, and says so to whoever saw it before or looks for it. */
function checkAfter({ name, status, personal, shows, calm }: Look): void {
  const words = shows ? 'STILL SHOWS IT' : 'shows nothing';
  console.log(`${name}: ${status}, ${words}${calm === '' ? '' : `, "${calm}"`}`);
  const isForMachines = name.endsWith('machines');
  if (shows || status !== (isSearch(name) ? 422 : 200)) throw new Error(`${name} after the end`);
  if ((personal || isSearch(name)) && !isForMachines && calm === '')
    throw new Error(`${name}: no word`);
}

/** Checks that what was still to be sent is not, that the status page says so, and that the next run of cron mends it. */
async function checkDelivery(url: string, code: string): Promise<void> {
  const late = await sendLate(folder, code);
  const broken = await readStatus(url);
  console.log(`what was still to be sent: ${late}; the page for everyone says ${broken.join()}`);
  if (late !== 'dead' || !broken.includes('delivery'))
    throw new Error('Not sent, and the status page does not say so');
  await setDispatchAnswer(url, 204);
  const query = new URLSearchParams({ cron: '* * * * *', time: String(Date.now()) });
  await fetch(`${url}/cdn-cgi/local/scheduled?${query.toString()}`);
  const inbox = await (await fetch(`${url}/dev/inbox.json`)).json<{ body?: string }[]>();
  const left = await readStatus(url);
  console.log(`after a run of cron: ${left.join() || 'every promise is kept'}`);
  if (!inbox.some(({ body }) => body?.includes('job.erased') && body.includes(code)))
    throw new Error('Dispatch got no order to erase');
  if (left.length > 0) throw new Error('Cron did not mend it');
}

async function readStatus(url: string): Promise<string[]> {
  return (await (await fetch(`${url}/api/status`)).json<{ broken: string[] }>()).broken;
}

async function setDispatchAnswer(url: string, status: number): Promise<void> {
  await fetch(`${url}/dev/dispatch/answer`, { method: 'POST', body: JSON.stringify({ status }) });
}
