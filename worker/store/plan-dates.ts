import * as v from 'valibot';
import type { JobSlot } from '../../shared/jobs/availability.ts';
import type { Change } from './events.ts';
import { instant, readRows } from './rows.ts';

/** Why a day of a plan has no visit: no seat, locked by staff, a closed day, too near; or its visit was erased, which opens nothing. */
export const openReasons = ['full', 'locked', 'closed', 'late', 'erased'] as const;

const OpenDateSchema = v.pipe(
  v.object({
    subject_id: v.string(),
    rhythm_date: v.string(),
    reason: v.picklist(openReasons),
    found_at: instant,
  }),
  v.transform((row) => ({
    planId: row.subject_id,
    rhythmDate: row.rhythm_date,
    reason: row.reason,
    foundAt: row.found_at,
  })),
);

/** A day of a plan that waits for somebody to choose another window, or to let it go. */
export type OpenDate = v.InferOutput<typeof OpenDateSchema>;

/** The open dates of one plan from a day on. */
export async function listOpenDates(
  db: D1Database,
  planId: string,
  from: string,
): Promise<OpenDate[]> {
  const { results } = await db
    .prepare(
      `select * from plan_open_dates where subject_id = ?1 and rhythm_date >= ?2 and settled_at is null
       order by rhythm_date`,
    )
    .bind(planId, from)
    .all();
  return readRows(OpenDateSchema, results);
}

const OpenPlanDateSchema = v.intersect([OpenDateSchema, v.object({ code: v.string() })]);

/** The open dates of all plans from a day on, by day, with the plans' codes. */
export async function listAllOpenDates(
  db: D1Database,
  { from, limit }: { from: string; limit: number },
): Promise<v.InferOutput<typeof OpenPlanDateSchema>[]> {
  const { results } = await db
    .prepare(
      `select open.*, plans.code from plan_open_dates open join plans on plans.id = open.subject_id
       where open.rhythm_date >= ?1 and open.settled_at is null and plans.state in ('active', 'paused')
       order by open.rhythm_date limit ?2`,
    )
    .bind(from, limit)
    .all();
  return readRows(OpenPlanDateSchema, results);
}

/** The days of a plan from one on that need no visit any more: a booking stands for them, or they are open or were let go. */
export async function listHandledDates(
  db: D1Database,
  planId: string,
  from: string,
): Promise<Set<string>> {
  const { results } = await db
    .prepare(
      `select rhythm_date from bookings where plan_id = ?1 and rhythm_date >= ?2
       union select rhythm_date from plan_open_dates where subject_id = ?1 and rhythm_date >= ?2`,
    )
    .bind(planId, from)
    .all();
  const rows = readRows(v.object({ rhythm_date: v.string() }), results);
  return new Set(rows.map((row) => row.rhythm_date));
}

/** A day for which no visit may have been made, in the version of the plan that says so. */
export interface MissedDate {
  planId: string;
  version: number;
  rhythmDate: string;
  /** Null where the windows were there: then they are locked or full. */
  reason: 'closed' | 'late' | null;
  slots: readonly JobSlot[];
  now: Date;
}

/** Notes that a day of a plan has no visit; nothing where it has one. */
export function noteOpenDate(db: D1Database, missed: MissedDate): D1PreparedStatement {
  return db
    .prepare(
      `insert into plan_open_dates (subject_id, rhythm_date, reason, found_at)
       select id, ?3, coalesce(?4, iif(exists (
         select 1 from json_each(?5) slot join window_locks on visit_date = slot.value ->> 'date'
           and arrival_window = slot.value ->> 'window'), 'locked', 'full')), ?6
       from plans where id = ?1 and version = ?2 and state in ('active', 'paused')
         and not exists (select 1 from bookings where plan_id = ?1 and rhythm_date = ?3)
       on conflict do nothing`,
    )
    .bind(
      missed.planId,
      missed.version,
      missed.rhythmDate,
      missed.reason,
      JSON.stringify(missed.slots),
      missed.now.toISOString(),
    );
}

/** A mail to the customer about the days that a step left without a visit. */
export interface OpenDatesMail {
  id: string;
  dueAt: Date;
}

/** Writes such a mail where the plan's step at `now` left a day open, once for the same days while the plan keeps its state. It says what is open when it is sent. */
export function insertOpenDatesMail(
  db: D1Database,
  { id, dueAt }: OpenDatesMail,
  { planId, now }: { planId: string; now: Date },
): D1PreparedStatement {
  return db
    .prepare(
      `insert into deliveries (id, subject_kind, subject_id, channel, kind, version, status, attempts, next_attempt_at,
         dedupe_key, created_at)
       select ?1, 'plan', plans.id, 'customer-email', 'plan.open-dates', version, 'due', 0, ?4,
         'open-dates:' || plans.id || ':' || state_at || ':' || group_concat(rhythm_date), ?3
       from plans join plan_open_dates on subject_id = plans.id
       where plans.id = ?2 and found_at = ?3 and settled_at is null group by plans.id
       on conflict do nothing`,
    )
    .bind(id, planId, now.toISOString(), dueAt.toISOString());
}

/**
 * Lets an open date go without a visit; false where it is none any more.
 */
export async function letOpenDateGo(
  db: D1Database,
  { planId, rhythmDate }: Pick<OpenDate, 'planId' | 'rhythmDate'>,
  now: Date,
): Promise<boolean> {
  const { meta } = await db
    .prepare(
      `update plan_open_dates set settled_at = ?3 where subject_id = ?1 and rhythm_date = ?2 and settled_at is null`,
    )
    .bind(planId, rhythmDate, now.toISOString())
    .run();
  return meta.changes === 1;
}

/** Lets plans try the days again that found no seat on a date, since staff gave it another number of them or opened a window. */
export function retryOpenDates(db: D1Database, date: string): D1PreparedStatement[] {
  const waiting = "rhythm_date = ?1 and settled_at is null and reason in ('full', 'locked')";
  return [
    db
      .prepare(
        `update plans set next_date = min(next_date, ?1) where state in ('active', 'paused')
           and id in (select subject_id from plan_open_dates where ${waiting})`,
      )
      .bind(date),
    db
      .prepare(
        `delete from plan_open_dates where ${waiting}
           and subject_id in (select id from plans where state in ('active', 'paused'))`,
      )
      .bind(date),
  ];
}

/** Parts a visit that a given event just erased from its plan, which makes no other for its day. */
export function leavePlan(db: D1Database, change: Change): D1PreparedStatement[] {
  const isErased = 'id = ?1 and last_event_id = ?2 and plan_id is not null';
  return [
    db
      .prepare(
        `insert into plan_open_dates (subject_id, rhythm_date, reason, found_at, settled_at)
         select plan_id, rhythm_date, 'erased', ?3, ?3 from bookings where ${isErased} and rhythm_date is not null
         on conflict do nothing`,
      )
      .bind(change.subjectId, change.eventId, change.at.toISOString()),
    db
      .prepare(
        `update bookings set plan_id = null, rhythm_date = null, plan_terms = null where ${isErased}`,
      )
      .bind(change.subjectId, change.eventId),
  ];
}

/** Deletes the dates of a plan that a given event just changed, those let go only with `all`: what is open is then found anew. */
export function deleteOpenDates(
  db: D1Database,
  change: Change,
  which: 'open' | 'all',
): D1PreparedStatement {
  return db
    .prepare(
      `delete from plan_open_dates where subject_id = (select id from plans where id = ?1 and last_event_id = ?2)
         and (?3 = 'all' or settled_at is null)`,
    )
    .bind(change.subjectId, change.eventId, which);
}
