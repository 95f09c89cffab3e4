import { type LocalDatabase, openLocal } from '../../scripts/database/local-database.ts';
import { later } from '../../shared/time.ts';
import { deliverOne } from '../../worker/outbox/attempt.ts';
import { weekPath } from '../../worker/signing/staff-links.ts';
import { readStaffKeys } from '../../worker/signing/tokens.ts';
import { findEpoch } from '../../worker/store/link-epochs.ts';
import { moveKeyEnd, openPerson, openKeyStore } from '../../worker/personal-data/key-store.ts';

/** The platform takes no end that is less than 60 s away. */
const END_SECONDS = 90;

/** Moves the real ends of records, in the key store and in their rows, to 90 seconds from now. */
export async function bringEndsForward(folder: string, codes: readonly string[]): Promise<Date> {
  const now = new Date();
  const endsAt = later(now, { ms: END_SECONDS * 1000 });
  await inside(folder, async (database) => {
    for (const code of codes) {
      const { table, id } = await find(database, code);
      await database.query(
        `update ${table} set key_ends_at = '${endsAt.toISOString()}' where id = '${id}'`,
      );
      if (!(await moveKeyEnd(openKeyStore(database.env), { id, endsAt }, now)))
        throw new Error('The key was not there');
    }
  });
  return endsAt;
}

/** The sealed details of records lie there untouched, and no secret opens them. */
export async function checkSealed(folder: string, codes: readonly string[]): Promise<void> {
  await inside(folder, async (database) => {
    for (const code of codes) {
      const { id, sealed, erasedAt } = await find(database, code);
      if (sealed.length === 0 || erasedAt !== null)
        throw new Error('A purge ran: the sealed details should still lie there');
      const { state } = await openPerson(openKeyStore(database.env), id, sealed);
      if (state !== 'absent') throw new Error('The details can still be opened');
    }
  });
  console.log('The sealed details lie there, and no secret opens them.');
}

/** Attempts the job that still waits for dispatch as if an hour had passed, and answers the outcome. */
export async function sendLate(folder: string, code: string): Promise<string> {
  return inside(folder, async (database) => {
    const { id } = await find(database, code);
    const [row] = await database.query(
      `select id from deliveries where subject_id = '${id}' and channel = 'dispatch' and status = 'due'`,
    );
    return deliverOne(database.env, String(row?.['id']), later(new Date(), { hours: 1 }));
  });
}

/** The path of the staff's week page. */
export async function makeWeekPath(folder: string): Promise<string> {
  return inside(folder, async ({ env }) => {
    const keys = readStaffKeys(env.STAFF_KEYS);
    return weekPath({ keys, now: new Date(), epoch: await findEpoch(env.DB, 'staff') });
  });
}

async function inside<T>(folder: string, use: (database: LocalDatabase) => Promise<T>): Promise<T> {
  const database = await openLocal(folder);
  try {
    return await use(database);
  } finally {
    await database.close();
  }
}

interface Found {
  table: string;
  id: string;
  sealed: Uint8Array;
  erasedAt: unknown;
}

async function find(database: LocalDatabase, code: string): Promise<Found> {
  for (const table of ['bookings', 'messages']) {
    const [row] = await database.query(`select * from ${table} where code = '${code}'`);
    if (row === undefined) continue;
    const sealed = new Uint8Array(row['sealed'] as unknown as number[]);
    return { table, id: String(row['id']), sealed, erasedAt: row['erased_at'] };
  }
  throw new Error(`No record ${code}`);
}
