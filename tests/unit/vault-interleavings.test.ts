import process from 'node:process';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import {
  type Act,
  askToErase,
  book,
  bookingActs,
  lateActs,
  messageActs,
  write,
} from './vault-acts.ts';
import { beginFromHere, bringEndNear, emptyHouse, makeEnv } from './vault-house.ts';
import { explore } from './vault-laws.ts';

/** `npm run orders` tries all that can happen at once, two by two and three by three; `npm test` two by two without the longest. */
const AT_ONCE = Number(process.env['AT_ONCE'] ?? 2);
const IS_BRIEF = process.env['AT_ONCE'] === undefined;
/** Acts of many steps: two of them at once take long. */
const LONG = ['cancel', 'close', 'correct', 'decline', 'purge', 'purge late', 'reschedule'];
const TIMEOUT = 3_600_000;

type Acts = Readonly<Record<string, Act>>;

/** A house with one record, and what can happen to it at once. */
interface Scene {
  /** How the record came there; answers its id. */
  begin: () => Promise<string>;
  acts: Acts;
  /** What happens in this scene only. */
  own: readonly string[];
  /** What happens in others too. */
  common: readonly string[];
}

async function begun(
  submit: typeof book | typeof write,
  { held = false, moves = [], acts = {} }: { held?: boolean; moves?: string[]; acts?: Acts },
): Promise<string> {
  const outcome = await submit(makeEnv(), 'Nguyễn Thị Lan', held ? 'links' : null);
  if (outcome.outcome !== 'accepted') throw new Error(outcome.outcome);
  const { id } = outcome.record;
  for (const move of moves) await acts[move]?.(makeEnv(), id, async (_label, effect) => effect());
  return id;
}

const booking = (moves: string[] = []) => begun(book, { moves, acts: bookingActs });
const message = (moves: string[] = []) => begun(write, { moves, acts: messageActs });

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
    acts: bookingActs,
    own: ['confirm', 'decline', 'cancel', 'reschedule', 'correct', 'submit'],
    common: ['erase', 'reconcile'],
  },
  'a request whose erasure was asked for': {
    begin: () => toBeErased(booking()),
    acts: bookingActs,
    own: ['purge'],
    common: ['confirm', 'cancel', 'erase', 'reconcile'],
  },
  'a confirmed booking': {
    begin: () => booking(['confirm']),
    acts: bookingActs,
    own: ['undo the confirm', 'cancel'],
    common: ['erase', 'reconcile'],
  },
  'a declined request': {
    begin: () => booking(['decline']),
    acts: bookingActs,
    own: ['undo the decline'],
    common: ['erase', 'reconcile'],
  },
  'a held request': {
    begin: () => begun(book, { held: true }),
    acts: bookingActs,
    own: ['release', 'drop'],
    common: ['erase', 'reconcile'],
  },
  'a cancelled booking near its end': {
    begin: () => nearItsEnd(booking(['cancel'])),
    acts: { ...bookingActs, ...lateActs },
    own: ['reconcile late', 'purge late'],
    common: ['erase', 'reconcile', 'submit'],
  },
  'a held request near its end': {
    begin: () => nearItsEnd(begun(book, { held: true })),
    acts: { ...bookingActs, ...lateActs },
    own: ['drop late'],
    common: ['reconcile late', 'purge late', 'erase', 'reconcile'],
  },
  'a message': {
    begin: () => message(),
    acts: messageActs,
    own: ['answer', 'close', 'submit'],
    common: ['erase', 'reconcile'],
  },
  'a message whose erasure was asked for': {
    begin: () => toBeErased(message()),
    acts: messageActs,
    own: ['purge'],
    common: ['answer', 'close', 'erase', 'reconcile'],
  },
  'a held message': {
    begin: () => begun(write, { held: true }),
    acts: messageActs,
    own: ['release', 'drop'],
    common: ['erase', 'reconcile'],
  },
  'a message near its end': {
    begin: () => nearItsEnd(message(['answer'])),
    acts: { ...messageActs, ...lateActs },
    own: ['reconcile late', 'purge late', 'close'],
    common: ['erase', 'reconcile'],
  },
};

/** Two at once may be the same act twice; three at once are different ones. */
function choose(names: readonly string[], size: number): string[][] {
  if (size === 0) return [[]];
  return names.flatMap((name, at) => {
    const others = names.slice(AT_ONCE > 2 ? at + 1 : at);
    return choose(others, size - 1).map((chosen) => [name, ...chosen]);
  });
}

/** What can happen at once in a scene; what is the same in every scene is tried in the first only. */
function crowdsOf({ own, common }: Scene, isFirst: boolean): string[][] {
  return choose([...own, ...common], AT_ONCE).filter((names) => {
    const isOwn = isFirst || names.some((name) => own.includes(name));
    return isOwn && !(IS_BRIEF && names.every((name) => LONG.includes(name)));
  });
}

beforeAll(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

describe.each(Object.entries(scenes).map(([name, scene], at) => ({ name, scene, at })))(
  'At once, in every order, with every step failing in every way, of $name',
  ({ scene, at }) => {
    let id = '';

    beforeAll(async () => {
      emptyHouse();
      id = await scene.begin();
      beginFromHere();
    });

    test.each(crowdsOf(scene, at === 0).map((names) => ({ names, title: names.join(' with ') })))(
      '$title',
      { timeout: TIMEOUT },
      async ({ names }) => {
        const acts = names.flatMap((name) => {
          const act = scene.acts[name];
          return act === undefined ? [] : [{ name, act }];
        });
        expect(acts).toHaveLength(AT_ONCE);
        expect(await explore({ id, acts })).toBeGreaterThan(4);
      },
    );
  },
);
