import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type BookingTransition,
  bookingTransitions,
  canTransition,
  type BookingState,
  limitOf,
  UNDO_MINUTES,
} from '../../shared/states.ts';
import { later } from '../../shared/time.ts';
import { transitionBooking, type TransitionOutcome } from './booking-transition.ts';
import type { Booking } from '../store/bookings.ts';
import { isWindowFull } from '../store/seats.ts';
import { findBroken } from '../test/invariants.ts';
import { NOW } from '../test/fixtures.ts';
import { deleteBookings, readBooking, submitBooking } from '../test/records.ts';

const transitions = Object.keys(bookingTransitions) as BookingTransition[];
const windows = ['sang-som', 'sang', 'chieu'] as const;
const services = ['giat-ghe-sofa', 've-sinh-sau-xay-dung'] as const;

const submit = fc.record({
  kind: fc.constant('submit' as const),
  service: fc.constantFrom(...services),
  window: fc.constantFrom(...windows),
  held: fc.boolean(),
});
const transition = fc.record({
  kind: fc.constant('transition' as const),
  of: fc.nat(4),
  transition: fc.constantFrom(...transitions),
  window: fc.constantFrom(...windows),
  minutes: fc.constantFrom(0, 1, UNDO_MINUTES),
  /** The same transition is requested twice at once. */
  twice: fc.boolean(),
});
const steps = fc.array(
  fc.oneof({ weight: 2, arbitrary: submit }, { weight: 5, arbitrary: transition }),
  {
    minLength: 3,
    maxLength: 14,
  },
);

type Submit = typeof submit extends fc.Arbitrary<infer Step> ? Step : never;
type Change = typeof transition extends fc.Arbitrary<infer Step> ? Step : never;

/** Carries out random steps and checks each. */
class Run {
  now = NOW;
  readonly ids: string[] = [];

  async submit({ service, window, held }: Submit): Promise<void> {
    const name = `Khách ${this.ids.length}`;
    const phone = `091234${String(1000 + this.ids.length)}`;
    try {
      const { id } = await submitBooking({ service, window, name, phone }, { now: this.now });
      this.ids.push(id);
      if (held) await hold(id);
    } catch (error) {
      if (!(error instanceof Error && error.message === 'full')) throw error;
    }
  }

  async transition({ of, transition: name, window, minutes, twice }: Change): Promise<void> {
    const id = this.ids[of % Math.max(1, this.ids.length)];
    if (id === undefined) return;
    this.now = later(this.now, { minutes });
    const before = await readBooking(id);
    const takesStart = name === 'reschedule' || name === 'release' || name === 'undoCancel';
    const start = takesStart ? { start: { date: '2026-11-26', window } } : {};
    const request = {
      booking: before,
      transition: name,
      actor: 'staff',
      now: this.now,
      ...start,
    } as const;
    const outcomes = await Promise.all(
      Array.from({ length: twice ? 2 : 1 }, () => transitionBooking(env, request)),
    );
    check(before, await readBooking(id), {
      name,
      outcomes,
      now: this.now,
      start: request.start,
    });
  }
}

/** A transition was done wholly where state and time allow it, else nothing changed. */
function check(
  before: Booking,
  after: Booking,
  run: {
    name: BookingTransition;
    outcomes: TransitionOutcome[];
    now: Date;
    start: { date: string; window: string } | undefined;
  },
): void {
  const { name, outcomes, now, start } = run;
  const done = outcomes.filter(({ outcome }) => outcome === 'done').length;
  const limit = limitOf(name);
  const inTime = limit === undefined || now < later(before.stateAt, limit);
  if (!canTransition(before.state, name) || !inTime) {
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(outcomes.map(() => 'stale'));
  } else if (start === undefined) expect(done).toBe(1);
  else expect(done).toBeLessThanOrEqual(1);
  if (done === 0) {
    expect(after).toEqual(before);
    return;
  }
  const { to } = bookingTransitions[name];
  const ends: readonly BookingState[] =
    to === 'former' ? ['requested', 'confirmed'] : [to ?? before.state];
  const step = name === 'decline' || name === 'lapse' ? 2 : 1;
  expect(ends).toContain(after.state);
  expect(after.version).toBe(before.version + step);
  expect(after.window).toBe(start?.window ?? before.window);
}

async function hold(id: string): Promise<void> {
  await env.DB.batch([
    env.DB.prepare("update bookings set state = 'held', hold_reason = 'links' where id = ?").bind(
      id,
    ),
    env.DB.prepare('delete from seats where booking_id = ?').bind(id),
    env.DB.prepare('delete from deliveries where subject_id = ?').bind(id),
  ]);
}

/** Bookings whose events share a version, or whose row does not carry the newest event. */
async function findVersionGaps(): Promise<unknown[]> {
  const { results } = await env.DB.prepare(
    `select b.id from bookings b where b.version <> (select max(version) from events where subject_id = b.id)
       or (select count(*) from events where subject_id = b.id)
        <> (select count(distinct version) from events where subject_id = b.id)
       or b.last_event_id <> (select id from events where subject_id = b.id order by version desc limit 1)`,
  ).all();
  return results;
}

/** Bookings whose data key has another end in KV than in the row. */
async function findKeyDrift(ids: readonly string[]): Promise<string[]> {
  const { keys } = await env.VAULT.list();
  const ends = new Map(keys.map((key) => [key.name, key.expiration]));
  const records = await Promise.all(ids.map(readBooking));
  return records
    .filter(({ id, keyEndsAt }) => ends.get(id) !== Math.floor(keyEndsAt.getTime() / 1000))
    .map(({ id, state }) => `${id} ${state}`);
}

test(
  'any sequence of transitions keeps states, versions, seats and keys right',
  { timeout: 180_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        await deleteBookings();
        const run = new Run();
        for (const step of sequence) {
          await (step.kind === 'submit' ? run.submit(step) : run.transition(step));
          expect(await findBroken()).toEqual([]);
        }
        expect(await findVersionGaps()).toEqual([]);
        expect(await findKeyDrift(run.ids)).toEqual([]);
      }),
      { numRuns: 25, seed: 20261123 },
    );
  },
);

test('a batch that fails because no seat is left is recognised among all failures', () => {
  expect(isWindowFull(new Error('D1_ERROR: CHECK constraint failed: window_full: …'))).toBe(true);
  expect(isWindowFull(new Error('D1_ERROR: UNIQUE constraint failed'))).toBe(false);
});
