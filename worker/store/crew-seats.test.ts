import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bookingRules } from '../../shared/content/catalogue.ts';
import { findStranded } from '../../shared/jobs/stranded.ts';
import { transitionBooking } from '../records/booking-transition.ts';
import { madeUpCrews, useCrews } from '../test/crews.ts';
import { acceptBookingForm, NOW } from '../test/fixtures.ts';
import { count, deleteBookings, readBooking } from '../test/records.ts';
import { unlimited } from '../test/requests.ts';
import { setCrewOff, setSeats } from './crews.ts';
import { readBookedSlots, readOccupancy } from './seats.ts';

useCrews();

const DAY = '2026-11-26';
const windows = ['sang-som', 'sang'];
const anyWindow = fc.constantFrom(...windows);
const anyCrew = fc.constantFrom(...madeUpCrews.map(({ id }) => id));

const anyStep = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('book'), window: anyWindow }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('crew'), crew: anyCrew, off: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('seats'),
      window: fc.constantFrom('', ...windows),
      seats: fc.option(fc.nat(4)),
    }),
  },
  fc.record({ do: fc.constant('assign'), job: fc.nat(20), crew: fc.option(anyCrew) }),
  fc.record({ do: fc.constant('cancel'), job: fc.nat(20) }),
) as fc.Arbitrary<Step>;

type Step =
  | { do: 'book'; window: string }
  | { do: 'crew'; crew: string; off: boolean }
  | { do: 'seats'; window: string; seats: number | null }
  | { do: 'assign'; job: number; crew: string | null }
  | { do: 'cancel'; job: number };

/** The day as it has to be, by other means than SQL. */
class Model {
  off = new Set<string>();
  limits = new Map<string, number>();
  jobs: { id: string; window: string }[] = [];

  seats(window: string): number {
    return this.limits.get(window) ?? this.limits.get('') ?? madeUpCrews.length - this.off.size;
  }

  taken(window: string): number {
    return this.jobs.filter((job) => job.window === window).length;
  }
}

let people = 0;

async function book(model: Model, window: string): Promise<void> {
  people += 1;
  const phone = `09${String(10_000_000 + people)}`;
  const person = { date: DAY, window, name: `Khách ${people}`, phone, email: undefined };
  const outcome = await acceptBookingForm(unlimited, person);
  const hasSeat = model.taken(window) < model.seats(window);
  expect(outcome.outcome).toBe(hasSeat ? 'accepted' : 'full');
  if (outcome.outcome === 'accepted') model.jobs.push({ id: outcome.record.id, window });
}

async function change(model: Model, step: Exclude<Step, { do: 'book' }>): Promise<void> {
  if (step.do === 'crew') {
    await setCrewOff(env.DB, { date: DAY, crew: step.crew, off: step.off });
    if (step.off) model.off.add(step.crew);
    else model.off.delete(step.crew);
    return;
  }
  if (step.do === 'seats') {
    await setSeats(env.DB, { date: DAY, window: step.window, seats: step.seats });
    if (step.seats === null) model.limits.delete(step.window);
    else model.limits.set(step.window, step.seats);
    return;
  }
  const job = model.jobs[step.job % Math.max(1, model.jobs.length)];
  if (job === undefined) return;
  const booking = await readBooking(job.id);
  const asked = { booking, actor: 'staff', now: NOW } as const;
  const done =
    step.do === 'assign'
      ? await transitionBooking(env, { ...asked, transition: 'assign', crew: step.crew })
      : await transitionBooking(env, { ...asked, transition: 'cancel', reason: 'weather' });
  expect(done.outcome).toBe('done');
  if (step.do === 'cancel') model.jobs = model.jobs.filter(({ id }) => id !== job.id);
}

/** No job is lost, each has its seat, and exactly those above the seats are listed. */
async function compare(model: Model): Promise<void> {
  expect(await count('bookings', "state = 'requested'")).toBe(model.jobs.length);
  expect(await count('seats')).toBe(model.jobs.length);
  const { slots, seats } = await readBookedSlots(env.DB, bookingRules, DAY);
  const surplus = findStranded(bookingRules, slots, seats);
  const shown = await readOccupancy(env.DB, bookingRules, { from: DAY, to: DAY });
  for (const window of windows) {
    expect(shown.seats.get(`${DAY}/${window}`) ?? madeUpCrews.length).toBe(model.seats(window));
    expect(surplus.filter((row) => row.window === window)).toHaveLength(
      Math.max(0, model.taken(window) - model.seats(window)),
    );
  }
}

test('with crews off, numbers set, jobs assigned and cancelled in between: no new seat above, the surplus listed, no job lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 10, maxLength: 30 }), async (steps) => {
      await deleteBookings();
      await env.DB.batch([
        env.DB.prepare('delete from crews_off'),
        env.DB.prepare('delete from seat_limits'),
      ]);
      const model = new Model();
      for (const step of steps) {
        if (step.do === 'book') await book(model, step.window);
        else await change(model, step);
        await compare(model);
      }
    }),
    { numRuns: Number(env.RACE_ROUNDS) },
  );
});
