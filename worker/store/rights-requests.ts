import * as v from 'valibot';
import { type RightKind, rightKinds } from '../../shared/privacy/rights.ts';
import { runBatch } from './batch.ts';
import type { Change } from './events.ts';
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
    needs_call: v.number(),
    refused: v.number(),
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
    /** Whether staff have to call the number first, since code and number alone asked for it. */
    needsCall: row.needs_call === 1,
    /** Whether staff called and the person had not asked for it. It is done without anything having been done. */
    refused: row.refused === 1,
  })),
);

/** A request about personal data with its legal deadlines (YYYY-MM-DD). */
export type RightsRequest = v.InferOutput<typeof RightsRequestSchema>;

/**
 * Opens a request about personal data. Where one of the same kind is open, that one stays, and waits for no call any more once
 * the own link asks for the same. Gives the id of the open one.
 */
export async function openRightsRequest(
  db: D1Database,
  request: Pick<RightsRequest, 'id' | 'kind' | 'firstReplyDue' | 'dueOn' | 'createdAt'> & {
    subjectId: string;
    needsCall?: boolean;
  },
): Promise<string> {
  const needsCall = request.needsCall === true ? 1 : 0;
  const [, , found] = await runBatch(db, [
    db
      .prepare(
        `insert into rights_requests (id, subject_id, kind, state, first_reply_due, due_on, created_at, needs_call)
         select ?1, ?2, ?3, 'open', ?4, ?5, ?6, ?7 where not exists (
           select 1 from rights_requests where subject_id = ?2 and kind = ?3 and state = 'open')`,
      )
      .bind(
        request.id,
        request.subjectId,
        request.kind,
        request.firstReplyDue,
        request.dueOn,
        request.createdAt.toISOString(),
        needsCall,
      ),
    db
      .prepare(
        `update rights_requests set needs_call = min(needs_call, ?3)
         where subject_id = ?1 and kind = ?2 and state = 'open'`,
      )
      .bind(request.subjectId, request.kind, needsCall),
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

/** Marks every open request about a record as done, with the change that erases it: nothing is left to ask for. */
export function closeRightsRequests(db: D1Database, change: Change): D1PreparedStatement {
  return db
    .prepare(
      `update rights_requests set state = 'done', done_at = ?3, replied_at = coalesce(replied_at, ?3)
       where state = 'open' and subject_id = (select id from ${change.table} where id = ?1 and last_event_id = ?2)`,
    )
    .bind(change.subjectId, change.eventId, change.at.toISOString());
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

/** Closes the open request of a kind that a call showed nobody had asked for. False where there is none. */
export async function refuseRightsRequest(
  db: D1Database,
  { subjectId, kind, now }: { subjectId: string; kind: RightKind; now: Date },
): Promise<boolean> {
  const result = await db
    .prepare(
      `update rights_requests set state = 'done', refused = 1, done_at = ?3, replied_at = coalesce(replied_at, ?3)
       where subject_id = ?1 and kind = ?2 and state = 'open' and needs_call = 1`,
    )
    .bind(subjectId, kind, now.toISOString())
    .run();
  return result.meta.changes > 0;
}

/**
 * Whether a complaint about a booking, its plan, or a plan is open that its customer wrote: sent from their own page, or marked
 * genuine by staff. Anyone can name a code, so no other counts.
 */
export async function hasGenuineComplaint(db: D1Database, subjectId: string): Promise<boolean> {
  const row = await db
    .prepare(
      `select 1 from messages where booking_code in (
         select code from bookings where id = ?1
         union all select code from plans where id in (?1, (select plan_id from bookings where id = ?1)))
         and kind = 'complaint' and state in ('open', 'answered') and genuine = 1 and erased_at is null limit 1`,
    )
    .bind(subjectId)
    .first();
  return row !== null;
}

/** Requests to erase that are still open and wait for no call. */
export async function listOpenErasures(
  db: D1Database,
): Promise<{ id: string; subjectId: string }[]> {
  const { results } = await db
    .prepare(
      `select id, subject_id from rights_requests where kind = 'erase' and state = 'open' and needs_call = 0`,
    )
    .all();
  return readRows(v.object({ id: v.string(), subject_id: v.string() }), results).map((row) => ({
    id: row.id,
    subjectId: row.subject_id,
  }));
}
