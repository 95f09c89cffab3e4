import type { Gate } from './sqlite-d1.ts';

/** How a step goes: well, or wrong before its effect, after it though it took place, or with the process dying after it. */
export type Mode = 'well' | 'before' | 'after' | 'dies';

/** What one actor came to; `undefined` where it died. */
export type Ending = { value: unknown } | { error: unknown } | undefined;

/** The world that actors share, as the explorer needs it. */
export interface World {
  /** Starts the world anew, with its actors. */
  begin: () => ((gate: Gate) => Promise<unknown>)[];
  /** What an actor can tell of the stores after a step with this label; equal texts are the same to it. */
  seenBy: (label: string) => string;
  /** The whole state of the stores; equal texts behave alike from here on. */
  state: () => string;
  /** Throws where a step has broken a promise. */
  checkStep: () => void;
  /** Throws where the end of a run breaks a promise; `wrong` tells whether a step went wrong in it. */
  checkEnd: (endings: readonly Ending[], wrong: boolean) => Promise<void>;
}

interface Waiting {
  label: string;
  go: (mode: Mode) => void;
}

interface Choice {
  open: number;
  taken: number;
}

const wrongModes: readonly Mode[] = ['before', 'after', 'dies'];

/**
 * Every order in which the steps of actors can take place, and in each of them every single step going wrong in each way.
 * Runs are replayed from the start; one that comes to a state known with the same past of every actor is not followed twice.
 * Answers how many different states were seen.
 */
export async function exploreAll(world: World): Promise<number> {
  const known = new Set<string>();
  for (let prefix: number[] | null = []; prefix !== null;) {
    const run: Run = { world, known, prefix, choices: [], trace: [] };
    try {
      await runOnce(run);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${reason}\n${run.trace.join('\n')}`, { cause: error });
    }
    prefix = nextPrefix(run.choices);
  }
  return known.size;
}

interface Run {
  world: World;
  known: Set<string>;
  prefix: readonly number[];
  choices: Choice[];
  trace: string[];
}

async function runOnce({ world, known, prefix, choices, trace }: Run): Promise<void> {
  const actors = world.begin();
  const stage = new Stage(actors);
  const past = actors.map(() => '');
  for (let wrong = false; ;) {
    const open = await stage.listOpen();
    if (open.length === 0) return world.checkEnd(stage.endings, wrong);
    const options = open.flatMap((actor) =>
      [...(['well'] as const), ...(wrong ? [] : wrongModes)].map((mode) => ({ actor, mode })),
    );
    if (choices.length >= prefix.length) {
      const here = [world.state(), wrong, ...past, ...stage.endings.map(describe)].join('|');
      if (known.has(here)) return;
      known.add(here);
    }
    const taken = prefix[choices.length] ?? 0;
    choices.push({ open: options.length, taken });
    const { actor, mode } = options[taken] ?? { actor: 0, mode: 'well' };
    const label = stage.go(actor, mode);
    trace.push(`${actor}: ${label}${mode === 'well' ? '' : ` (${mode})`}`);
    past[actor] += `${label} ${mode} ${world.seenBy(label)};`;
    wrong ||= mode !== 'well';
    world.checkStep();
  }
}

function describe(ending: Ending): string {
  return ending === undefined ? '' : Object.keys(ending).join();
}

function nextPrefix(choices: readonly Choice[]): number[] | null {
  const last = choices.findLastIndex(({ open, taken }) => taken + 1 < open);
  if (last < 0) return null;
  const kept = choices.slice(0, last).map(({ taken }) => taken);
  return [...kept, (choices[last]?.taken ?? 0) + 1];
}

/** Actors at their gates: each waits before its next step until it is told to go. */
class Stage {
  readonly endings: Ending[];
  readonly #waiting = new Map<number, Waiting>();
  readonly #ended = new Set<number>();
  #wake: () => void = () => undefined;

  constructor(actors: readonly ((gate: Gate) => Promise<unknown>)[]) {
    this.endings = actors.map(() => undefined);
    actors.forEach((actor, index) => this.#start(actor, index));
  }

  /** The actors that can go on, once every actor stands at its gate or has ended. */
  async listOpen(): Promise<number[]> {
    while (this.#waiting.size + this.#ended.size < this.endings.length) {
      await new Promise<void>((resume) => (this.#wake = resume));
    }
    return [...this.#waiting.keys()].toSorted((a, b) => a - b);
  }

  /** Lets an actor make its step; answers the step's label. */
  go(actor: number, mode: Mode): string {
    const step = this.#waiting.get(actor);
    if (step === undefined) throw new Error('An actor without a step');
    this.#waiting.delete(actor);
    step.go(mode);
    return step.label;
  }

  #start(actor: (gate: Gate) => Promise<unknown>, index: number): void {
    const gate: Gate = (label, effect) =>
      new Promise((resolve, reject) => {
        const go = (mode: Mode) => {
          if (mode === 'dies') this.#ended.add(index);
          perform({ mode, effect, resolve, reject });
        };
        this.#waiting.set(index, { label, go });
        this.#wake();
      });
    const end = (ending: Ending) => {
      this.endings[index] = ending;
      this.#ended.add(index);
      this.#wake();
    };
    actor(gate).then(
      (value) => end({ value }),
      (error: unknown) => end({ error }),
    );
  }
}

function perform<T>(step: {
  mode: Mode;
  effect: () => T;
  resolve: (value: T) => void;
  reject: (error: unknown) => void;
}): void {
  const { mode, effect, resolve, reject } = step;
  if (mode === 'before') return reject(new Error('The store did not answer'));
  try {
    const value = effect();
    if (mode === 'well') resolve(value);
    if (mode === 'after') reject(new Error('The answer was lost'));
  } catch (error) {
    if (mode !== 'dies') reject(error);
  }
}
