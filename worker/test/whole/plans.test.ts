import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { addDays, later } from '../../../shared/time.ts';
import { transitionBooking } from '../../records/booking-transition.ts';
import { changePlan } from '../../records/change-plan.ts';
import { followPlan } from '../../records/follow-plan.ts';
import type { PlanChange } from '../../records/plan-decisions.ts';
import { findPlan } from '../../store/plans.ts';
import { listPlanVisits } from '../../store/plan-visits.ts';
import { lockWindow, unlockWindow } from '../../store/seats.ts';
import { followPlans } from '../../tasks/plans.ts';
import { takeConsoleErrors } from '../console-errors.ts';
import { bookingFields, NOW } from '../fixtures.ts';
import { findBroken, findBrokenRecords } from '../invariants.ts';
import { count, readBooking, submitBooking } from '../records.ts';
import { postJson, unlimited } from '../requests.ts';
import { wrapDatabase } from '../wrap-database.ts';

/** `npm run orders` plays 20. */
const ROUNDS = Number(env.RACE_ROUNDS);
const FIRST = '2026-11-26';
const SERVICE = 've-sinh-nha-o';

test(
  '20 plans and 80 single bookings at once take exactly the seats, and two makings make each visit once',
  { timeout: 300_000 },
  async () => {
    const racer = (at: number) => ({
      name: `Khách ${at}`,
      phone: `09120000${String(at).padStart(2, '0')}`,
      email: undefined,
    });
    const post = (fields: Record<string, string | undefined>) =>
      postJson('/api/bookings', bookingFields({ service: SERVICE, ...fields }), { env: unlimited });
    const firsts = await Promise.all(
      Array.from({ length: 20 }, async (_, at) => {
        const date = addDays(FIRST, at % 2);
        const window = ['sang-som', 'sang', 'chieu', 'chieu-muon'][at % 4] ?? '';
        const sent = await post({ ...racer(at), repeat: 'weekly', date, window });
        return sent.status;
      }),
    );
    const plans = firsts.filter((status) => status === 201).length;
    expect(plans).toBeGreaterThan(8);
    const { results } = await env.DB.prepare(
      "select id from bookings where state = 'requested'",
    ).all<{ id: string }>();
    await Promise.all(
      results.map(async ({ id }) =>
        transitionBooking(env, {
          booking: await readBooking(id),
          transition: 'confirm',
          actor: 'staff',
          now: NOW,
        }),
      ),
    );
    const cron = async () => {
      for (let run = 0; run < 6; run += 1) await followPlans(env, NOW);
    };
    const singles = Array.from({ length: 80 }, (_, at) =>
      post({
        ...racer(20 + at),
        date: addDays(FIRST, 7 * (1 + (at % 3)) + (at % 2)),
        window: ['sang-som', 'sang', 'chieu', 'chieu-muon'][at % 4] ?? '',
      }),
    );
    await Promise.all([cron(), cron(), ...singles]);
    expect(await findBroken()).toEqual([]);
    expect(await findBrokenRecords()).toEqual([]);
    const missing = await env.DB.prepare(
      `select count(*) as n from plans where next_date <= ?1 or unsettled = 1`,
    )
      .bind(addDays('2026-11-23', 45))
      .first<{ n: number }>();
    expect(missing?.n).toBe(0);
  },
);

const stepArbitrary = fc.oneof(
  fc.record({ what: fc.constant('pause' as const), days: fc.integer({ min: 1, max: 30 }) }),
  fc.record({
    what: fc.constantFrom(
      'resume' as const,
      'cron' as const,
      'crash' as const,
      'services' as const,
    ),
  }),
  fc.record({
    what: fc.constant('rhythm' as const),
    rhythm: fc.constantFrom('weekly' as const, 'two-weeks' as const, 'four-weeks' as const),
    weekday: fc.constantFrom('mon' as const, 'thu' as const, 'sat' as const, 'sun' as const),
    window: fc.constantFrom('sang', 'chieu'),
  }),
  fc.record({
    what: fc.constantFrom('skip' as const, 'lock' as const, 'unlock' as const, 'move' as const),
    at: fc.integer({ min: 0, max: 6 }),
  }),
  fc.record({ what: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ what: fc.constant('stop' as const) }),
);
type Step = typeof stepArbitrary extends fc.Arbitrary<infer S> ? S : never;

/** The database, each of whose batches fails from some call on: the process died there. */
function crashing(after: number): Env {
  let calls = 0;
  const DB = wrapDatabase(env.DB, (call) => {
    calls += 1;
    return calls > after ? Promise.reject(new Error('D1_ERROR: the process died')) : call();
  });
  return { ...env, DB };
}

