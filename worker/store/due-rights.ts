import * as v from 'valibot';
import { instant, readRows } from './rows.ts';

const DueRightSchema = v.pipe(
  v.object({
    code: v.nullable(v.string()),
    kind: v.picklist(['see', 'correct', 'withdraw', 'erase']),
    first_reply_due: v.string(),
    due_on: v.string(),
    replied_at: v.nullable(instant),
  }),
  v.transform((row) => ({
    code: row.code,
    kind: row.kind,
    replied: row.replied_at !== null,
    dueOn: row.due_on,
    /** The next day that counts: of the first reply, then of the request itself. */
    nextDue: row.replied_at === null ? row.first_reply_due : row.due_on,
  })),
);

/** An open request about personal data and its next legal day. */
export type DueRight = v.InferOutput<typeof DueRightSchema>;

/** The open requests about personal data that is still kept, the one that is due first first. */
export async function listDueRights(db: D1Database): Promise<DueRight[]> {
  const { results } = await db
    .prepare(
      `select coalesce(bookings.code, messages.code) as code, rights_requests.kind, first_reply_due,
         rights_requests.due_on, replied_at
       from rights_requests
         left join bookings on bookings.id = subject_id left join messages on messages.id = subject_id
       where rights_requests.state = 'open' and bookings.erased_at is null and messages.erased_at is null`,
    )
    .all();
  return readRows(DueRightSchema, results).toSorted((a, b) => a.nextDue.localeCompare(b.nextDue));
}
