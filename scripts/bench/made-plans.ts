import * as v from 'valibot';
import { bookingRules, company, services } from '../../shared/content/catalogue.ts';
import { areas } from '../../shared/content/catalogue.ts';
import { PersonSchema } from '../../shared/forms/person.ts';
import { CODE_RANDOM_LENGTH, makeCode } from '../../shared/jobs/code.ts';
import { firstOnGrid, type Rhythm } from '../../shared/jobs/rhythm.ts';
import { planKeyEnd } from '../../shared/privacy/retention.ts';
import { addDays, later, toVietnamDate, weekdayOf, weekdays } from '../../shared/time.ts';
import { openKeyStore, sealPerson } from '../../worker/personal-data/key-store.ts';
import { listDuePlans } from '../../worker/store/plan-visits.ts';

/** Seats of every window: as many plans as the bench asks for must find one. */
const SEATS = 50;
/** Days for which seats are set: the open calendar and the nights after it. */
const DAYS = 120;
const BATCH = 50;
const DUE_MAX = 10_000;

const workdays = weekdays.filter((weekday) => bookingRules.week[weekday].length > 0);

/** Of ten plans six come each week, three every two weeks, one every four. */
function rhythmOf(at: number): { rhythm: Rhythm; weeks: number } {
  if (at % 10 < 6) return { rhythm: 'weekly', weeks: 1 };
  return at % 10 < 9 ? { rhythm: 'two-weeks', weeks: 2 } : { rhythm: 'four-weeks', weeks: 4 };
}

/**
 * Stores plans that run, spread over weekdays, windows and weeks, whose visits up to the end of the open calendar count as made:
 * each night brings those of one day more.
 */
export async function fillPlans(env: Env, count: number, now: Date): Promise<void> {
  const today = toVietnamDate(now);
  await setSeats(env, today);
  for (let from = 0; from < count; from += BATCH) {
    const part = Array.from({ length: Math.min(BATCH, count - from) }, (_, index) =>
      draftPlan(env, from + index, now),
    );
    await env.DB.batch(await Promise.all(part));
  }
}

async function draftPlan(env: Env, at: number, now: Date): Promise<D1PreparedStatement> {
  const today = toVietnamDate(now);
  const { rhythm, weeks } = rhythmOf(at);
  const weekday = workdays[at % workdays.length] ?? 'mon';
  const windows = bookingRules.week[weekday];
  const ahead = (weekdays.indexOf(weekday) - weekdays.indexOf(weekdayOf(today)) + 7) % 7;
  const anchorDate = addDays(today, ahead + 7 * (Math.floor(at / 10) % weeks));
  const nextDate = firstOnGrid(
    { rhythm, anchorDate },
    addDays(today, bookingRules.horizonDays + 1),
  );
  const random = crypto.getRandomValues(new Uint8Array(CODE_RANDOM_LENGTH));
  const id = crypto.randomUUID();
  const code = makeCode(company.codePrefix, random);
  const endsAt = planKeyEnd(later(now, { days: bookingRules.horizonDays }));
  const person = v.parse(PersonSchema, {
    name: `Khách ${at}`,
    phone: `+8491${String(at).padStart(7, '0')}`,
    address: `${at} Lê Lợi`,
    note: null,
  });
  const record = { id, code, createdAt: now, endsAt };
  const sealed = await sealPerson(openKeyStore(env), record, person);
  return env.DB.prepare(
    `insert into plans (id, code, state, state_at, version, last_event_id, rhythm, anchor_date, arrival_window,
       service, quantity, ward, terms, slot_terms, next_date, unsettled, sealed, key_ends_at, created_at)
     values (?1, ?2, 'active', ?3, 1, ?1, ?4, ?5, ?6, ?7, 80, ?8, 1, 1, ?9, 0, ?10, ?11, ?3)`,
  ).bind(
    ...[id, code, now.toISOString(), rhythm, anchorDate],
    windows[Math.floor(at / workdays.length) % windows.length] ?? '',
    (services.find(({ repeat }) => repeat) ?? services[0])?.id ?? '',
    areas.wards[at % areas.wards.length]?.code ?? '',
    ...[nextDate, sealed, endsAt.toISOString()],
  );
}

async function setSeats(env: Env, today: string): Promise<void> {
  const days = Array.from({ length: DAYS }, (_, day) => addDays(today, day));
  await env.DB.prepare(
    `insert into seat_limits (visit_date, arrival_window, seats) select value, '', ?2 from json_each(?1)`,
  )
    .bind(JSON.stringify(days), SEATS)
    .run();
}

/** Plans that have something to do. */
export async function countDue(env: Env, now: Date): Promise<number> {
  const today = toVietnamDate(now);
  const horizon = addDays(today, bookingRules.horizonDays);
  return (await listDuePlans(env.DB, { today, horizon, limit: DUE_MAX })).length;
}

/** Visits that plans made. */
export async function countVisits(env: Env): Promise<number> {
  const row = await env.DB.prepare(
    "select count(*) as n from bookings where origin = 'plan'",
  ).first<{ n: number }>();
  return row?.n ?? 0;
}
