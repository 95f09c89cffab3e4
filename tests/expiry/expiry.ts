// The platform keeps the promise by itself: with no clock and so no purge, a record whose end is 90 seconds away cannot be
// read after it, and every page that showed it says so calmly. Takes two minutes: npm run expiry
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { openLocal } from '../../scripts/database/local-place.ts';
import { startDevServer } from '../../scripts/dev-server.mjs';
import { freePort } from '../../scripts/free-port.mjs';
import { ensureLocalSecrets } from '../../scripts/secrets.mjs';
import { later } from '../../shared/time.ts';
import { findBooking } from '../../worker/store/bookings.ts';
import { moveKeyEnd, openPerson, openVault } from '../../worker/vault.ts';
import { bookOnline, openDetails, type Reader, readPages } from './pages.ts';

/** The platform takes no end that is less than 60 s away. */
const END_SECONDS = 90;
const SPARE_MS = 3_000;

const folder = mkdtempSync(path.join(tmpdir(), 'house-expiry-'));
ensureLocalSecrets();
const server = await startDevServer({ port: await freePort(), persistTo: folder });
try {
  const reader = await bookOnline(server.url);
  const endsAt = await bringEndForward(reader.code);
  await openDetails(reader);
  const before = await readPages(reader);
  const hidden = before.filter(({ shows }) => !shows).map(({ name }) => name);
  if (hidden.length > 0) throw new Error(`Not shown before the end: ${hidden.join(', ')}`);
  await new Promise((resume) => setTimeout(resume, endsAt.getTime() - Date.now() + SPARE_MS));
  await checkAfter(reader);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** Moves the record's real end, in the vault and in its row, to 90 seconds from now. */
async function bringEndForward(code: string): Promise<Date> {
  const place = await openLocal(folder);
  const now = new Date();
  const endsAt = later(now, { ms: END_SECONDS * 1000 });
  const [row] = await place.query(`select id from bookings where code = '${code}'`);
  const id = String(row?.['id']);
  await place.query(
    `update bookings set key_ends_at = '${endsAt.toISOString()}' where id = '${id}'`,
  );
  const moved = await moveKeyEnd(openVault(place.env), { id, endsAt }, now);
  await place.close();
  if (!moved) throw new Error('The key was not there');
  return endsAt;
}

async function checkAfter(reader: Reader): Promise<void> {
  const after = await readPages(reader);
  for (const { name, shows, calm, status } of after) {
    console.log(
      `${name}: ${status}, ${shows ? 'STILL SHOWS IT' : 'shows nothing'}, ${calm || 'no word'}`,
    );
    if (shows || status !== 200) throw new Error(`${name} after the end: ${status}`);
  }
  if (after.every(({ calm }) => calm === '')) throw new Error('No page says that the time is over');
  const place = await openLocal(folder);
  const [row] = await place.query(`select id from bookings where code = '${reader.code}'`);
  const booking = await findBooking(place.env.DB, String(row?.['id']));
  if (booking === null || booking.sealed.length === 0 || booking.erasedAt !== null) {
    throw new Error('A purge ran: the sealed details should still lie there');
  }
  const { state } = await openPerson(openVault(place.env), booking.id, booking.sealed);
  await place.close();
  if (state !== 'absent') throw new Error('The details can still be opened');
  console.log('The sealed details lie there, and no secret opens them.');
}
