import type { BookingState } from '../../shared/states.ts';
import { toVietnamDate } from '../../shared/time.ts';
import { type Booking, BookingRowSchema } from './bookings.ts';
import { readRows, instant } from './rows.ts';
import { type Message, MessageRowSchema } from './messages.ts';
import * as v from 'valibot';

/** Requests whose day lies before the one given, oldest day first. */
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

/** Confirmed bookings whose visit ended at or before an instant, oldest first. */
export function listEnded(db: D1Database, endedBy: Date, limit: number): Promise<Booking[]> {
  return listBookings(
    db
      .prepare(
        `select * from bookings where state = 'confirmed' and visit_date <= ?3 and visit_ends_at <= ?1 and erased_at is null
         order by visit_ends_at limit ?2`,
      )
      .bind(endedBy.toISOString(), limit, toVietnamDate(endedBy)),
  );
}

/** Held bookings that were put aside at or before an instant, oldest first. */
export function listLongQuarantined(
  db: D1Database,
  heldBy: Date,
  limit: number,
): Promise<Booking[]> {
  return listBookings(
    db
      .prepare(
        `select * from bookings where state = 'held' and state_at <= ?1 and erased_at is null
         order by state_at limit ?2`,
      )
      .bind(heldBy.toISOString(), limit),
  );
}

/** All bookings of a state, the one that has been in it longest first. */
export function listInState(
  db: D1Database,
  state: Extract<BookingState, 'held' | 'requested'>,
): Promise<Booking[]> {
  return listBookings(
    db
      .prepare('select * from bookings where state = ? and erased_at is null order by state_at')
      .bind(state),
  );
}

/** Requests in their state since an instant or longer that no staff touched since and no second address was told of. */
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

async function listBookings(statement: D1PreparedStatement): Promise<Booking[]> {
  const { results } = await statement.all();
  return readRows(BookingRowSchema, results);
}

/** Held messages, the oldest first. */
export function listQuarantinedMessages(db: D1Database): Promise<Message[]> {
  return listMessages(
    db.prepare(
      `select * from messages where state = 'held' and erased_at is null order by state_at`,
    ),
  );
}

/** Open messages, ordered by due day. */
export function listOpenMessages(db: D1Database): Promise<Message[]> {
  return listMessages(
    db.prepare(
      `select * from messages where state = 'open' and erased_at is null order by due_on, created_at`,
    ),
  );
}

/** Requests about personal data that had their first reply and wait for what was asked, oldest first. */
export function listAnsweredRequests(db: D1Database): Promise<Message[]> {
  return listMessages(
    db.prepare(
      `select * from messages where state = 'answered' and kind = 'privacy' and erased_at is null
       order by created_at`,
    ),
  );
}

/** Held messages that were put aside at or before an instant, oldest first. */
export function listLongQuarantinedMessages(
  db: D1Database,
  heldBy: Date,
  limit: number,
): Promise<Message[]> {
  return listMessages(
    db
      .prepare(
        `select * from messages where state = 'held' and state_at <= ?1 and erased_at is null
         order by state_at limit ?2`,
      )
      .bind(heldBy.toISOString(), limit),
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

/** The open requests about personal data that is still kept, ordered by due day. */
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
