import * as v from 'valibot';
import { later } from '../../shared/time.ts';
import type { KeyedHash } from '../signing/tokens.ts';
import type { Change } from './events.ts';
import { blob, instant, readRow } from './rows.ts';
import { compared, limitReason, type SenderLimits, type SubmittedTable } from './sender-limits.ts';

/** Minutes in which the same content counts as the same request, whatever the intent. */
const REPEAT_MINUTES = 10;

/** By what a submission is known again. */
export interface RepeatKeys {
  /** Nonce of the form view that it came from, or null. */
  intent: string | null;
  contentHash: KeyedHash;
  /** Null where no phone number was left. */
  phoneHash: KeyedHash | null;
  /** Null where no e-mail address was left. */
  emailHash: KeyedHash | null;
  createdAt: Date;
  /** Ids of records with the same hashes that were found to be somebody else's. */
  except?: readonly string[];
}

/** What is known of a submission only once the key store has answered. */
export interface SealedSubmission {
  sealed: Uint8Array<ArrayBuffer>;
  /** Hash of the sender's network by the key of the day; null where staff write the record down. */
  networkHash: string | null;
  /** The same person sealed for the plan that is stored beside the record. */
  planSealed?: Uint8Array<ArrayBuffer>;
}

/** A record about to be inserted unless it repeats another of its table. */
export interface GuardedRecord {
  table: SubmittedTable;
  /** State of the new record where nothing speaks against it; otherwise it is `held`. */
  state: 'requested' | 'confirmed' | 'open';
  /** Column values; the sealed details apart, since JSON carries no bytes. */
  columns: Readonly<Record<string, string | number | null>>;
  submission: SealedSubmission;
  /** Why the record is quarantined whatever the database finds, or null. */
  holdReason: string | null;
  /** Null where no limit counts for it. */
  limits: SenderLimits | null;
  keys: RepeatKeys;
}

/**
 * Inserts a record unless it repeats a live one: the same content within ten minutes, or the same intent. Then no row is
 * written. It is `held` where a reason is given or a limit of its sender or of the site is reached.
 * A batch goes on with `insertRepeatKeys`, whose row the next submission is compared with.
 */
export function insertGuarded(db: D1Database, record: GuardedRecord): D1PreparedStatement {
  const { table, columns, submission, keys, limits } = record;
  const names = Object.keys(columns);
  return db
    .prepare(
      `insert into ${table} (${names.join(', ')}, sealed, state, hold_reason)
       select ${names.map((name) => `json_extract(?1, '$.${name}')`).join(', ')}, ?2,
         case when reason is null then '${record.state}' else 'held' end, reason
       from (select coalesce(json_extract(?3, '$.holdReason'),
         case when json_extract(?3, '$.limits.network') is not null then ${limitReason(table)} end) as reason)
       where not exists (
         select 1 from ${compared(table)}
           and content_hash in (select value from json_each(?3, '$.content')) and repeats.created_at > json_extract(?3, '$.since')
           and subject_id not in (select value from json_each(?3, '$.except'))
       ) and not exists (select 1 from ${compared(table)} and intent = json_extract(?3, '$.intent'))`,
    )
    .bind(
      JSON.stringify(columns),
      submission.sealed,
      JSON.stringify({
        ...toGuard(keys),
        phone: keys.phoneHash?.live ?? [],
        email: keys.emailHash?.live ?? [],
        networkHash: submission.networkHash,
        dayAgo: later(keys.createdAt, { days: -1 }),
        hourAgo: later(keys.createdAt, { hours: -1 }),
        holdReason: record.holdReason,
        limits,
      }),
    );
}

/** Writes by what a record that a given event just inserted is known again. */
export function insertRepeatKeys(
  db: D1Database,
  change: Change,
  keys: RepeatKeys & Pick<SealedSubmission, 'networkHash'>,
): D1PreparedStatement {
  return db
    .prepare(
      `insert into repeats (subject_id, intent, content_hash, phone_hash, email_hash, network_hash, created_at)
       select id, ?3, ?4, ?5, ?6, ?7, ?8 from ${change.table} where id = ?1 and last_event_id = ?2`,
    )
    .bind(
      change.subjectId,
      change.eventId,
      keys.intent,
      keys.contentHash.newest,
      keys.phoneHash?.newest ?? null,
      keys.emailHash?.newest ?? null,
      keys.networkHash,
      keys.createdAt.toISOString(),
    );
}

const RepeatedSchema = v.pipe(
  v.object({
    id: v.string(),
    code: v.string(),
    sealed: blob,
    key_ends_at: instant,
    created_at: instant,
    erased_at: v.nullable(instant),
    same: v.number(),
  }),
  v.transform(({ id, code, sealed, same, ...row }) => ({
    record: {
      ...{ id, code, sealed },
      keyEndsAt: row.key_ends_at,
      createdAt: row.created_at,
      erasedAt: row.erased_at,
    },
    same: same === 1,
  })),
);

/** The record that a submission repeats; `same` says whether the hash of its content is the same, not only its intent. */
type Repeated = v.InferOutput<typeof RepeatedSchema>;

/** The live record that a submission repeats: the same content by intent or within ten minutes, else the one that used the intent. */
export async function findRepeated(
  db: D1Database,
  table: SubmittedTable,
  keys: GuardKeys,
): Promise<Repeated | null> {
  const row = await db
    .prepare(
      `select id, code, sealed, key_ends_at, ${table}.created_at, erased_at,
         content_hash in (select value from json_each(?1, '$.content'))
           and subject_id not in (select value from json_each(?1, '$.except')) as same
       from ${compared(table)}
         and (intent = json_extract(?1, '$.intent')
           or (content_hash in (select value from json_each(?1, '$.content')) and repeats.created_at > json_extract(?1, '$.since')
             and subject_id not in (select value from json_each(?1, '$.except'))))
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

/** Empties the hashes of networks that were written before an instant, the beginning of the day. */
export function forgetNetworks(db: D1Database, writtenBefore: Date): D1PreparedStatement {
  return db
    .prepare(
      'update repeats set network_hash = null where network_hash is not null and created_at < ?',
    )
    .bind(writtenBefore.toISOString());
}

type GuardKeys = Pick<RepeatKeys, 'intent' | 'contentHash' | 'createdAt' | 'except'>;

function toGuard({ intent, contentHash, createdAt, except = [] }: GuardKeys) {
  return {
    intent,
    except,
    content: contentHash.live,
    since: later(createdAt, { minutes: -REPEAT_MINUTES }),
  };
}
