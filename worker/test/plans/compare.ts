import { env } from 'cloudflare:workers';
import { findBroken, findBrokenRecords } from '../invariants.ts';
import type { Deed } from './deeds.ts';
import { type Model, SERVICES } from './model.ts';

interface VisitRow {
  id: string;
  rhythm_date: string | null;
  state: string;
  visit_date: string;
  arrival_window: string;
  service: string;
  quantity: number | null;
  further_services: string | null;
  origin: string;
}

/** The visits of a plan but the one that a deed is about, whole: what is done to one touches no other. */
export async function readOthers(planId: string, { visitDay }: Deed): Promise<string[]> {
  if (visitDay === undefined) return [];
  const { results } = await env.DB.prepare(
    `select bookings.*, (select group_concat(arrival_window) from seats where booking_id = bookings.id) as seats
     from bookings where plan_id = ? and rhythm_date is not ? order by id`,
  )
    .bind(planId, visitDay)
    .all();
  return results.map((row) => JSON.stringify(row));
}

/** Where the database and the model say other things, and what is wrong whatever the model says. */
export async function findDisagreements(planId: string, model: Model): Promise<string[]> {
  const [real, wanted] = [await readLines(planId, model), linesOf(model)];
  return [
    ...real.filter((line) => !wanted.includes(line)).map((line) => `in the database: ${line}`),
    ...wanted.filter((line) => !real.includes(line)).map((line) => `in the model: ${line}`),
    ...(real.length === wanted.length ? [] : ['another number of lines']),
    ...(await findUnsafe(planId)),
  ];
}

/** What no crash may bring about; keys of visits that were not stored are left to their end. */
export async function findUnsafe(planId: string): Promise<string[]> {
  const records = await findBrokenRecords();
  return [
    ...(await findBroken()),
    ...records.filter((sentence) => !sentence.startsWith('a key too many')),
    ...(await findRows(
      'two visits of one day',
      `select rhythm_date from bookings
       where plan_id = ?1 and rhythm_date is not null group by rhythm_date having count(*) > 1`,
      planId,
    )),
    ...(await findRows(
      'a made visit that dispatch is not told of',
      `select id from bookings
       where plan_id = ?1 and origin = 'plan' and not exists (
         select 1 from deliveries where subject_id = bookings.id and kind = 'job.confirmed')`,
      planId,
    )),
    ...(await findRows(
      'a visit made after the stop',
      `select bookings.id from bookings join plans on plans.id = plan_id
       where plan_id = ?1 and bookings.origin = 'plan' and plans.state = 'ended' and bookings.created_at > plans.state_at`,
      planId,
    )),
    ...(await findRows(
      'an open day with a visit',
      `select rhythm_date from plan_open_dates
       where subject_id = ?1 and settled_at is null
         and rhythm_date in (select rhythm_date from bookings where plan_id = ?1)`,
      planId,
    )),
  ];
}

async function findRows(name: string, sql: string, planId: string): Promise<string[]> {
  const { results } = await env.DB.prepare(sql).bind(planId).all();
  return results.map((row) => `${name}: ${JSON.stringify(row)}`);
}

async function readLines(planId: string, { plan }: Model): Promise<string[]> {
  const [plans, visits, dates] = await env.DB.batch<Record<string, string | number | null>>([
    env.DB.prepare('select * from plans where id = ?').bind(planId),
    env.DB.prepare('select * from bookings where plan_id = ?').bind(planId),
    env.DB.prepare('select * from plan_open_dates where subject_id = ?').bind(planId),
  ]);
  const row = plans?.results[0] ?? {};
  const settled = row['unsettled'] === 0 ? 'settled' : 'unsettled';
  const days = [row['rhythm'], row['anchor_date'], row['arrival_window'], row['paused_until']];
  const next = plan.state === 'active' || plan.state === 'paused' ? row['next_date'] : '';
  const isOpen = plan.isErased ? [] : (dates?.results ?? []);
  return [
    `plan ${row['state']} ${settled} ${days.join(' ')} next ${next}`,
    ...((visits?.results ?? []) as unknown as VisitRow[]).map(
      (visit) =>
        `visit ${visit.rhythm_date} ${visit.state} ${visit.visit_date} ${visit.arrival_window} ` +
        `${visit.quantity}${visit.further_services === null ? '' : '+'} ${visit.origin}`,
    ),
    ...isOpen.map((date) =>
      date['settled_at'] === null
        ? `open ${date['rhythm_date']} ${date['reason']}`
        : `let go ${date['rhythm_date']}`,
    ),
  ];
}

function linesOf({ plan, visits, open, letGo }: Model): string[] {
  const settled = plan.isSettled ? 'settled' : 'unsettled';
  const days = [plan.rhythm, plan.anchor, plan.window, plan.pausedUntil];
  const next = plan.state === 'active' || plan.state === 'paused' ? plan.next : '';
  return [
    `plan ${plan.state} ${settled} ${days.join(' ')} next ${next}`,
    ...visits.map((visit) => {
      const [main, further] = SERVICES[visit.services] ?? [];
      return (
        `visit ${visit.day} ${visit.state} ${visit.date} ${visit.window} ` +
        `${main?.quantity}${further === undefined ? '' : '+'} ${visit.isFirst ? 'web' : 'plan'}`
      );
    }),
    ...(plan.isErased ? [] : [...open].map(([day, reason]) => `open ${day} ${reason}`)),
    ...(plan.isErased ? [] : [...letGo].map((day) => `let go ${day}`)),
  ];
}