async function live(planId: string) {
  const { results } = await env.DB.prepare(
    "select id, rhythm_date, visit_date, arrival_window from bookings where plan_id = ? and state = 'confirmed' order by visit_date",
  )
    .bind(planId)
    .all<{ id: string; rhythm_date: string; visit_date: string; arrival_window: string }>();
  return results;
}

async function play(planId: string, step: Step, now: Date): Promise<void> {
  const plan = await findPlan(env.DB, planId);
  if (plan === null) throw new Error('no plan');
  const change = async (asked: PlanChange) => {
    await changePlan(env, { plan, change: asked, actor: 'customer', now });
  };
  const today = now.toISOString().slice(0, 10);
  const visits = (await listPlanVisits(env.DB, planId, { today, now })).filter(
    ({ state, visitStartsAt }) => state === 'confirmed' && visitStartsAt > now,
  );
  const visit = 'at' in step ? visits[step.at] : undefined;
  switch (step.what) {
    case 'pause':
      return change({ action: 'pause', until: addDays(today, step.days) });
    case 'resume':
    case 'stop':
      return change({ action: step.what });
    case 'services':
      return change({ action: 'services', services: [{ id: SERVICE, quantity: 70, answers: {} }] });
    case 'rhythm':
      return change({ action: 'rhythm', ...step });
    case 'lock':
      return void (await lockWindow(
        env.DB,
        { date: addDays(FIRST, 7 * step.at), window: 'sang' },
        now,
      ));
    case 'unlock':
      return void (await unlockWindow(env.DB, {
        date: addDays(FIRST, 7 * step.at),
        window: 'sang',
      }));
    case 'skip':
    case 'move': {
      if (visit === undefined) return;
      const others = (await live(planId)).filter(({ id }) => id !== visit.id);
      await transitionBooking(env, {
        booking: visit,
        actor: 'customer',
        now,
        ...(step.what === 'skip'
          ? { transition: 'cancel' }
          : { transition: 'reschedule', start: { date: visit.visitDate, window: 'sang-som' } }),
      });
      expect((await live(planId)).filter(({ id }) => id !== visit.id)).toEqual(others);
      return;
    }
    case 'crash':
      await followPlan(crashing(3), planId, { now }).catch(() => undefined);
      takeConsoleErrors();
      return;
    case 'wait':
    case 'cron':
      return followPlans(env, now);
  }
}

test(
  'any sequence of actions, locks, crashes and catch-ups keeps what a plan promises',
  { timeout: 600_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(stepArbitrary, { minLength: 3, maxLength: 10 }), async (steps) => {
        const phone = `09${String(Math.floor(performance.now() * 1000) % 100_000_000).padStart(8, '0')}`;
        const first = await submitBooking({
          service: SERVICE,
          repeat: 'weekly',
          date: FIRST,
          phone,
        });
        const planId = first.planId ?? '';
        await transitionBooking(env, {
          booking: first,
          transition: 'confirm',
          actor: 'staff',
          now: NOW,
        });
        let now = NOW;
        for (const step of steps) {
          if (step.what === 'wait') now = later(now, { days: step.days });
          await play(planId, step, now);
        }
        await followPlan(env, planId, { now });
        const plan = await findPlan(env.DB, planId);
        const visits = await live(planId);
        const dates = visits.map((visit) => visit.rhythm_date);
        expect(new Set(dates).size).toBe(dates.length);
        expect(plan?.isUnsettled).toBe(false);
        const coming = visits.filter(
          (visit) => new Date(`${visit.visit_date}T20:00:00+07:00`) > later(now, { days: 1 }),
        );
        if (plan?.state === 'ended') expect(coming).toEqual([]);
        for (const visit of coming)
          expect(visit.visit_date >= (plan?.pausedUntil ?? '')).toBe(true);
        const events = await count(
          'bookings',
          `plan_id = '${planId}' and (select count(*) from events where subject_id = bookings.id and version = bookings.version) <> 1`,
        );
        expect(events).toBe(0);
        expect(await findBroken()).toEqual([]);
        await env.DB.batch(
          [
            'seats',
            'window_locks',
            'bookings',
            'plans',
            'plan_open_dates',
            'events',
            'deliveries',
            'receipts',
            'repeats',
          ].map((table) => env.DB.prepare(`delete from ${table}`)),
        );
      }),
      { numRuns: Math.max(4, ROUNDS) },
    );
  },
);
