import * as v from 'valibot';
import { liveMessageStates, liveStates } from '../../shared/states.ts';
import { later } from '../../shared/time.ts';
import type { KeyedHash } from '../signing/tokens.ts';
import type { Change, SubjectTable } from './events.ts';
import { readRow } from './rows.ts';

/** Minutes in which the same content counts as the same request, whatever the intent. */
const REPEAT_MINUTES = 10;
/** Live requests of one phone in a day from which on a further one is quarantined. */
const PHONE_DAILY_LIMIT = 10;

/** States against whose records a repeat is looked for. */
const comparedStates = {
  bookings: liveStates,
  messages: liveMessageStates,
} as const satisfies Record<SubjectTable, readonly string[]>;

/** By what a submission is known again. */
export interface RepeatKeys {
  /** Nonce of the form view that it came from, or null. */
  intent: string | null;
  contentHash: KeyedHash;
  /** Null where no phone number was left. */
  phoneHash: KeyedHash | null;
  createdAt: Date;
}

/** A record about to be inserted unless it repeats another of its table. */
export interface GuardedRecord {
  table: SubjectTable;
  /** State of the new record where nothing speaks against it; otherwise it is `held`. */
  state: 'requested' | 'open';
  /** Column values; the sealed details apart, since JSON carries no bytes. */
  columns: Readonly<Record<string, string | number | null>>;
  sealed: Uint8Array;
  /** Why the record is quarantined whatever the database finds, or null. */
  holdReason: string | null;
  /** Whether the limit of live requests of one phone a day counts for it. */
  isLimited: boolean;
  keys: RepeatKeys;
}

/**
 * Inserts a record unless it repeats a live one: the same content within ten minutes, or the same intent. Then no row is
 * written. It is `held` where a reason is given or its phone has too many live requests of the last 24 hours.
 * A batch goes on with `insertRepeatKeys`, whose row the next submission is compared with.
 */
export function insertGuarded(db: D1Database, record: GuardedRecord): D1PreparedStatement {
  const { table, columns, sealed, keys } = record;
  const names = Object.keys(columns);
  return db
    .prepare(
      `insert into ${table} (${names.join(', ')}, sealed, state, hold_reason)
       select ${names.map((name) => `json_extract(?1, '$.${name}')`).join(', ')}, ?2,
         case when reason is null then '${record.state}' else 'held' end, reason
       from (select coalesce(json_extract(?3, '$.holdReason'), case when json_extract(?3, '$.isLimited') and (
           select count(*) from ${compared(table)}
             and phone_hash in (select value from json_each(?3, '$.phone')) and repeats.created_at > json_extract(?3, '$.dayAgo')
         ) >= ${PHONE_DAILY_LIMIT} then 'phone' end) as reason)
       where not exists (
         select 1 from ${compared(table)}
           and content_hash in (select value from json_each(?3, '$.content')) and repeats.created_at > json_extract(?3, '$.since')
       ) and not exists (select 1 from ${compared(table)} and intent = json_extract(?3, '$.intent'))`,
    )
    .bind(
      JSON.stringify(columns),
      sealed,
      JSON.stringify({
        ...toGuard(keys),
        phone: keys.phoneHash?.live ?? [],
        dayAgo: later(keys.createdAt, { days: -1 }),
        holdReason: record.holdReason,
        isLimited: record.isLimited,
      }),
    );
}

/** Writes by what a record that a given event just inserted is known again. */
export function insertRepeatKeys(
  db: D1Database,
  change: Change,
  { intent, contentHash, phoneHash, createdAt }: RepeatKeys,
): D1PreparedStatement {
  return db
    .prepare(
      `insert into repeats (subject_id, intent, content_hash, phone_hash, created_at)
       select id, ?3, ?4, ?5, ?6 from ${change.table} where id = ?1 and last_event_id = ?2`,
    )
    .bind(
      change.subjectId,
      change.eventId,
      intent,
      contentHash.newest,
      phoneHash?.newest ?? null,
      createdAt.toISOString(),
    );
}

const RepeatedSchema = v.pipe(
  v.object({ id: v.string(), code: v.string(), same: v.number() }),
  v.transform(({ id, code, same }) => ({ record: { id, code }, same: same === 1 })),
);

/** The record that a submission repeats; `same` says whether its whole content was sent again, not only its intent. */
export type Repeated = v.InferOutput<typeof RepeatedSchema>;

/** The live record that a submission repeats: the same content by intent or within ten minutes, else the one that used the intent. */
export async function findRepeated(
  db: D1Database,
  table: SubjectTable,
  keys: Pick<RepeatKeys, 'intent' | 'contentHash' | 'createdAt'>,
): Promise<Repeated | null> {
  const row = await db
    .prepare(
      `select id, code, content_hash in (select value from json_each(?1, '$.content')) as same from ${compared(table)}
         and (intent = json_extract(?1, '$.intent')
           or (content_hash in (select value from json_each(?1, '$.content')) and repeats.created_at > json_extract(?1, '$.since')))
       order by same desc limit 1`,
    )
    .bind(JSON.stringify(toGuard(keys)))
    .first();
  return readRow(RepeatedSchema, row);
}

/** Deletes the keys of a record that a given event just emptied. */
export function deleteRepeatKeys(db: D1Database, change: Change): D1PreparedStatement {
  return db
    .prepare(
      `delete from repeats where subject_id = ?1
       and exists (select 1 from ${change.table} where id = ?1 and last_event_id = ?2)`,
    )
    .bind(change.subjectId, change.eventId);
}

/** Deletes the keys that were written at or before an instant. */
export function deleteOldRepeatKeys(db: D1Database, writtenBy: Date): D1PreparedStatement {
  return db.prepare('delete from repeats where created_at <= ?').bind(writtenBy.toISOString());
}

/**
 * The records of a table that are compared, joined to their keys; a condition follows. `cross join` keeps SQLite from walking
 * all live records by the index of states where a hash finds the few in question.
 */
function compared(table: SubjectTable): string {
  const states = comparedStates[table].map((state) => `'${state}'`).join(', ');
  return `repeats cross join ${table} on ${table}.id = repeats.subject_id where state in (${states})`;
}

function toGuard({
  intent,
  contentHash,
  createdAt,
}: Pick<RepeatKeys, 'intent' | 'contentHash' | 'createdAt'>) {
  return {
    intent,
    content: contentHash.live,
    since: later(createdAt, { minutes: -REPEAT_MINUTES }),
  };
}
