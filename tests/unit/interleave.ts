import type { Gate } from './sqlite-d1.ts';

/**
 * How a step goes: well, or wrong before its effect, after it though it took place, with the process dying after it, or with an
 * answer from before all that happened.
 */
export type Mode = 'well' | 'before' | 'after' | 'dies' | 'outdated';

/** What one actor came to; `undefined` where it died. */
export type Ending = { value: unknown } | { error: unknown } | undefined;

/** The step of a run that went wrong, and whose it was. */
export interface Fault {
  name: string;
  label: string;
  mode: Mode;
}

/** Something that happens at once with others; two with the same name are interchangeable. */
export interface Actor {
  name: string;
  act: (gate: Gate) => Promise<unknown>;
}

/** The world that actors share, as the explorer needs it. */
export interface World {
  /** Starts the world anew, with its actors. */
  begin: () => Actor[];
  /** What a store answered, in words that are the same in every replay; equal texts are the same to an actor. */
  describe: (answer: unknown) => string;
  /** The whole state of the stores; equal texts behave alike from here on. */
  state: () => string;
  /** Throws where a step has broken a promise. */
  checkStep: () => void;
  /** Throws where the end of a run breaks a promise; `fault` is the step that went wrong in it. */
  checkEnd: (endings: readonly Ending[], fault: Fault | null) => Promise<void>;
}

/** What an actor sees of a step. */
type Answer = { value: unknown } | { error: unknown };

interface Waiting {
  label: string;
  go: (mode: Mode) => Answer;
}

interface Choice {
  open: number;
  taken: number;
  /** What the actor that went has seen by then. */
  past: string;
}

/** What an actor sees of a step that went wrong: not whether it took place. */
const FAULT = 'The store did not answer';
/** A read has no effect: dying after it is dying after the step before, and a lost answer is none. */
const wrongReads: readonly Mode[] = ['before'];
const wrongKeyReads: readonly Mode[] = ['before', 'outdated'];
const wrongWrites: readonly Mode[] = ['before', 'after', 'dies'];

/** Whether a step leaves the stores as they are. */
export function isRead(label: string): boolean {
  return /^(?:kv (?:get|list)|d1 select)\b/.test(label);
}

/**
 * Every order in which the steps of actors can take place, and in each of them every single step going wrong in each way.
 * Runs are replayed from the start; one that comes to a state that is known, with every actor having seen the same, is not followed twice.
 * Answers how many different states were seen.
 */
export async function exploreAll(world: World): Promise<number> {
  const known = new Set<string>();
  const choices: Choice[] = [];
  do {
    const trace: string[] = [];
    try {
      await runOnce({ world, known, choices, trace });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${reason}\n${trace.join('\n')}`, { cause: error });
    }
  } while (advance(choices));
  return known.size;
}

interface Run {
  world: World;
  known: Set<string>;
  /** The choices made; those there already are made again, and the run goes on from the last of them. */
  choices: Choice[];
  trace: string[];
}

async function runOnce({ world, known, choices, trace }: Run): Promise<void> {
  const actors = world.begin();
  const stage = new Stage(actors);
  const past = actors.map(({ name }) => name);
  const replayed = choices.length - 1;
  let fault: Fault | null = null;
  for (let step = 0; ; step += 1) {
    const open = await stage.listOpen();
    if (open.length === 0) return world.checkEnd(stage.endings, fault);
    const options = open.flatMap(({ actor, label }) => listModes(label, fault !== null, actor));
    if (step > replayed) {
      const here = [world.state(), JSON.stringify(fault), ...stage.listLives(past).toSorted()].join(
        '|',
      );
      if (known.has(here)) return;
      known.add(here);
      choices.push({ open: options.length, taken: 0, past: '' });
    }
    const choice = choices[step] ?? { open: 0, taken: 0, past: '' };
    const { actor, mode } = options[choice.taken] ?? { actor: 0, mode: 'well' };
    const { label, answer } = stage.go(actor, mode);
    trace.push(`${actor}: ${label}${mode === 'well' ? '' : ` (${mode})`}`);
    if (step >= replayed) {
      const seen = 'value' in answer ? world.describe(answer.value) : String(answer.error);
      choice.past = `${past[actor]};${label} ${seen}`;
      if (!isRead(label)) world.checkStep();
    }
    past[actor] = choice.past;
    if (mode !== 'well') fault = { name: actors[actor]?.name ?? '', label, mode };
  }
}

function listModes(label: string, wrong: boolean, actor: number): { actor: number; mode: Mode }[] {
  const reads = label === 'kv get' ? wrongKeyReads : wrongReads;
  const faults = isRead(label) ? reads : wrongWrites;
  return (['well', ...(wrong ? [] : faults)] as const).map((mode) => ({ actor, mode }));
}

/** Moves on to the next run in order; false where all were made. */
function advance(choices: Choice[]): boolean {
  const last = choices.findLastIndex(({ open, taken }) => taken + 1 < open);
  choices.length = last + 1;
  const choice = choices[last];
  if (choice === undefined) return false;
  choice.taken += 1;
  return true;
}

/** Actors at their gates: each waits before its next step until it is told to go. */
class Stage {
  readonly endings: Ending[];
  readonly #waiting = new Map<number, Waiting>();
  readonly #ended = new Set<number>();
  #wake: () => void = () => undefined;

  constructor(actors: readonly Actor[]) {
    this.endings = actors.map(() => undefined);
    actors.forEach(({ act }, index) => this.#start(act, index));
  }

  /** The actors that can go on with their next steps, once every actor stands at its gate or has ended. */
  async listOpen(): Promise<{ actor: number; label: string }[]> {
    while (this.#waiting.size + this.#ended.size < this.endings.length) {
      await new Promise<void>((resume) => (this.#wake = resume));
    }
    return [...this.#waiting]
      .map(([actor, { label }]) => ({ actor, label }))
      .toSorted((one, other) => one.actor - other.actor);
  }

  /** Lets an actor make its step; answers the step's label and what the actor sees of it. */
  go(actor: number, mode: Mode): { label: string; answer: Answer } {
    const step = this.#waiting.get(actor);
    if (step === undefined) throw new Error('An actor without a step');
    this.#waiting.delete(actor);
    return { label: step.label, answer: step.go(mode) };
  }

  /** What each actor will do from here hangs on what it saw; of one that has ended only what it came to is left. */
  listLives(past: readonly string[]): string[] {
    return past.map((life, at) => {
      if (!this.#ended.has(at)) return life;
      const ending = this.endings[at];
      return ending !== undefined && 'value' in ending ? `ended: ${outcomeOf(ending.value)}` : '';
    });
  }

  #start(act: Actor['act'], index: number): void {
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
    act(gate).then(
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
