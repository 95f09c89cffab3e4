import * as v from 'valibot';
import { later } from '../../shared/time.ts';
import type { KeyedHash } from '../signing/tokens.ts';
import type { Receipt } from './receipts.ts';
import { blob, instant, readRow } from './rows.ts';

const SubscriberRowSchema = v.pipe(
  v.object({
    id: v.string(),
    state: v.picklist(['asked', 'subscribed']),
    sealed: blob,
    key_ends_at: instant,
    erased_at: v.nullable(instant),
    created_at: instant,
    confirmed_at: v.nullable(instant),
  }),
  v.transform((row) => ({
    id: row.id,
    state: row.state,
    sealed: row.sealed,
    keyEndsAt: row.key_ends_at,
    erasedAt: row.erased_at,
    createdAt: row.created_at,
    confirmedAt: row.confirmed_at,
  })),
);

/** Somebody who asked for the letters, and confirmed it or not yet. */
export type Subscriber = v.InferOutput<typeof SubscriberRowSchema>;

export async function findSubscriber(db: D1Database, id: string): Promise<Subscriber | null> {
  const row = await db.prepare('select * from subscribers where id = ?').bind(id).first();
  return readRow(SubscriberRowSchema, row);
}

/** A sign-up about to be written. `askId` names the confirmation mail that it asks for, and is the id of its delivery. */
interface SignUp {
  id: string;
  askId: string;
  addressHash: KeyedHash;
  sealed: Uint8Array<ArrayBuffer>;
  keyEndsAt: Date;
  receipt: Receipt;
  /** Days in which an address gets one confirmation. */
  askDays: number;
  now: Date;
}

/**
 * Writes a sign-up with its receipt and confirmation mail. An address that was asked within these days gets no further mail; one
 * that is subscribed keeps its row. `asked`: a mail goes out. `isNew`: the row is this one, and so the key.
 */
export async function insertSignUp(
  db: D1Database,
  { id, askId, addressHash, sealed, keyEndsAt, receipt, askDays, now }: SignUp,
): Promise<{ asked: boolean; isNew: boolean }> {
  const at = now.toISOString();
  const hashes = JSON.stringify(addressHash.live);
  const askedBy = later(now, { days: -askDays }).toISOString();
  const ofAddress = `address_hash in (select value from json_each(?1)) and asked_at <= ?2`;
  const [, inserted, renewed] = await db.batch([
    // A row that was emptied or never confirmed gives way to the new one, and is deleted by the hour's run.
    db
      .prepare(
        `update subscribers set address_hash = null where ${ofAddress} and (erased_at is not null or state = 'asked')`,
      )
      .bind(hashes, askedBy),
    db
      .prepare(
        `insert into subscribers (id, state, address_hash, sealed, last_ask_id, asked_at, key_ends_at, created_at)
         select ?2, 'asked', ?3, ?4, ?5, ?6, ?7, ?6
         where not exists (select 1 from subscribers where address_hash in (select value from json_each(?1)))`,
      )
      .bind(hashes, id, addressHash.newest, sealed, askId, at, keyEndsAt.toISOString()),
    db
      .prepare(`update subscribers set asked_at = ?3, last_ask_id = ?4 where ${ofAddress}`)
      .bind(hashes, askedBy, at, askId),
    db
      .prepare(
        `insert into receipts (id, subject_id, purpose, policy, policy_version, policy_sha256, policy_named, wording, given_at)
         select ?2, id, ?3, ?4, ?5, ?6, ?7, ?8, ?9 from subscribers where last_ask_id = ?1`,
      )
      .bind(
        askId,
        receipt.id,
        receipt.purpose,
        receipt.policy,
        receipt.policyVersion,
        receipt.policySha256,
        receipt.policyNamed ? 1 : 0,
        receipt.wording,
        at,
      ),
    db
      .prepare(
        `insert into deliveries (id, subject_kind, subject_id, channel, kind, version, status, attempts, next_attempt_at, created_at)
         select ?1, 'subscriber', id, 'customer-email', 'letter.confirm', 1, 'due', 0, ?2, ?2 from subscribers where last_ask_id = ?1`,
      )
      .bind(askId, at),
  ]);
  const isNew = inserted?.meta.changes === 1;
  return { isNew, asked: isNew || (renewed?.meta.changes ?? 0) > 0 };
}

