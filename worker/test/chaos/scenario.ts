import { env } from 'cloudflare:workers';
import { later } from '../../../shared/time';
import { book, eraseSome, moveSome, write } from './people';
import { isDispatchStopped, isStopReported, resumeDispatch } from './stop';
import { NOW } from '../fixtures';
import { Simulation } from './simulation';

/** Steps after which a scenario that does not come to rest is an error. */
const STEPS_MAX = 1_500;
/** Hours after which everything must be at rest: longer than the retries after the last fault. */
const HOURS_MAX = 90;

/** A scenario that has come to rest. */
export interface Played {
  simulation: Simulation;
  /** Codes that customers have seen. */
  bookings: string[];
  messages: string[];
  /** What staff should have been notified of and were not. */
  unreported: string[];
  /** Whether dispatch stopped its channel by 410. */
  stopped: boolean;
}

/**
 * Plays one scenario until nothing is due any more: people act for some hours, things fail for up to 60, then cron goes on
 * alone. Where dispatch stopped its channel, a person resumes it, and cron goes on again.
 */
export async function playScenario(seed: number): Promise<Played> {
  const simulation = new Simulation(seed);
  const played: Played = { simulation, bookings: [], messages: [], unreported: [], stopped: false };
  const actions = planActions(simulation);
  simulation.nextAction = () => carryOut(played, actions.shift());
  await runToRest(played, actions);
  if (await isDispatchStopped()) {
    played.stopped = true;
    if (!(await isStopReported(simulation)))
      played.unreported.push('dispatch is stopped and nobody was notified');
    await resumeDispatch(simulation.now);
    await runToRest(played, []);
  }
  return played;
}

async function runToRest(played: Played, actions: Action[]): Promise<void> {
  const { simulation } = played;
  const end = later(simulation.now, { hours: HOURS_MAX });
  for (let step = 0; step < STEPS_MAX && simulation.now < end; step += 1) {
    while (actions[0] !== undefined && actions[0].at <= simulation.now)
      await carryOut(played, actions.shift());
    await simulation.runQueue();
    await simulation.runCron();
    const next = await nextMoment(actions[0]?.at ?? null);
    if (next === null && simulation.now >= simulation.faultsEnd) return;
    simulation.advanceTo(next ?? simulation.faultsEnd);
  }
  throw new Error('A scenario does not come to rest');
}

interface Action {
  at: Date;
  kind: 'book' | 'write' | 'move' | 'erase';
}

function planActions({ random }: Simulation): Action[] {
  const plan = (kind: Action['kind'], count: number, minutes: number) =>
    Array.from({ length: count }, () => ({
      kind,
      at: later(NOW, { minutes: random.below(minutes) }),
    }));
  const actions = [
    ...plan('book', 1 + random.below(4), 60),
    ...plan('write', random.below(2), 60),
    ...plan('move', random.below(9), 300),
    ...plan('erase', random.below(2), 400),
  ];
  return actions.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

async function carryOut(played: Played, next: Action | undefined): Promise<void> {
  const { simulation, bookings, messages } = played;
  if (next === undefined) return;
  if (next.kind === 'move') return moveSome(simulation, bookings);
  if (next.kind === 'erase') return eraseSome(simulation, bookings);
  const number = bookings.length + messages.length + simulation.random.below(300);
  const code =
    next.kind === 'book' ? await book(simulation, number) : await write(simulation, number);
  if (code !== null) (next.kind === 'book' ? bookings : messages).push(code);
}

/** When there is something to do again: an action, a delivery that is due, a lease that ends. */
async function nextMoment(action: Date | null): Promise<Date | null> {
  const row = await env.DB.prepare(
    `select min(case when status = 'sending' then lease_ends_at else next_attempt_at end) as at
     from deliveries where status in ('due', 'sending')
       and channel not in (select name from channels where stopped_at is not null)`,
  ).first<{ at: string | null }>();
  const at = row?.at ?? null;
  const due = at === null ? null : new Date(at);
  if (action === null || due === null) return action ?? due;
  return action < due ? action : due;
}
