import { later } from '../../shared/time.ts';
import { NOW } from '../../worker/test/fixtures.ts';
import { SHORTEST_EXPIRY_MS } from '../../worker/personal-data/key-store.ts';
import { type Ending, exploreAll, type Fault, isRead, type Model } from './interleave.ts';
import { type Action, runKeyTasks } from './key-actions.ts';
import {
  restoreStart,
  describeAnswer,
  describeDatabase,
  describeKeyStore,
  endOfKey,
  listLiveKeys,
  listRows,
  makeEnv,
  readTime,
  type Row,
} from './key-stores.ts';

/** Where several actions move an end at once, a key may end before its row says, but not within this time from now. */
const SPARE_SECONDS = 86_400;
/** Actions that move the end of no key: they make a new key or delete one. */
const MOVES_NO_END = /^(?:submit|erase|purge.*)$/;
/** No rule keeps a record of these tests longer than this. */
const LONGEST_DAYS = 370;

/** Actions that run at the same time on one record. */
export interface Concurrent {
  id: string;
  actions: readonly { name: string; action: Action }[];
  /** How many interruptions are tried at most; see `exploreAll`. */
  interruptions?: number;
}

/** Tries the orders of the steps of concurrent actions, with every step failing in every way. Returns the number of states. */
export function explore({ id, actions, interruptions }: Concurrent): Promise<number> {
  const submits = actions.flatMap(({ name }, at) => (name === 'submit' ? [at] : []));
  const isAlone = actions.filter(({ name }) => !MOVES_NO_END.test(name)).length < 2;
  const ended = new Set<string>();
  const model: Model = {
    begin() {
      restoreStart();
      return actions.map(({ name, action }) => ({
        name,
        run: (gate) => action(makeEnv(gate), id, gate),
      }));
    },
    state: () => `${describeDatabase()}|${describeKeyStore()}`,
    describe: (answer) => describeAnswer(answer, id),
    describeFault: (fault) =>
      fault === null ? 'none' : mayLeaveKey(fault) ? 'may leave a key' : 'leaves no key',
    checkStep() {
      listRows().forEach((row) => checkRow(row, isAlone));
      checkKeys();
    },
    async checkEnd(endings, fault) {
      const failed = endings.find((ending) => ending !== undefined && 'error' in ending);
      assert(fault !== null || failed === undefined, `Failed though every store answered`);
      const submitted = submits.map((at) => acceptedId(endings[at]));
      const accepted = submitted.map((one) => one !== null);
      const end = [model.state(), model.describeFault(fault), accepted].join('|');
      if (ended.has(end)) return;
      ended.add(end);
      if (fault === null || !mayLeaveKey(fault)) listRows().forEach(checkErased);
      await checkAfterTasks(submitted);
    },
  };
  return exploreAll(model, interruptions);
}

/**
 * Whether a fault may leave the key of an erased record until the next task run: the key store failed, the process died,
 * a row could not be read, or the erasure itself was cut off.
 */
function mayLeaveKey({ name, label, mode }: Fault): boolean {
  const erases = name === 'erase' || name.startsWith('purge');
  return mode === 'dies' || label.startsWith('kv') || isRead(label) || erases;
}

/** Holds once all actions have ended, before any task has run. */
function checkErased(row: Row): void {
  assert(row.erased_at === null || endOfKey(row.id) === 0, 'Erased, and the key still there');
}

/**
 * No row without its key. Where only one action moves ends, its key never ends before the row says. Where several do, the
 * one that comes last may shorten the key by weeks, until the task an hour later repairs it.
 */
function checkRow(row: Row, isAlone: boolean): void {
  if (row.gone === 1) {
    assert(row.size === 0 && row.erased_at !== null, 'Erased, and back again');
    return;
  }
  const endsAt = Date.parse(row.key_ends_at);
  if (endsAt - readTime().getTime() < SHORTEST_EXPIRY_MS) return;
  const due = Math.floor(endsAt / 1000);
  const enough = isAlone ? due : Math.min(due, NOW.getTime() / 1000 + SPARE_SECONDS);
  assert(endOfKey(row.id) >= enough, 'A stored record without its key');
}

function checkKeys(): void {
  const longest = later(NOW, { days: LONGEST_DAYS }).getTime() / 1000;
  const endless = listLiveKeys().filter(({ endsAt }) => !(endsAt <= longest));
  assert(endless.length === 0, 'A key that no rule ends');
}

/** An hour later, after the tasks: every key ends with its row, an erased row has no key, an acknowledged request has one. */
async function checkAfterTasks(submitted: readonly (string | null)[]): Promise<void> {
  const { missing, failed } = await runKeyTasks(later(NOW, { hours: 1 }));
  assert(missing + failed === 0, 'The tasks could not bring keys and rows together');
  for (const row of listRows()) {
    const due = row.erased_at === null ? Math.floor(Date.parse(row.key_ends_at) / 1000) : 0;
    assert(due === 0 || due * 1000 > readTime().getTime(), 'An end that passed, and the row full');
    assert(endOfKey(row.id) === due, 'A key that does not end with its row');
  }
  for (const id of submitted) {
    assert(id === null || endOfKey(id) > 0, 'An acknowledged request without its key');
  }
}

function acceptedId(ending: Ending): string | null {
  if (ending === undefined || !('value' in ending)) return null;
  const outcome = ending.value as { outcome: string; record?: { id: string } };
  return outcome.outcome === 'accepted' ? (outcome.record?.id ?? null) : null;
}

function assert(holds: boolean, message: string): void {
  if (!holds) throw new Error(message);
}
