import type { Random } from './random';

/** How often a binding's call fails, and how often the isolate dies at it. */
export interface FaultRates {
  failure: number;
  crash: number;
}

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

/** One run of the Worker: a request, a queue batch or a minute of the clock. After its crash nothing it does counts. */
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
  call<T>(work: () => Promise<T>): Promise<T> {
    return this.turns.take(() => this.tryCall(work));
  }

  /** Throws in a dead isolate. */
  assertAlive(): void {
    if (!this.crashed) return;
    this.faults += 1;
    throw new Error('the isolate is dead');
  }

  private async tryCall<T>(work: () => Promise<T>): Promise<T> {
    this.assertAlive();
    const roll = this.random.next();
    const { failure, crash } = this.rates;
    if (roll >= failure + crash) return this.finish(work);
    this.faults += 1;
    if (this.random.chance(0.5)) await work();
    if (roll < crash) this.crashed = true;
    throw new Error('Network connection lost.');
  }

  /** A call that another one's crash overtook is not seen. */
  private async finish<T>(work: () => Promise<T>): Promise<T> {
    const value = await work();
    this.assertAlive();
    return value;
  }
}

/** The database as one invocation sees it. */
export function faultyDatabase(db: D1Database, invocation: Invocation): D1Database {
  const originals = new WeakMap<object, D1PreparedStatement>();
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const wrapped = {
      bind: (...values: unknown[]) => wrap(statement.bind(...values)),
      run: () => invocation.call(() => statement.run()),
      all: () => invocation.call(() => statement.all()),
      first: () => invocation.call(() => statement.first()),
    } as unknown as D1PreparedStatement;
    originals.set(wrapped, statement);
    return wrapped;
  };
  const unwrap = (statement: D1PreparedStatement) => {
    const original = originals.get(statement);
    if (original === undefined) throw new Error('a statement of another database');
    return original;
  };
  return {
    prepare: (sql: string) => wrap(db.prepare(sql)),
    batch: (statements: D1PreparedStatement[]) =>
      invocation.call(() => db.batch(statements.map(unwrap))),
  } as unknown as D1Database;
}

/** The vault's store as one invocation sees it: every one of its calls can fail. */
export function faultyStore(kv: KVNamespace, invocation: Invocation): KVNamespace {
  return new Proxy(kv, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...parameters: unknown[]) =>
        invocation.call(() => Reflect.apply(member, target, parameters) as Promise<unknown>);
    },
  });
}
