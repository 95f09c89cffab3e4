import * as v from 'valibot';
import { toVietnamDate } from '../../shared/time.ts';
import { type Booking, BookingRowSchema } from './bookings.ts';
import { type Message, MessageRowSchema } from './messages.ts';
import { instant, readRows } from './rows.ts';

/** Requests whose visit day lies before the one given, oldest day first. */
export function listLapsing(db: D1Database, today: string, limit: number): Promise<Booking[]> {
  return listBookings(
    db
      .prepare(
        `select * from bookings where state = 'requested' and visit_date < ?1 and erased_at is null
         order by visit_date limit ?2`,
      )
      .bind(today, limit),
  );
}

/** Bookings that were cancelled after an instant and still have their details, the newest first. */
export function listCancelledSince(db: D1Database, since: Date): Promise<Booking[]> {
  return listBookings(
    db
      .prepare(
        `select * from bookings where state = 'cancelled' and state_at > ?1 and erased_at is null
         order by state_at desc limit 100`,
      )
      .bind(since.toISOString()),
  );
}

/** Confirmed bookings whose visit ended at or before an instant, oldest first. */
export function listEndedVisits(db: D1Database, endedBy: Date, limit: number): Promise<Booking[]> {
  return listBookings(
    db
      .prepare(
        `select * from bookings where state = 'confirmed' and visit_date <= ?3 and visit_ends_at <= ?1 and erased_at is null
         order by visit_ends_at limit ?2`,
      )
      .bind(endedBy.toISOString(), limit, toVietnamDate(endedBy)),
  );
}

/** All requests that wait for an answer, the one that waits longest first. */
export function listRequested(db: D1Database): Promise<Booking[]> {
  return listBookings(
    db.prepare(
      `select * from bookings where state = 'requested' and erased_at is null order by state_at`,
    ),
  );
}

/** Requests in their state since an instant or longer, without an action of staff since, of which no mail went to the second address. */
export function listUntouched(db: D1Database, since: Date): Promise<Booking[]> {
  return listBookings(
    db
      .prepare(
        `select * from bookings where state = 'requested' and state_at <= ?1 and erased_at is null
           and not exists (
             select 1 from events where subject_id = bookings.id and at > bookings.state_at
               and actor in ('staff', 'company')
           )
           and not exists (select 1 from deliveries where dedupe_key = 'second-address:' || bookings.id)
         order by state_at`,
      )
      .bind(since.toISOString()),
  );
}

/** Requests that still wait, of those which a mail to the second address that was written at an instant is about. */
export function listOfSecondAddress(db: D1Database, writtenAt: Date): Promise<Booking[]> {
  return listBookings(
    db
      .prepare(
        `select bookings.* from deliveries
           join bookings on bookings.id = substr(subject_id, length('second-address:') + 1)
         where subject_id > 'second-address:' and subject_id < 'second-address;' and deliveries.created_at = ?1
           and bookings.state = 'requested' and erased_at is null order by visit_starts_at`,
      )
      .bind(writtenAt.toISOString()),
  );
}

async function listBookings(statement: D1PreparedStatement): Promise<Booking[]> {
  const { results } = await statement.all();
  return readRows(BookingRowSchema, results);
}

/** Open messages, and held ones that the law wants answered, since their time runs from the receipt; ordered by due day. */
export function listOpenMessages(db: D1Database): Promise<Message[]> {
  return listMessages(
    db.prepare(
      `select * from messages where (state = 'open' or (state = 'held' and kind in ('complaint', 'privacy')))
         and erased_at is null order by due_on, created_at`,
    ),
  );
}

/** Privacy requests that had their first reply and wait for what was asked, oldest first. */
export function listAnsweredRequests(db: D1Database): Promise<Message[]> {
  return listMessages(
    db.prepare(
      `select * from messages where state = 'answered' and kind = 'privacy' and erased_at is null
       order by created_at`,
    ),
  );
}

async function listMessages(statement: D1PreparedStatement): Promise<Message[]> {
  const { results } = await statement.all();
  return readRows(MessageRowSchema, results);
}

const DueRightSchema = v.pipe(
  v.object({
    code: v.nullable(v.string()),
    kind: v.picklist(['see', 'correct', 'withdraw', 'erase']),
    first_reply_due: v.string(),
    due_on: v.string(),
    replied_at: v.nullable(instant),
    id: v.nullable(v.string()),
    needs_call: v.number(),
  }),
  v.transform((row) => ({
    /** The record that it is about. */
    id: row.id,
    code: row.code,
    kind: row.kind,
    /** Whether staff have to call the number first, since code and number alone asked for it. */
    needsCall: row.needs_call === 1,
    replied: row.replied_at !== null,
    dueOn: row.due_on,
    /** The day by which the first reply is due; once it was given, the day of the request itself. */
    nextDue: row.replied_at === null ? row.first_reply_due : row.due_on,
  })),
);

/** An open request about personal data and its next legal day. */
export type DueRight = v.InferOutput<typeof DueRightSchema>;

/** The open requests about personal data that is not erased, ordered by due day. */
export async function listDueRights(db: D1Database): Promise<DueRight[]> {
  const { results } = await db
    .prepare(
      `select coalesce(bookings.code, messages.code, plans.code) as code, rights_requests.kind, first_reply_due,
         rights_requests.due_on, replied_at, coalesce(bookings.id, messages.id, plans.id) as id, needs_call
       from rights_requests
         left join bookings on bookings.id = subject_id left join messages on messages.id = subject_id
         left join plans on plans.id = subject_id
       where rights_requests.state = 'open' and bookings.erased_at is null and messages.erased_at is null
         and plans.erased_at is null`,
    )
    .all();
  return readRows(DueRightSchema, results).toSorted((a, b) => a.nextDue.localeCompare(b.nextDue));
}

/** Records that four digits no longer find, 50 at most: their tries have reached the limit of a record's life. */
export async function listClosedFinds(
  db: D1Database,
  limit: number,
): Promise<{ id: string; code: string }[]> {
  const records = (['bookings', 'messages', 'plans'] as const).map(
    (table) => `select id, code from ${table} join tries on name = 'find:' || code
      where hour = 'always' and count >= ?1 and erased_at is null`,
  );
  const { results } = await db
    .prepare(`${records.join(' union all ')} limit 50`)
    .bind(limit)
    .all();
  return readRows(v.object({ id: v.string(), code: v.string() }), results);
}
