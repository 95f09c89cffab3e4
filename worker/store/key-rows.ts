import * as v from 'valibot';
import { later } from '../../shared/time.ts';
import { instant, readRow, readRows } from './rows.ts';
import { recordTaskRun } from './task-runs.ts';

const KeyRowSchema = v.pipe(
  v.object({
    id: v.string(),
    key_ends_at: instant,
    erased_at: v.nullable(instant),
    created_at: instant,
  }),
  v.transform((row) => ({
    id: row.id,
    keyEndsAt: row.key_ends_at,
    erasedAt: row.erased_at,
    createdAt: row.created_at,
  })),
);

/** What the database knows of a record's key: when it must end, and whether the record was erased. */
export type KeyRow = v.InferOutput<typeof KeyRowSchema>;

const COLUMNS = 'id, key_ends_at, erased_at, created_at';
/** Every table whose rows have a data key of their own. */
const TABLES = ['bookings', 'messages', 'plans', 'subscribers'] as const;
const union = (where = '') =>
  TABLES.map((table) => `select ${COLUMNS} from ${table} ${where}`).join(' union all ');
const RECORDS = `(${union()})`;

/** The row of one record's key, or null where there is no such record. */
export async function findKeyRow(db: D1Database, id: string): Promise<KeyRow | null> {
  const row = await db.prepare(union('where id = ?1')).bind(id).first();
  return readRow(KeyRowSchema, row);
}

/** The rows of many records' keys; ids without a record are left out. */
export async function listKeyRows(db: D1Database, ids: readonly string[]): Promise<KeyRow[]> {
  const { results } = await db
    .prepare(union('where id in (select value from json_each(?1))'))
    .bind(JSON.stringify(ids))
    .all();
  return readRows(KeyRowSchema, results);
}

/** Records created before an instant that are neither erased nor ended: each must have its key. */
export async function listKeepers(
  db: D1Database,
  span: { endsAfter: Date; createdBefore: Date },
): Promise<KeyRow[]> {
  const { results } = await db
    .prepare(
      `select ${COLUMNS} from ${RECORDS} where erased_at is null and key_ends_at > ?1 and created_at < ?2`,
    )
    .bind(span.endsAfter.toISOString(), span.createdBefore.toISOString())
    .all();
  return readRows(KeyRowSchema, results);
}

/** The task of deleting erased records' keys once more in `task_runs`; `ran_for` is the newest erasure that it has dealt with. */
const ERASED_TASK = 'erased-keys';

/** Records erased up to an instant whose keys are still to be deleted once more; the first run looks a day back. */
export async function listErased(db: D1Database, erasedBy: Date): Promise<string[]> {
  const { results } = await db
    .prepare(
      `select id from ${RECORDS} where erased_at <= ?1
         and erased_at > coalesce((select ran_for from task_runs where task = '${ERASED_TASK}'), ?2)`,
    )
    .bind(erasedBy.toISOString(), later(erasedBy, { days: -1 }).toISOString())
    .all();
  return readRows(v.object({ id: v.string() }), results).map(({ id }) => id);
}

/** Notes that the keys of all records erased up to an instant were deleted once more. */
export function markErased(db: D1Database, erasedBy: Date, now: Date): D1PreparedStatement {
  const run = { task: ERASED_TASK, ranFor: erasedBy.toISOString(), at: now, result: {} };
  return recordTaskRun(db, run);
}

/** Brings the end of a record's key forward in the database; a later one is never written. */
export function shortenKeyEnd(db: D1Database, id: string, endsAt: Date): D1PreparedStatement[] {
  return TABLES.map((table) =>
    db
      .prepare(`update ${table} set key_ends_at = ?2 where id = ?1 and key_ends_at > ?2`)
      .bind(id, endsAt.toISOString()),
  );
}
