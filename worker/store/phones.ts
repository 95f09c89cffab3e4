import * as v from 'valibot';
import { blob, instant, readRows } from './rows.ts';

/** Phones that can be told at a time. */
export const PHONES_MAX = 20;

const PhoneRowSchema = v.pipe(
  v.object({
    id: v.string(),
    sealed: blob,
    created_at: instant,
    last_delivery_id: v.nullable(v.string()),
  }),
  v.transform(({ id, sealed, created_at: createdAt, last_delivery_id: lastDeliveryId }) => ({
    ...{ id, sealed, createdAt, lastDeliveryId },
  })),
);

/** A phone of staff that is told by push; what it is called and where it is reached lies in `sealed`. */
export type PhoneRow = v.InferOutput<typeof PhoneRowSchema>;

/** The phones, the one added first at the top. */
export async function listPhones(db: D1Database): Promise<PhoneRow[]> {
  const { results } = await db
    .prepare('select * from push_phones order by created_at, id limit ?')
    .bind(PHONES_MAX)
    .all();
  return readRows(PhoneRowSchema, results);
}

/**
 * Adds a phone, or renews the one with this id or this endpoint. What is sealed opens with its id alone, so both are replaced
 * together: two additions of one phone can cross. False where there are as many as there may be.
 */
export async function keepPhone(
  db: D1Database,
  phone: { id: string; endpointHash: string; sealed: Uint8Array; now: Date },
): Promise<boolean> {
  const { meta } = await db
    .prepare(
      `insert into push_phones (id, endpoint_hash, sealed, created_at, seen_at)
       select ?1, ?2, ?3, ?4, ?4 where exists (select 1 from push_phones where endpoint_hash = ?2 or id = ?1)
         or (select count(*) from push_phones) < ${PHONES_MAX}
       on conflict (endpoint_hash) do update set id = excluded.id, sealed = excluded.sealed, seen_at = excluded.seen_at
       on conflict (id) do update set endpoint_hash = excluded.endpoint_hash, sealed = excluded.sealed, seen_at = excluded.seen_at`,
    )
    .bind(phone.id, phone.endpointHash, phone.sealed, phone.now.toISOString())
    .run();
  return meta.changes > 0;
}

/** Deletes phones; returns how many there were. */
export async function deletePhones(db: D1Database, ids: readonly string[]): Promise<number> {
  const { meta } = await db
    .prepare('delete from push_phones where id in (select value from json_each(?))')
    .bind(JSON.stringify(ids))
    .run();
  return meta.changes;
}

/** Notes which phones have received a delivery that is tried again for others. */
export async function markReceived(
  db: D1Database,
  ids: readonly string[],
  deliveryId: string,
): Promise<void> {
  await db
    .prepare(
      'update push_phones set last_delivery_id = ?2 where id in (select value from json_each(?1))',
    )
    .bind(JSON.stringify(ids), deliveryId)
    .run();
}

/** Deletes the phones that nobody has opened the staff's page with since an instant. */
export function deleteUnseenPhones(db: D1Database, seenBy: Date): D1PreparedStatement {
  return db.prepare('delete from push_phones where seen_at <= ?').bind(seenBy.toISOString());
}
