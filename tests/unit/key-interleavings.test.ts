import process from 'node:process';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import {
  type Action,
  askToErase,
  book,
  bookingActions,
  lateActions,
  messageActions,
  write,
} from './key-actions.ts';
import { saveStart, bringEndNear, emptyStores, makeEnv } from './key-stores.ts';
import { explore } from './key-invariants.ts';

/**
 * `npm run orders` tries all pairs in every order and all triples in the orders with two interruptions, as
 * `docs/decisions/0048-bounded-orders.md` says; `npm test` leaves out triples, the pairs of two long ones and, but for a
 * request, of a long one and an erasure.
 */
const AT_ONCE = Number(process.env['AT_ONCE'] ?? 2);
const IS_BRIEF = process.env['AT_ONCE'] === undefined;
const INTERRUPTIONS = AT_ONCE > 2 ? 2 : Infinity;
/** Actions of many steps: two of them at once take long. */
const LONG = [
  'cancel',
  'close',
  'confirm',
  'correct',
  'decline',
  'purge',
  'purge late',
  'reschedule',
  'undo the confirm',
];
const TIMEOUT = 3_600_000;

type Actions = Readonly<Record<string, Action>>;

/** One stored record, and the actions that are tried on it. */
interface Scene {
  /** Stores the record and returns its id. */
  begin: () => Promise<string>;
  actions: Actions;
  /** Actions of this scene only. */
  own: readonly string[];
  /** Actions that other scenes have too. */
  common: readonly string[];
}

async function stored(
  submit: typeof book | typeof write,
  {
    held = false,
    moves = [],
    actions = {},
  }: { held?: boolean; moves?: string[]; actions?: Actions },
): Promise<string> {
  const outcome = await submit(makeEnv(), 'Nguyễn Thị Lan', held ? 'links' : null);
  if (outcome.outcome !== 'accepted') throw new Error(outcome.outcome);
  const { id } = outcome.record;
  for (const move of moves)
    await actions[move]?.(makeEnv(), id, async (_label, effect) => effect());
  return id;
}

const booking = (moves: string[] = []) => stored(book, { moves, actions: bookingActions });
const message = (moves: string[] = []) => stored(write, { moves, actions: messageActions });

async function nearItsEnd(record: Promise<string>): Promise<string> {
  const id = await record;
  bringEndNear(id);
  return id;
}

async function toBeErased(record: Promise<string>): Promise<string> {
  const id = await record;
  await askToErase(makeEnv(), id);
  return id;
}

const scenes: Readonly<Record<string, Scene>> = {
  'a request': {
    begin: () => booking(),
    actions: bookingActions,
    own: ['confirm', 'decline', 'cancel', 'reschedule', 'correct', 'submit'],
    common: ['erase', 'reconcile'],
  },
  'a request whose erasure was asked for': {
    begin: () => toBeErased(booking()),
    actions: bookingActions,
    own: ['purge'],
    common: ['confirm', 'cancel', 'erase', 'reconcile'],
  },
  'a confirmed booking': {
    begin: () => booking(['confirm']),
    actions: bookingActions,
    own: ['undo the confirm', 'cancel'],
    common: ['erase', 'reconcile'],
  },
  'a declined request': {
    begin: () => booking(['decline']),
    actions: bookingActions,
    own: ['undo the decline'],
    common: ['erase', 'reconcile'],
  },
  'a held request': {
    begin: () => stored(book, { held: true }),
    actions: bookingActions,
    own: ['release', 'drop'],
    common: ['erase', 'reconcile'],
  },
  'a cancelled booking near its end': {
    begin: () => nearItsEnd(booking(['cancel'])),
    actions: { ...bookingActions, ...lateActions },
    own: ['reconcile late', 'purge late'],
    common: ['erase', 'reconcile', 'submit'],
  },
  'a held request near its end': {
    begin: () => nearItsEnd(stored(book, { held: true })),
    actions: { ...bookingActions, ...lateActions },
    own: ['drop late'],
    common: ['reconcile late', 'purge late', 'erase', 'reconcile'],
  },
  'a message': {
    begin: () => message(),
    actions: messageActions,
    own: ['answer', 'close', 'submit'],
    common: ['erase', 'reconcile'],
  },
  'a message whose erasure was asked for': {
    begin: () => toBeErased(message()),
    actions: messageActions,
    own: ['purge'],
    common: ['answer', 'close', 'erase', 'reconcile'],
  },
  'a held message': {
    begin: () => stored(write, { held: true }),
    actions: messageActions,
    own: ['release', 'drop'],
    common: ['erase', 'reconcile'],
  },
  'a message near its end': {
    begin: () => nearItsEnd(message(['answer'])),
    actions: { ...messageActions, ...lateActions },
    own: ['reconcile late', 'purge late', 'close'],
    common: ['erase', 'reconcile'],
  },
};

/** A pair may be the same action twice; the actions of a triple differ. */
function choose(names: readonly string[], size: number): string[][] {
  if (size === 0) return [[]];
  return names.flatMap((name, at) => {
    const others = names.slice(AT_ONCE > 2 ? at + 1 : at);
    return choose(others, size - 1).map((chosen) => [name, ...chosen]);
  });
}

/** The pairs or triples of a scene. Those that every scene has are tried in the first only. */
function combinationsOf({ own, common }: Scene, isFirst: boolean): string[][] {
  return choose([...own, ...common], AT_ONCE).filter((names) => {
    const isOwn = isFirst || names.some((name) => own.includes(name));
    const long = names.filter((name) => LONG.includes(name));
    const isLong = long.length > 1 || (!isFirst && long.length > 0 && names.includes('erase'));
    return isOwn && !(IS_BRIEF && isLong);
  });
}

beforeAll(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  // What waits for its second waits for the others' steps only.
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((done: () => void) =>
    queueMicrotask(done)) as unknown as typeof setTimeout);
});

describe.each(Object.entries(scenes).map(([name, scene], at) => ({ name, scene, at })))(
  'two or three actions at once on $name, with every step failing in every way',
  ({ scene, at }) => {
    let id = '';

    beforeAll(async () => {
      emptyStores();
      id = await scene.begin();
      saveStart();
    });

    test.each(
      combinationsOf(scene, at === 0).map((names) => ({ names, title: names.join(' with ') })),
    )('$title', { timeout: TIMEOUT }, async ({ names }) => {
      const actions = names.flatMap((name) => {
        const action = scene.actions[name];
        return action === undefined ? [] : [{ name, action }];
      });
      expect(actions).toHaveLength(AT_ONCE);
      expect(await explore({ id, actions, interruptions: INTERRUPTIONS })).toBeGreaterThan(4);
    });
  },
);
