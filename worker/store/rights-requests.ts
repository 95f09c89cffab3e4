import * as v from 'valibot';
import { rightKinds } from '../../shared/privacy/rights.ts';
import { runBatch } from './batch.ts';
import { type Message, MessageRowSchema } from './messages.ts';
import { instant, readRow, readRows } from './rows.ts';

const RightsRequestSchema = v.pipe(
  v.object({
    id: v.string(),
    kind: v.picklist(rightKinds),
    state: v.picklist(['open', 'done']),
    first_reply_due: v.string(),
    due_on: v.string(),
    created_at: instant,
    replied_at: v.nullable(instant),
    done_at: v.nullable(instant),
  }),
  v.transform((row) => ({
    id: row.id,
    kind: row.kind,
    state: row.state,
    firstReplyDue: row.first_reply_due,
    dueOn: row.due_on,
    createdAt: row.created_at,
    repliedAt: row.replied_at,
    doneAt: row.done_at,
  })),
);

/** A request about personal data with its legal deadlines (YYYY-MM-DD). */
export type RightsRequest = v.InferOutput<typeof RightsRequestSchema>;

/** Opens a request about personal data. Where one of the same kind is open, that one stays. Gives the id of the open one. */
export async function openRightsRequest(
  db: D1Database,
  request: Pick<RightsRequest, 'id' | 'kind' | 'firstReplyDue' | 'dueOn' | 'createdAt'> & {
    subjectId: string;
  },
): Promise<string> {
  const [, found] = await runBatch(db, [
    db
      .prepare(
        `insert into rights_requests (id, subject_id, kind, state, first_reply_due, due_on, created_at)
         select ?1, ?2, ?3, 'open', ?4, ?5, ?6 where not exists (
           select 1 from rights_requests where subject_id = ?2 and kind = ?3 and state = 'open')`,
      )
      .bind(
        request.id,
        request.subjectId,
        request.kind,
        request.firstReplyDue,
        request.dueOn,
        request.createdAt.toISOString(),
      ),
    db
      .prepare(
        `select id from rights_requests where subject_id = ?1 and kind = ?2 and state = 'open'`,
      )
      .bind(request.subjectId, request.kind),
  ]);
  return readRow(v.object({ id: v.string() }), found?.results[0])?.id ?? request.id;
}

/** Records the first reply to a request; an earlier one stays. */
export function replyToRightsRequest(db: D1Database, id: string, now: Date): D1PreparedStatement {
  return db
    .prepare(
      `update rights_requests set replied_at = ?2 where id = ?1 and state = 'open' and replied_at is null`,
    )
    .bind(id, now.toISOString());
}

/** Marks a request as done, and as replied to where it was not. */
export function closeRightsRequest(db: D1Database, id: string, now: Date): D1PreparedStatement {
  return db
    .prepare(
      `update rights_requests set state = 'done', done_at = ?2, replied_at = coalesce(replied_at, ?2)
       where id = ?1 and state = 'open'`,
    )
    .bind(id, now.toISOString());
}

/** The requests about a record's data, newest first. */
export async function listRightsRequests(
  db: D1Database,
  subjectId: string,
): Promise<RightsRequest[]> {
  const { results } = await db
    .prepare('select * from rights_requests where subject_id = ? order by created_at desc')
    .bind(subjectId)
    .all();
  return readRows(RightsRequestSchema, results);
}

/**
 * Complaints still open that name a booking by its code. The sealed details come along, since anyone can name a code: the caller
 * checks who wrote them. A quarantined one counts once staff have released it.
 */
export async function listOpenComplaints(db: D1Database, bookingCode: string): Promise<Message[]> {
  const { results } = await db
    .prepare(
      `select * from messages where kind = 'complaint' and state in ('open', 'answered')
         and booking_code = ?1 and erased_at is null`,
    )
    .bind(bookingCode)
    .all();
  return readRows(MessageRowSchema, results);
}

/** Requests to erase that are still open. */
export async function listOpenErasures(
  db: D1Database,
): Promise<{ id: string; subjectId: string }[]> {
  const { results } = await db
    .prepare(`select id, subject_id from rights_requests where kind = 'erase' and state = 'open'`)
    .all();
  return readRows(v.object({ id: v.string(), subject_id: v.string() }), results).map((row) => ({
    id: row.id,
    subjectId: row.subject_id,
  }));
}
