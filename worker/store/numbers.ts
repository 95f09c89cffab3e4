import * as v from 'valibot';
import { instant, readRows } from './rows.ts';

/** Groups of one kind that are counted, and requests whose first answer is looked up. */
const GROUPS_MAX = 200;
const REPLIES_MAX = 1_000;

const CountSchema = v.object({
  name: v.string(),
  requests: v.number(),
  confirmed: v.number(),
  cancelled: v.number(),
  absent: v.number(),
  agreed: v.number(),
  paid: v.number(),
});

/**
 * How many requests there were of one week, month, service or ward, what became of them, and in whole đồng what was agreed for
 * visits that take place and what was paid.
 */
export type BookingCount = v.InferOutput<typeof CountSchema>;

const ReplySchema = v.pipe(
  v.object({ created_at: instant, replied_at: v.nullable(instant) }),
  v.transform((row) => ({ askedAt: row.created_at, repliedAt: row.replied_at })),
);

/** When a request came from the web, and when staff first did something with it; null where they have not yet. */
export type FirstReply = v.InferOutput<typeof ReplySchema>;

export interface BookingNumbers {
  /** By the Monday of the visit's week, oldest first. */
  weeks: BookingCount[];
  /** By `YYYY-MM` of the visit, oldest first. */
  months: BookingCount[];
  /** By id, the most requested first; a visit counts for each of its services. */
  services: BookingCount[];
  wards: BookingCount[];
  /** Of the newest requests, without those that customers called off before an answer. */
  replies: FirstReply[];
}

const COUNTED = `visit_date between ?1 and ?2 and state not in ('held', 'dropped')`;

const AGREED = `iif(state in ('confirmed', 'completed'), (select amount_vnd from prices
  where subject_id = bookings.id and agreed_at is not null order by prices.version desc limit 1), null)`;
const PAID = `(select sum(amount_vnd) from payments where subject_id = bookings.id and undone_at is null)`;

/** Bookings once for each of their services. */
const EACH_SERVICE = `(select *, service as one_service from bookings
  union all select bookings.*, further.value ->> 'id' from bookings, json_each(bookings.further_services) further) as bookings`;

/** Counts the bookings whose visit lies between two days, both included. What was kept aside as possible abuse does not count. */
export async function countBookings(
  db: D1Database,
  span: { from: string; to: string },
): Promise<BookingNumbers> {
  const group = (key: string, order: string, from = 'bookings') => `
    select ${key} as name, count(*) as requests, sum(state in ('confirmed', 'completed', 'no-show')) as confirmed,
      sum(state = 'cancelled') as cancelled, sum(state = 'no-show') as absent,
      coalesce(sum(${AGREED}), 0) as agreed, coalesce(sum(${PAID}), 0) as paid
    from ${from} where ${COUNTED} group by 1 order by ${order} limit ${GROUPS_MAX}`;
  const [weeks, months, services, wards, replies] = await db.batch(
    [
      group(`date(visit_date, 'weekday 0', '-6 days')`, 'name'),
      group(`substr(visit_date, 1, 7)`, 'name'),
      group('one_service', 'requests desc, name', EACH_SERVICE),
      group('ward', 'requests desc, name'),
      `select created_at, replied_at from (
         select state, created_at, (
           select min(at) from events where subject_id = bookings.id and actor in ('staff', 'company')
         ) as replied_at
         from bookings where ${COUNTED} and origin = 'web'
       ) where replied_at is not null or state <> 'cancelled' order by created_at desc limit ${REPLIES_MAX}`,
    ].map((sql) => db.prepare(sql).bind(span.from, span.to)),
  );
  return {
    weeks: readRows(CountSchema, weeks?.results ?? []),
    months: readRows(CountSchema, months?.results ?? []),
    services: readRows(CountSchema, services?.results ?? []),
    wards: readRows(CountSchema, wards?.results ?? []),
    replies: readRows(ReplySchema, replies?.results ?? []),
  };
}
