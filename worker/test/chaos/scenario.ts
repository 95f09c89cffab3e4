import { env } from 'cloudflare:workers';
import { later } from '../../../shared/time';
import { book, eraseSome, moveSome, write } from './people';
import { isDispatchStopped, isStopTold, resumeDispatch } from './stop';
import { BEGIN, World } from './world';

/** Steps after which a scenario that does not come to rest is an error. */
const STEPS_MAX = 1_500;
/** Hours after which everything must be at rest: the whole clock after the last trouble. */
const HOURS_MAX = 90;

/** A scenario that has come to rest. */
export interface Played {
  world: World;
  /** Codes that customers have seen. */
  bookings: string[];
  messages: string[];
  /** What a person should have been told and was not. */
  untold: string[];
  /** Whether dispatch stopped the channel. */
  stopped: boolean;
}

/**
 * Plays one scenario to its rest: people act for some hours, things fail for up to 60, then the clock runs on. Where dispatch
 * stopped the channel, a person sees it, opens the channel, and the clock runs on again.
 */
export async function playScenario(seed: number): Promise<Played> {
  const world = new World(seed);
  const played: Played = { world, bookings: [], messages: [], untold: [], stopped: false };
  const acts = planActs(world);
  world.nextAct = () => act(played, acts.shift());
  await runToRest(played, acts);
  if (await isDispatchStopped()) {
    played.stopped = true;
    if (!(await isStopTold(world))) played.untold.push('dispatch is stopped and nobody is told');
    await resumeDispatch(world.now);
    await runToRest(played, []);
  }
  return played;
}

async function runToRest(played: Played, acts: Act[]): Promise<void> {
  const { world } = played;
  const end = later(world.now, { hours: HOURS_MAX });
  for (let step = 0; step < STEPS_MAX && world.now < end; step += 1) {
    while (acts[0] !== undefined && acts[0].at <= world.now) await act(played, acts.shift());
    await world.runQueue();
    await world.tick();
    const next = await nextMoment(acts[0]?.at ?? null);
    if (next === null && world.now >= world.faultsEnd) return;
    world.advanceTo(next ?? world.faultsEnd);
  }
  throw new Error('A scenario does not come to rest');
}

interface Act {
  at: Date;
  kind: 'book' | 'write' | 'move' | 'erase';
}

function planActs({ random }: World): Act[] {
  const plan = (kind: Act['kind'], count: number, minutes: number) =>
    Array.from({ length: count }, () => ({
      kind,
      at: later(BEGIN, { minutes: random.below(minutes) }),
    }));
  const acts = [
    ...plan('book', 1 + random.below(4), 60),
    ...plan('write', random.below(2), 60),
    ...plan('move', random.below(9), 300),
    ...plan('erase', random.below(2), 400),
  ];
  return acts.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

async function act(played: Played, next: Act | undefined): Promise<void> {
  const { world, bookings, messages } = played;
  if (next === undefined) return;
  if (next.kind === 'move') return moveSome(world, bookings);
  if (next.kind === 'erase') return eraseSome(world, bookings);
  const number = bookings.length + messages.length + world.random.below(300);
  const code = next.kind === 'book' ? await book(world, number) : await write(world, number);
  if (code !== null) (next.kind === 'book' ? bookings : messages).push(code);
}

/** When there is something to do again: an act, a delivery that is due, a lease that ends. Minutes between change nothing. */
async function nextMoment(act: Date | null): Promise<Date | null> {
  const row = await env.DB.prepare(
    `select min(case when status = 'sending' then lease_ends_at else next_attempt_at end) as at
     from deliveries where status in ('due', 'sending')
       and channel not in (select name from channels where stopped_at is not null)`,
  ).first<{ at: string | null }>();
  const at = row?.at ?? null;
  const due = at === null ? null : new Date(at);
  if (act === null || due === null) return act ?? due;
  return act < due ? act : due;
}
