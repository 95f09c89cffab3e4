import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { later } from '../../shared/time.ts';
import { withStrictStores } from '../../worker/dev/strict-stores.ts';
import { eraseRecord } from '../../worker/personal-data/erase.ts';
import { reconcileAfterRestore } from '../../worker/personal-data/after-restore.ts';
import { keepPhoto, listPhotos, openPhotos } from '../../worker/personal-data/photo-store.ts';
import { decryptPerson, unwrapDataKey } from '../../worker/personal-data/seal.ts';
import { type Booking, findBooking } from '../../worker/store/bookings.ts';
import {
  KEY_SPREAD_MINUTES,
  openPerson,
  openKeyStore,
} from '../../worker/personal-data/key-store.ts';
import { formatSeconds } from '../database/command.ts';
import { check } from './check.ts';
import type { LocalDatabase } from '../database/local-database.ts';
import { loadCopy } from '../database/restore.ts';
import { migrate } from '../database/migrate.ts';
import { guessPhones } from './guess.ts';
import { bookMadeUp } from './made-up.ts';
import { checkPlans, erasePlanOf, makePlan } from './plans.ts';

/** The made-up person who leaves. */
const LEAVER_PHONE = '0912 000 001';

/**
 * Books for two made-up people in an empty database, copies it, erases one of them and restores the copy. Afterwards no key may
 * decrypt the erased person's data, and the other person must still be readable, though the stores fail as the platform's may.
 * Throws where it is not so.
 */
export async function proveErasure(database: LocalDatabase, folder: string): Promise<void> {
  const env = withStrictStores(database.env, 3);
  const now = new Date();
  await migrate(database);
  const leaver = await bookMadeUp(env, { name: 'Người Xóa Thử', phone: LEAVER_PHONE }, now);
  const stayer = await bookMadeUp(env, { name: 'Người Ở Lại', phone: '0912 000 002' }, now);
  const plans = {
    gone: await makePlan(env, { name: 'Người Dừng Thử', phone: '0912 000 003' }, now),
    kept: await makePlan(env, { name: 'Người Đặt Đều', phone: '0912 000 004' }, now),
  };
  const key = await env.VAULT.get(leaver.id, 'arrayBuffer');
  if (key === null) throw new Error('Không có khóa ngay sau khi đặt.');
  await keepPicture(env, leaver.id, now);
  await keepPicture(env, stayer.id, now);
  const copy = { endedAt: new Date(), sql: await database.export() };
  await checkGuess(env, leaver.id, copy.sql);
  await eraseRecord(env, { id: leaver.id, cause: 'request', actor: 'customer', now });
  await erasePlanOf(env, plans.gone, now);

  const restoring = Date.now();
  await loadCopy(database, { copy, tables: await database.listTables(), now: new Date() });
  const back = await readBack(env, leaver.id);
  await checkUnreadable({ env, folder, key }, back);
  const restore = { copyEndedAt: copy.endedAt, at: new Date() };
  const afterSpread = later(restore.at, { minutes: KEY_SPREAD_MINUTES + 1 });
  await reconcileAfterRestore(env, { restore, now: afterSpread });
  const after = await readBack(env, leaver.id);
  check(after.erasedAt !== null && after.sealed.length === 0, 'Hồ sơ không còn khóa vẫn còn đó.');
  await checkReadable(env, await readBack(env, stayer.id));
  check((await openAll(env, leaver.id)).length === 0, 'Ảnh của hồ sơ đã xóa vẫn mở được.');
  check((await openAll(env, stayer.id)).length === 1, 'Ảnh của người không xóa không mở được.');
  const visits = await checkPlans(env, plans, afterSpread);
  console.log(
    `Xóa một người, một lịch định kỳ rồi đưa bản sao cũ về: những người đó không đọc được nữa, người ở lại và lịch ${visits} buổi vẫn đọc được; hết ${formatSeconds(restoring)}.`,
  );
}

/** Stands for a picture: the drill proves who can open it, not what it shows. */
async function keepPicture(env: Env, id: string, at: Date): Promise<void> {
  const bytes = new TextEncoder().encode('ảnh thử');
  const photo = {
    id: crypto.randomUUID(),
    by: 'customer',
    side: 'customer',
    width: 1,
    height: 1,
    at,
  } as const;
  check(await keepPhoto(env, id, { ...photo, bytes }), 'Không giữ được ảnh thử.');
}

async function openAll(env: Env, id: string): Promise<object[]> {
  const ids = (await listPhotos(env, id)).map((photo) => photo.id);
  return (await openPhotos(env, id, ids)) ?? [];
}

interface Secrets {
  env: Env;
  /** Where the database and the key store keep their files. */
  folder: string;
  /** The wrapped key as it was before the erasure. */
  key: ArrayBuffer;
}

/** Checks that the copy brought the sealed details back whole, and that the key to them is in no store and no file. */
async function checkUnreadable({ env, folder, key }: Secrets, back: Booking): Promise<void> {
  const store = openKeyStore(env);
  const opened = await decryptPerson(
    await unwrapDataKey(store.keys, back.id, key),
    back.id,
    back.sealed,
  );
  check(opened.name !== '' && back.erasedAt === null, 'Bản sao không mang hồ sơ trở lại.');
  const { state } = await openPerson(store, back.id, back.sealed);
  check(state === 'absent', 'Hồ sơ đã xóa vẫn đọc được.');
  check(!isInFiles(folder, new Uint8Array(key)), 'Khóa của hồ sơ đã xóa còn nằm trong tệp.');
}

/** Tries every number of a block with the secrets: in the database a keyed hash reveals the number, in the copy none may. */
async function checkGuess(env: Env, id: string, copy: string): Promise<void> {
  const phoneHash = await env.DB.prepare('select phone_hash from repeats where subject_id = ?')
    .bind(id)
    .first<string>('phone_hash');
  const live = await guessPhones(env, `'${phoneHash ?? ''}'`);
  check(live.includes(LEAVER_PHONE), 'Phép dò thử số điện thoại không dò ra số đã biết.');
  check((await guessPhones(env, copy)).length === 0, 'Dò ra số điện thoại từ bản sao.');
}

async function checkReadable(env: Env, booking: Booking): Promise<void> {
  const { state } = await openPerson(openKeyStore(env), booking.id, booking.sealed);
  check(state === 'open' && booking.erasedAt === null, 'Người không xóa lại không đọc được.');
}

async function readBack(env: Env, id: string): Promise<Booking> {
  const booking = await findBooking(env.DB, id);
  if (booking === null) throw new Error('Bản sao thiếu một đơn.');
  return booking;
}

function isInFiles(folder: string, bytes: Uint8Array): boolean {
  const needle = String.fromCharCode(...bytes);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .some((entry) =>
      readFileSync(path.join(entry.parentPath, entry.name), 'latin1').includes(needle),
    );
}
