import * as v from 'valibot';
import { legalKinds } from '../../shared/privacy/legal-kinds.ts';
import { later } from '../../shared/time.ts';
import { type Booking, BookingRowSchema } from './bookings.ts';
import type { SubjectTable } from './events.ts';
import { instant, readRows } from './rows.ts';
import { readServices, visitColumns } from './visit-services.ts';

/** `hold_reason` of a request that staff set aside with others. */
export const SET_ASIDE = 'set-aside';
/** Reasons that speak of a machine. A record held for another one may well be a person's. */
const MACHINE_REASONS = ['honeypot', 'links', 'intent', 'swift'];

const HeldRowSchema = v.pipe(
  v.object({
    id: v.string(),
    code: v.string(),
    version: v.number(),
    kind: v.nullable(v.picklist(['question', 'quote', 'complaint', 'privacy'])),
    ...visitColumns,
    visit: v.nullable(visitColumns.visit),
    service: v.nullable(visitColumns.service),
    visit_date: v.nullable(v.string()),
    arrival_window: v.nullable(v.string()),
    due_on: v.nullable(v.string()),
    hold_reason: v.nullable(v.string()),
    state_at: instant,
    created_at: instant,
  }),
  v.transform((row) => ({
    id: row.id,
    code: row.code,
    version: row.version,
    /** Of a message; null for a booking. */
    kind: row.kind,
    /** Of a booking; null for a message. */
    visit:
      row.visit === null ||
      row.service === null ||
      row.visit_date === null ||
      row.arrival_window === null
        ? null
        : {
            visit: row.visit,
            services: readServices({ ...row, service: row.service }),
            date: row.visit_date,
            window: row.arrival_window,
          },
    dueOn: row.due_on,
    holdReason: row.hold_reason,
    stateAt: row.state_at,
    createdAt: row.created_at,
  })),
);

/** A quarantined booking or message in a list; nothing of the person. */
export type HeldRecord = v.InferOutput<typeof HeldRowSchema>;

/** A part of a list, and how long the whole is. */
export interface ListPage<Row> {
  rows: Row[];
  total: number;
}

export interface PageSpan {
  limit: number;
  offset: number;
}

const CountSchema = v.object({ total: v.number() });

/**
 * Quarantined records: first messages that the law wants answered, then what may be a person's, then the rest; the newest of each
 * first.
 */
export async function listHeld(
  db: D1Database,
  { limit, offset }: PageSpan,
): Promise<ListPage<HeldRecord>> {
  const [rows, count] = await db.batch([
    db
      .prepare(
        `select id, code, version, null as kind, visit, service, quantity, further_services, answers, visit_date, arrival_window, null as due_on, hold_reason,
           state_at, created_at, ${rankOf('0')} as rank
         from bookings where state = 'held' and erased_at is null
         union all
         select id, code, version, kind, null, null, null, null, null, null, null, due_on, hold_reason,
           state_at, created_at, ${rankOf(`kind in (${quote(legalKinds)})`)}
         from messages where state = 'held' and erased_at is null
         order by rank, created_at desc limit ?1 offset ?2`,
      )
      .bind(limit, offset),
    db.prepare(
      `select (select count(*) from bookings where state = 'held' and erased_at is null)
         + (select count(*) from messages where state = 'held' and erased_at is null) as total`,
    ),
  ]);
  return toPage(readRows(HeldRowSchema, rows?.results ?? []), count);
}

function rankOf(isLegal: string): string {
  return `case when ${isLegal} then 0 when hold_reason in (${quote(MACHINE_REASONS)}) then 2 else 1 end`;
}

function quote(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ');
}

function toPage<Row>(rows: Row[], count: D1Result | undefined): ListPage<Row> {
  return { rows, total: readRows(CountSchema, count?.results ?? [])[0]?.total ?? 0 };
}

