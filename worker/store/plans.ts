import * as v from 'valibot';
import { rhythms } from '../../shared/jobs/rhythm.ts';
import { planStates } from '../../shared/states.ts';
import type { ListPage, PageSpan } from './held.ts';
import { blob, instant, readRow, readRows } from './rows.ts';
import { readServices, serviceColumns } from './visit-services.ts';

/** A row of `plans` as D1 gives it, turned into a Plan. */
export const PlanRowSchema = v.pipe(
  v.object({
    id: v.string(),
    code: v.string(),
    state: v.picklist(planStates),
    state_at: instant,
    version: v.number(),
    last_event_id: v.string(),
    rhythm: v.picklist(rhythms),
    anchor_date: v.string(),
    arrival_window: v.string(),
    ...serviceColumns,
    ward: v.string(),
    paused_until: v.nullable(v.string()),
    terms: v.number(),
    slot_terms: v.number(),
    service_terms: v.number(),
    detail_terms: v.number(),
    next_date: v.string(),
    unsettled: v.number(),
    failed_at: v.nullable(instant),
    sealed: blob,
    key_ends_at: instant,
    erased_at: v.nullable(instant),
    created_at: instant,
  }),
  v.transform((row) => ({
    id: row.id,
    code: row.code,
    state: row.state,
    stateAt: row.state_at,
    version: row.version,
    rhythm: row.rhythm,
    /** The first day of the rhythm; with `rhythm` it is the plan's Grid. */
    anchorDate: row.anchor_date,
    window: row.arrival_window,
    visit: 'work' as const,
    services: readServices(row),
    ward: row.ward,
    /** While the plan is paused there is no visit before this day. */
    pausedUntil: row.paused_until,
    terms: row.terms,
    slotTerms: row.slot_terms,
    serviceTerms: row.service_terms,
    detailTerms: row.detail_terms,
    nextDate: row.next_date,
    isUnsettled: row.unsettled === 1,
    /** When its visits could last not follow it, since something failed; null where they could. */
    failedAt: row.failed_at,
    sealed: row.sealed,
    keyEndsAt: row.key_ends_at,
    erasedAt: row.erased_at,
    createdAt: row.created_at,
  })),
);

/** A rhythm of visits as stored; its person's details are in `sealed`. */
export type Plan = v.InferOutput<typeof PlanRowSchema>;

/** A plan about to be stored in one batch with its first visit. */
export interface NewPlan extends Pick<Plan, 'id' | 'code' | 'rhythm' | 'nextDate' | 'keyEndsAt'> {
  eventId: string;
}

/** Writes the plan of a first visit that was just inserted; it takes state, day, window, services and ward from that. */
export function insertPlan(
  db: D1Database,
  {
    plan,
    first,
    sealed,
  }: { plan: NewPlan; first: { id: string; lastEventId: string }; sealed: Uint8Array<ArrayBuffer> },
): D1PreparedStatement {
  return db
    .prepare(
      `insert into plans (id, code, state, state_at, version, last_event_id, rhythm, anchor_date, arrival_window,
         service, quantity, further_services, answers, ward, terms, slot_terms, next_date, unsettled, sealed,
         key_ends_at, created_at)
       select ?3, ?4, iif(state = 'confirmed', 'active', state), state_at, 1, ?5, ?6, visit_date, arrival_window,
         service, quantity, further_services, answers, ward, 1, 1, ?7, 0, ?8, ?9, created_at
       from bookings where id = ?1 and last_event_id = ?2`,
    )
    .bind(
      first.id,
      first.lastEventId,
      plan.id,
      plan.code,
      plan.eventId,
      plan.rhythm,
      plan.nextDate,
      sealed,
      plan.keyEndsAt.toISOString(),
    );
}

/** The statement that reads the plan of a code, to be batched with what else is read. */
export function selectPlanByCode(db: D1Database, code: string): D1PreparedStatement {
  return db.prepare('select * from plans where code = ?').bind(code);
}

export async function findPlanByCode(db: D1Database, code: string): Promise<Plan | null> {
  return readRow(PlanRowSchema, await selectPlanByCode(db, code).first());
}

export async function findPlan(db: D1Database, id: string): Promise<Plan | null> {
  return readRow(
    PlanRowSchema,
    await db.prepare('select * from plans where id = ?').bind(id).first(),
  );
}

/** What a link to the plan of a booking needs; null where the booking is of none. */
export async function findPlanOf(
  db: D1Database,
  bookingId: string,
): Promise<{ id: string; code: string } | null> {
  const row = await db
    .prepare('select id, code from plans where id = (select plan_id from bookings where id = ?)')
    .bind(bookingId)
    .first();
  return readRow(v.object({ id: v.string(), code: v.string() }), row);
}

/** The plans that go on or wait for an answer, those that wait first, then the newest. */
export async function listPlans(
  db: D1Database,
  { limit, offset }: PageSpan,
): Promise<ListPage<Plan>> {
  const isListed = "state in ('requested', 'active', 'paused') and erased_at is null";
  const [rows, count] = await db.batch([
    db
      .prepare(
        `select * from plans where ${isListed}
         order by state <> 'requested', created_at desc limit ?1 offset ?2`,
      )
      .bind(limit, offset),
    db.prepare(`select count(*) as total from plans where ${isListed}`),
  ]);
  const [counted] = readRows(v.object({ total: v.number() }), count?.results ?? []);
  return { rows: readRows(PlanRowSchema, rows?.results ?? []), total: counted?.total ?? 0 };
}
