import type { Gate } from './sqlite-d1.ts';

/**
 * How a step goes: well; failing before its effect; failing after its effect took place; the process dying after its
 * effect; or answering with what the store held before the run.
 */
export type Mode = 'well' | 'before' | 'after' | 'dies' | 'outdated';

/** How one actor ended; `undefined` where it died. */
export type Ending = { value: unknown } | { error: unknown } | undefined;

/** The step of a run that went wrong, and the actor's name. */
export interface Fault {
  name: string;
  label: string;
  mode: Mode;
}

/** One of several concurrent actions. Two actors with the same name are interchangeable. */
export interface Actor {
  name: string;
  run: (gate: Gate) => Promise<unknown>;
}

/** The state that the actors share, and what has to hold of it. */
export interface Model {
  /** Resets the state and returns the actors. */
  begin: () => Actor[];
  /** An answer of a store as text. It is the same in every replay; two equal texts make an actor go on alike. */
  describe: (answer: unknown) => string;
  /** The whole state of the stores as text. From two equal texts on, everything goes on alike. */
  state: () => string;
  /** A fault as text, two of which are equal only where `checkEnd` asks the same after both. */
  describeFault: (fault: Fault | null) => string;
  /** Throws where an invariant does not hold after a step. */
  checkStep: () => void;
  /** Throws where an invariant does not hold at the end of a run; `fault` is the step that went wrong in it. */
  checkEnd: (endings: readonly Ending[], fault: Fault | null) => Promise<void>;
}

/** What an actor sees of a step. */
type Answer = { value: unknown } | { error: unknown };

interface Waiting {
  label: string;
  go: (mode: Mode) => Answer;
}

interface Choice {
  options: readonly Option[];
  taken: number;
  /** What the actor that went has seen by then. */
  past: string;
}

/** A step that may come next. */
interface Option {
  actor: number;
  mode: Mode;
  /** How many interruptions it costs. */
  cost: number;
}

/** All that an actor sees of a failed step; it cannot know whether the effect took place. */
const FAULT = 'The store did not answer';
/** A read has no effect, so a lost answer is a failed read, and dying after it is dying after the step before. */
const wrongReads: readonly Mode[] = ['before'];
const wrongKeyReads: readonly Mode[] = ['before', 'outdated'];
const wrongWrites: readonly Mode[] = ['before', 'after', 'dies'];

/** Whether a step leaves the stores as they are. */
export function isRead(label: string): boolean {
  return /^(?:kv (?:get|list)|d1 select)\b/.test(label);
}

/**
 * Tries every order in which the steps of the actors can take place, and in each order every single step going wrong in
 * each way. Where `interruptions` is finite, only the orders with at most so many: an actor that could go on is stopped
 * for another one, or a step goes wrong. Each run is replayed from the start. A run is not followed further where the
 * state, and what every actor has seen, are those of an earlier run with no more interruptions. Returns how many different
 * states were seen.
 */
