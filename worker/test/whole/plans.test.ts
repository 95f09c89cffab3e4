import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { addDays } from '../../../shared/time.ts';
import { transitionBooking } from '../../records/booking-transition.ts';
import { followPlans } from '../../tasks/plans.ts';
import { bookingFields, NOW } from '../fixtures.ts';
import { findBroken, findBrokenRecords } from '../invariants.ts';
import { count, readBooking } from '../records.ts';
import { postJson, unlimited } from '../requests.ts';

const THURSDAY = '2026-11-26';
/** Four windows of two weekdays: five plans want each, and three can have it. */
const STARTS = [
  { day: 0, window: 'sang-som' },
  { day: 1, window: 'sang' },
  { day: 0, window: 'chieu' },
  { day: 1, window: 'chieu-muon' },
] as const;
const SEATS = 3;
const WEEKS = [1, 2, 3];

async function book(person: number, weeks: number, repeat: 'once' | 'weekly'): Promise<number> {
  const { day, window } = STARTS[person % 4] ?? STARTS[0];
  const fields = {
    ...{ service: 've-sinh-nha-o', repeat, window },
    date: addDays(THURSDAY, 7 * weeks + day),
    name: `Khách ${person}`,
    phone: `09120000${String(person).padStart(2, '0')}`,
    email: undefined,
  };
  return (await postJson('/api/bookings', bookingFields(fields), { env: unlimited })).status;
}

async function confirmAll(): Promise<void> {
  const { results } = await env.DB.prepare(
    "select id from bookings where state = 'requested'",
  ).all<{ id: string }>();
  for (const { id } of results) {
    const booking = await readBooking(id);
    await transitionBooking(env, { booking, transition: 'confirm', actor: 'staff', now: NOW });
  }
}

/** Minutes of cron, enough for all plans. */
async function makeVisits(): Promise<void> {
  for (let minute = 0; minute < 6; minute += 1) await followPlans(env, NOW);
}

test(
  '20 plans and 80 single bookings for the same windows at once get exactly the seats, and two makings make each visit once',
  { timeout: 300_000 },
  async () => {
    const firsts = await Promise.all(Array.from({ length: 20 }, (_, at) => book(at, 0, 'weekly')));
    expect(firsts.filter((status) => status === 201)).toHaveLength(STARTS.length * SEATS);
    expect(firsts.filter((status) => status === 409)).toHaveLength(20 - STARTS.length * SEATS);
    await confirmAll();
    const singles = Array.from({ length: 80 }, (_, at) =>
      book(20 + at, WEEKS[Math.floor(at / 4) % 3] ?? 1, 'once'),
    );
    const [, , ...statuses] = await Promise.all([makeVisits(), makeVisits(), ...singles]);
    expect(await findBroken()).toEqual([]);
    expect(await findBrokenRecords()).toEqual([]);
    const taken = statuses.filter((status) => status === 201).length;
    const contested = `visit_date between '2026-12-03' and '2026-12-18'`;
    const made = await count('bookings', `origin = 'plan' and ${contested}`);
    expect(taken + made).toBe(STARTS.length * WEEKS.length * SEATS);
    const { results } = await env.DB.prepare(
      `select count(*) as taken from seats where ${contested} group by visit_date, arrival_window`,
    ).all();
    expect(results).toEqual(Array(STARTS.length * WEEKS.length).fill({ taken: SEATS }));
    // Six or seven days of each plan lie in the open calendar: each has its visit or waits for another window.
    const days = await env.DB.prepare(
      `select plans.id, count(distinct rhythm_date) as days, count(*) as n from plans join (
         select plan_id, rhythm_date from bookings where plan_id is not null
         union all select subject_id, rhythm_date from plan_open_dates) on plan_id = plans.id
       group by plans.id, anchor_date having days <> n or days <> iif(anchor_date = ?, 7, 6)`,
    )
      .bind(THURSDAY)
      .all();
    expect(days.results).toEqual([]);
    expect(await count('plans', "unsettled = 1 or next_date <= '2027-01-07'")).toBe(0);
  },
);