/** Requests that wait for an answer, the one that waits longest first. */
export async function listWaitingRequests(
  db: D1Database,
  { limit, offset }: PageSpan,
): Promise<ListPage<Booking>> {
  const [rows, count] = await db.batch([
    db
      .prepare(
        `select * from bookings where state = 'requested' and erased_at is null
         order by state_at limit ?1 offset ?2`,
      )
      .bind(limit, offset),
    db.prepare(
      `select count(*) as total from bookings where state = 'requested' and erased_at is null`,
    ),
  ]);
  return toPage(readRows(BookingRowSchema, rows?.results ?? []), count);
}

/** Requests from the web that nobody has confirmed and that were sent in a span, its end not included; oldest first. */
export async function listUnconfirmed(
  db: D1Database,
  span: { from: Date; before: Date; limit: number },
): Promise<Booking[]> {
  const { results } = await db
    .prepare(
      `select * from bookings where state = 'requested' and origin = 'web' and erased_at is null
         and created_at >= ?1 and created_at < ?2 order by created_at limit ?3`,
    )
    .bind(span.from.toISOString(), span.before.toISOString(), span.limit)
    .all();
  return readRows(BookingRowSchema, results);
}

/** Held bookings, oldest first; where an instant is given, only those that were set aside at it. */
export async function listHeldBookings(
  db: D1Database,
  { setAsideAt, limit }: { setAsideAt?: Date; limit: number },
): Promise<Booking[]> {
  const { results } = await db
    .prepare(
      `select * from bookings where state = 'held' and erased_at is null
         and (?1 is null or (hold_reason = '${SET_ASIDE}' and state_at = ?1)) order by created_at limit ?2`,
    )
    .bind(setAsideAt?.toISOString() ?? null, limit)
    .all();
  return readRows(BookingRowSchema, results);
}

const SetAsideSchema = v.object({ at: instant, count: v.number() });

/** Hours in which a set-aside can be undone. */
export const UNDO_SET_ASIDE_HOURS = 24;

/** The times at which requests were set aside lately, with how many of them still are; newest first. */
export async function listSetAsides(
  db: D1Database,
  now: Date,
): Promise<v.InferOutput<typeof SetAsideSchema>[]> {
  const { results } = await db
    .prepare(
      `select state_at as at, count(*) as count from bookings
       where state = 'held' and state_at > ?1 and hold_reason = '${SET_ASIDE}' and erased_at is null
       group by state_at order by state_at desc limit 20`,
    )
    .bind(later(now, { hours: -UNDO_SET_ASIDE_HOURS }).toISOString())
    .all();
  return readRows(SetAsideSchema, results);
}

/** Records that were quarantined at or before an instant, oldest first. Messages that the law wants answered wait for staff. */
export async function listLongHeld(db: D1Database, heldBy: Date, limit: number): Promise<string[]> {
  const { results } = await db
    .prepare(
      `select id, state_at from bookings where state = 'held' and state_at <= ?1 and erased_at is null
       union all
       select id, state_at from messages where state = 'held' and state_at <= ?1 and erased_at is null
         and kind not in (${quote(legalKinds)})
       union all
       select id, state_at from plans where state = 'held' and state_at <= ?1 and erased_at is null
       order by state_at limit ?2`,
    )
    .bind(heldBy.toISOString(), limit)
    .all();
  return readRows(v.object({ id: v.string() }), results).map(({ id }) => id);
}

/** Days after which an emptied record that cron dropped is no longer looked for. */
const DROPPED_DAYS = 60;

/** Emptied records that cron dropped and of which nothing is left to send. */
export async function listDropped(db: D1Database, now: Date, limit: number): Promise<string[]> {
  const dropped = (table: SubjectTable, state = 'dropped') =>
    `select id from ${table} where state = '${state}' and erased_at > ?1
       and exists (select 1 from events where subject_id = ${table}.id and type = 'drop' and actor = 'system')
       and not exists (
         select 1 from deliveries where subject_id = ${table}.id and status in ('due', 'waiting', 'sending', 'dead')
       )`;
  const { results } = await db
    .prepare(
      [dropped('bookings'), dropped('messages'), dropped('plans', 'ended')].join(' union all ') +
        ' limit ?2',
    )
    .bind(later(now, { days: -DROPPED_DAYS }).toISOString(), limit)
    .all();
  return readRows(v.object({ id: v.string() }), results).map(({ id }) => id);
}