export async function exploreAll(model: Model, interruptions = Infinity): Promise<number> {
  const known = new Map<string, number>();
  const choices: Choice[] = [];
  do {
    const steps: string[] = [];
    try {
      await runOnce({ model, interruptions, known, choices, steps });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${reason}\n${steps.join('\n')}`, { cause: error });
    }
  } while (advance(choices));
  return known.size;
}

interface Run {
  model: Model;
  interruptions: number;
  /** The states seen, each with the fewest interruptions that led to it. */
  known: Map<string, number>;
  /** The choices made; those there already are made again, and the run goes on from the last of them. */
  choices: Choice[];
  steps: string[];
}

async function runOnce({ model, interruptions, known, choices, steps }: Run): Promise<void> {
  const actors = model.begin();
  const scheduler = new Scheduler(actors);
  const past = actors.map(({ name }) => name);
  const replayed = choices.length - 1;
  let fault: Fault | null = null;
  let last = -1;
  let spent = 0;
  for (let step = 0; ; step += 1) {
    const open = await scheduler.listOpen();
    if (open.length === 0) return model.checkEnd(scheduler.endings, fault);
    if (!open.some(({ actor }) => actor === last)) last = -1;
    if (step > replayed) {
      const here = [
        model.state(),
        model.describeFault(fault),
        ...scheduler.listPasts(past).toSorted(),
        ...(interruptions < Infinity ? [past[last]] : []),
      ].join('|');
      if ((known.get(here) ?? Infinity) <= spent) return;
      known.set(here, spent);
      const left = interruptions - spent;
      const options = open
        .flatMap(({ actor, label }) => listOptions({ actor, label }, last, fault !== null))
        .filter(({ cost }) => cost <= left);
      choices.push({ options, taken: 0, past: '' });
    }
    const choice = choices[step];
    const option = choice?.options[choice.taken];
    if (choice === undefined || option === undefined) throw new Error('No step can come next');
    const { actor, mode, cost } = option;
    const { label, answer } = scheduler.go(actor, mode);
    steps.push(`${actor}: ${label}${mode === 'well' ? '' : ` (${mode})`}`);
    if (step >= replayed) {
      const seen = 'value' in answer ? model.describe(answer.value) : String(answer.error);
      choice.past = `${past[actor]};${label} ${seen}`;
      if (!isRead(label)) model.checkStep();
    }
    past[actor] = choice.past;
    last = actor;
    spent += cost;
    if (mode !== 'well') fault = { name: actors[actor]?.name ?? '', label, mode };
  }
}

/** The ways in which an actor's next step may go. */
function listOptions(
  { actor, label }: { actor: number; label: string },
  last: number,
  wrong: boolean,
): Option[] {
  const reads = label === 'kv get' ? wrongKeyReads : wrongReads;
  const faults = isRead(label) ? reads : wrongWrites;
  const stops = last >= 0 && last !== actor ? 1 : 0;
  return (['well', ...(wrong ? [] : faults)] as const).map((mode) => ({
    actor,
    mode,
    cost: stops + (mode === 'well' ? 0 : 1),
  }));
}

/** Moves on to the next run in order; false where all were made. */
function advance(choices: Choice[]): boolean {
  const last = choices.findLastIndex(({ options, taken }) => taken + 1 < options.length);
  choices.length = last + 1;
  const choice = choices[last];
  if (choice === undefined) return false;
  choice.taken += 1;
  return true;
}

/** Runs each actor up to its next step and lets one of them make it. */
class Scheduler {
  readonly endings: Ending[];
  readonly #waiting = new Map<number, Waiting>();
  readonly #ended = new Set<number>();
  #wake: () => void = () => undefined;

  constructor(actors: readonly Actor[]) {
    this.endings = actors.map(() => undefined);
    actors.forEach(({ run }, index) => this.#start(run, index));
  }

  /** Waits until every actor has reached its next step or has ended. Returns the next steps. */
  async listOpen(): Promise<{ actor: number; label: string }[]> {
    while (this.#waiting.size + this.#ended.size < this.endings.length) {
      await new Promise<void>((resume) => (this.#wake = resume));
    }
    return [...this.#waiting]
      .map(([actor, { label }]) => ({ actor, label }))
      .toSorted((one, other) => one.actor - other.actor);
  }

  /** Lets an actor make its step. Returns the step's label and what the actor sees of it. */
  go(actor: number, mode: Mode): { label: string; answer: Answer } {
    const step = this.#waiting.get(actor);
    if (step === undefined) throw new Error('An actor without a step');
    this.#waiting.delete(actor);
    return { label: step.label, answer: step.go(mode) };
  }

  /** What each actor has seen so far, which decides what it does next; of one that has ended, its outcome. */
  listPasts(past: readonly string[]): string[] {
    return past.map((life, at) => {
      if (!this.#ended.has(at)) return life;
      const ending = this.endings[at];
      return ending !== undefined && 'value' in ending ? `ended: ${outcomeOf(ending.value)}` : '';
    });
  }

  #start(run: Actor['run'], index: number): void {
    const gate: Gate = (label, effect, outdated = effect) =>
      new Promise((resolve, reject) => {
        const go = (mode: Mode) => {
          if (mode === 'dies') this.#ended.add(index);
          return perform({ mode, effect, outdated, resolve, reject });
        };
        this.#waiting.set(index, { label, go });
        this.#wake();
      });
    const end = (ending: Ending) => {
      this.endings[index] = ending;
      this.#ended.add(index);
      this.#wake();
    };
    run(gate).then(
      (value) => end({ value }),
      (error: unknown) => end({ error }),
    );
  }
}

function outcomeOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'outcome' in value
    ? String(value.outcome)
    : '';
}

function perform<T>(step: {
  mode: Mode;
  effect: () => T;
  outdated: () => T;
  resolve: (value: T) => void;
  reject: (error: unknown) => void;
}): Answer {
  const { mode, effect, outdated, resolve, reject } = step;
  const refuse = (error: unknown): Answer => {
    if (mode !== 'dies') reject(error);
    return { error };
  };
  if (mode === 'before') return refuse(new Error(FAULT));
  try {
    const value = mode === 'outdated' ? outdated() : effect();
    if (mode === 'after' || mode === 'dies') return refuse(new Error(FAULT));
    resolve(value);
    return { value };
  } catch (error) {
    return refuse(error);
  }
}
