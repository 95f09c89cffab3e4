import * as v from 'valibot';
import { readRows } from './rows.ts';

/** Tables whose rows belong to one record and are deleted with it. */
const PARTS = [
  ...['events', 'deliveries', 'disclosures', 'rights_requests', 'seats'],
  ...['prices', 'payments', 'ratings', 'plan_open_dates'],
] as const;
const TABLES = ['bookings', 'messages', 'plans'] as const;
const RECORDS = `(${[...TABLES, 'subscribers'].map((table) => `select id, key_ends_at, erased_at from ${table}`).join(' union all ')})`;

/** Ids of records whose personal data has reached its end and is not erased yet, the longest overdue first. */
export async function listEndedRecords(
  db: D1Database,
  now: Date,
  limit: number,
): Promise<string[]> {
  return listIds(
    db
      .prepare(
        `select id from ${RECORDS} where erased_at is null and key_ends_at <= ?1 order by key_ends_at limit ?2`,
      )
      .bind(now.toISOString(), limit),
  );
}

/** Ids of records that were emptied at or before an instant. */
export async function listErasedRecords(
  db: D1Database,
  emptiedBy: Date,
  limit: number,
): Promise<string[]> {
  return listIds(
    db
      .prepare(`select id from ${RECORDS} where erased_at <= ?1 order by erased_at limit ?2`)
      .bind(emptiedBy.toISOString(), limit),
  );
}

/** Deletes records with everything that belongs to them. Consent receipts stay: they have a retention of their own. */
export function deleteRecords(db: D1Database, ids: readonly string[]): D1PreparedStatement[] {
  const list = JSON.stringify(ids);
  const within = '(select value from json_each(?))';
  return [
    // Codes lead from a record to its counts, so they go before it.
    ...TABLES.map((table) =>
      db
        .prepare(
          `delete from tries where hour = 'always' and name in (select 'find:' || code from ${table} where id in ${within})`,
        )
        .bind(list),
    ),
    ...PARTS.map((table) =>
      db
        .prepare(
          `delete from ${table} where ${table === 'seats' ? 'booking_id' : 'subject_id'} in ${within}`,
        )
        .bind(list),
    ),
    ...TABLES.map((table) => db.prepare(`delete from ${table} where id in ${within}`).bind(list)),
  ];
}

/** Deletes records that nobody took, with everything of them, consent receipts included. */
export function deleteDropped(db: D1Database, ids: readonly string[]): D1PreparedStatement[] {
  const receipts = db
    .prepare('delete from receipts where subject_id in (select value from json_each(?))')
    .bind(JSON.stringify(ids));
  return [receipts, ...deleteRecords(db, ids)];
}

/** Deletes the consent receipts given at or before an instant. */
export function deleteReceipts(db: D1Database, givenBy: Date): D1PreparedStatement {
  return db.prepare('delete from receipts where given_at <= ?').bind(givenBy.toISOString());
}

async function listIds(statement: D1PreparedStatement): Promise<string[]> {
  const { results } = await statement.all();
  return readRows(v.object({ id: v.string() }), results).map(({ id }) => id);
}