/** Marks a subscription as confirmed until an end; not one that was emptied meanwhile. */
export async function confirmSubscriber(
  db: D1Database,
  { id, keyEndsAt, now }: { id: string; keyEndsAt: Date; now: Date },
): Promise<'done' | 'gone'> {
  const { meta } = await db
    .prepare(
      `update subscribers set state = 'subscribed', key_ends_at = ?2, confirmed_at = coalesce(confirmed_at, ?3)
       where id = ?1 and erased_at is null`,
    )
    .bind(id, keyEndsAt.toISOString(), now.toISOString())
    .run();
  return meta.changes === 1 ? 'done' : 'gone';
}

/**
 * Empties a subscriber and closes what waits to be sent to them. Of one who leaves the hash goes too, and the consent counts as
 * withdrawn; of one whose time has ended the hash stays for what is left of the seven days. False where there is none to empty.
 */
export async function emptySubscriber(
  db: D1Database,
  { id, leaves, now }: { id: string; leaves: boolean; now: Date },
): Promise<boolean> {
  const at = now.toISOString();
  const [emptied] = await db.batch([
    db
      .prepare(
        `update subscribers set sealed = x'', erased_at = ?2, key_ends_at = min(key_ends_at, ?2),
           address_hash = iif(?3, null, address_hash)
         where id = ?1 and erased_at is null`,
      )
      .bind(id, at, leaves ? 1 : 0),
    db
      .prepare(
        `update deliveries set status = 'superseded', settled_at = ?2, last_result = 'left'
         where subject_id = ?1 and status in ('due', 'waiting', 'dead')`,
      )
      .bind(id, at),
    db
      .prepare(
        'update receipts set withdrawn_at = ?2 where subject_id = ?1 and withdrawn_at is null and ?3',
      )
      .bind(id, at, leaves ? 1 : 0),
  ]);
  return emptied?.meta.changes === 1;
}

/**
 * Deletes, with what hangs on them, the rows that were emptied long enough ago for their keys to be deleted a second time, and whose
 * addresses may be asked again. Of an address that never confirmed the receipt goes too: nobody knows that its owner agreed.
 */
export function deleteEmptied(
  db: D1Database,
  { emptiedBy, askedBy }: { emptiedBy: Date; askedBy: Date },
): D1PreparedStatement[] {
  const gone = `select id from subscribers where erased_at <= ?1 and (address_hash is null or asked_at <= ?2)`;
  const statements = [
    `delete from deliveries where subject_id in (${gone})`,
    `delete from disclosures where subject_id in (${gone})`,
    `delete from receipts where subject_id in (${gone} and state = 'asked')`,
    `delete from subscribers where id in (${gone})`,
  ];
  return statements.map((sql) =>
    db.prepare(sql).bind(emptiedBy.toISOString(), askedBy.toISOString()),
  );
}

/** How many letters a subscriber was sent. */
export async function countLetters(db: D1Database, id: string): Promise<number> {
  const row = await db
    .prepare(
      `select count(*) as sent from deliveries where subject_id = ? and channel = 'letter' and status = 'delivered'`,
    )
    .bind(id)
    .first();
  return readRow(v.object({ sent: v.number() }), row)?.sent ?? 0;
}

const LetterSchema = v.object({ title: v.string(), html: v.string(), plain: v.string() });

/** A letter as every subscriber gets it: the mail's inner HTML, and its text. */
export type StoredLetter = v.InferOutput<typeof LetterSchema>;

export async function findLetter(db: D1Database, slug: string): Promise<StoredLetter | null> {
  const row = await db.prepare('select * from letters where slug = ?').bind(slug).first();
  return readRow(LetterSchema, row);
}
