import { failBatches, type WriteMode } from '../../dev/strict-stores';
import { wrapDatabase } from '../wrap-database';
import type { Random } from './random';

/** How often a binding's call fails, and how often the isolate dies at it. */
export interface FaultRates {
  failure: number;
  crash: number;
  /** How often a batch of the database gets no answer. */
  batch: number;
}

const D1_FAULT = 'D1_ERROR: Network connection lost.';
const KV_FAULT = 'KV GET failed: 500 Internal Server Error';

/** Lets one call of a binding run at a time, so that a seed gives the same order of calls again. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs the work when those before it have ended. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work, work);
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}

/** One run of the Worker: a request, a queue batch or a cron run. After its crash nothing it does counts. */
export class Invocation {
  crashed = false;
  /** Faults so far; a message sent before the newest one may not have been marked as sent. */
  faults = 0;

  constructor(
    readonly number: number,
    private readonly random: Random,
    private readonly rates: FaultRates,
    private readonly turns: Turns,
  ) {}

  /** Does the work, or fails before or after it, or dies before or after it. */
  call<T>(work: () => Promise<T>, fault = 'Network connection lost.'): Promise<T> {
    return this.turns.take(() => this.tryCall(work, fault));
  }

  /** How the next batch of the database goes. */
  nextBatch(): WriteMode {
    const roll = this.random.next();
    if (roll >= this.rates.batch) return 'well';
    this.faults += 1;
    return roll < this.rates.batch / 2 ? 'before' : 'after';
  }

  /** Throws in a dead isolate. */
  assertAlive(): void {
    if (!this.crashed) return;
    this.faults += 1;
    throw new Error('the isolate is dead');
  }

  private async tryCall<T>(work: () => Promise<T>, fault: string): Promise<T> {
    this.assertAlive();
    const roll = this.random.next();
    const { failure, crash } = this.rates;
    if (roll >= failure + crash) return this.finish(work);
    this.faults += 1;
    if (this.random.chance(0.5)) await work();
    if (roll < crash) this.crashed = true;
    throw new Error(fault);
  }

  /** The answer of a call is not seen where another call has crashed the isolate meanwhile. */
  private async finish<T>(work: () => Promise<T>): Promise<T> {
    const value = await work();
    this.assertAlive();
    return value;
  }
}

/** The database as one invocation sees it: every one of its calls can fail, a batch more often. */
export function faultyDatabase(db: D1Database, invocation: Invocation): D1Database {
  const faulty = wrapDatabase(db, (call) => invocation.call(call, D1_FAULT));
  return failBatches(faulty, () => invocation.nextBatch());
}

/** The key store as one invocation sees it: every one of its calls can fail. */
export function faultyKeyStore(kv: KVNamespace, invocation: Invocation): KVNamespace {
  return new Proxy(kv, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...parameters: unknown[]) =>
        invocation.call(
          () => Reflect.apply(member, target, parameters) as Promise<unknown>,
          KV_FAULT,
        );
    },
  });
}
