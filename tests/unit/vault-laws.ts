import { later } from '../../shared/time.ts';
import { SHORTEST_EXPIRY_MS } from '../../worker/personal-data/key-store.ts';
import { type Ending, exploreAll, type Fault, isRead, type World } from './interleave.ts';
import { type Act, runTheClock } from './vault-acts.ts';
import {
  beginAgain,
  describeAnswer,
  describeDatabase,
  describeVault,
  endOfKey,
  listLiveKeys,
  listRows,
  makeEnv,
  NOW,
  readClock,
  type Row,
} from './vault-house.ts';

/** A key set right by the next hour has a day to spare, or ends when its row says. */
const SPARE_SECONDS = 86_400;
/** Acts after which no key has another end: it is new, or gone. */
const MOVES_NO_END = /^(?:submit|erase|purge.*)$/;
/** No rule keeps anything longer than this after a visit of these tests. */
const LONGEST_DAYS = 370;

/** What happens at once to one record. */
export interface Crowd {
  id: string;
  acts: readonly { name: string; act: Act }[];
}

/** Tries every order of what happens at once, with every step failing in every way; answers the number of states. */
export function explore({ id, acts }: Crowd): Promise<number> {
  const submits = acts.flatMap(({ name }, at) => (name === 'submit' ? [at] : []));
  const isAlone = acts.filter(({ name }) => !MOVES_NO_END.test(name)).length < 2;
  const ended = new Set<string>();
  const world: World = {
    begin() {
      beginAgain();
      return acts.map(({ name, act }) => ({ name, act: (gate) => act(makeEnv(gate), id, gate) }));
    },
    state: () => `${describeDatabase()}|${describeVault()}`,
    describe: (answer) => describeAnswer(answer, id),
    checkStep() {
      listRows().forEach((row) => checkRow(row, isAlone));
      checkKeys();
    },
    async checkEnd(endings, fault) {
      const submitted = submits.map((at) => acceptedId(endings[at]));
      const accepted = submitted.map((one) => one !== null);
      const end = [world.state(), JSON.stringify(fault), accepted].join('|');
      if (ended.has(end)) return;
      ended.add(end);
      if (fault === null || !isExcuse(fault)) listRows().forEach(checkErased);
      await checkAfterTheClock(submitted);
    },
  };
  return exploreAll(world);
}

/** What may leave a key to the clock: a vault that failed, a process that died, a row that could not be read, an erasure cut off. */
function isExcuse({ name, label, mode }: Fault): boolean {
  const erases = name === 'erase' || name.startsWith('purge');
  return mode === 'dies' || label.startsWith('kv') || isRead(label) || erases;
}

/** What holds without the clock's help once everything has ended. */
function checkErased(row: Row): void {
  promise(row.erased_at === null || endOfKey(row.id) === 0, 'Erased, and the key still there');
}

/**
 * No row without its key. Where one change alone moves ends, its key never ends before the row says; where several do, one
 * that is overtaken may shorten it by weeks until the clock comes, an hour later.
 */
function checkRow(row: Row, isAlone: boolean): void {
  if (row.gone === 1) {
    promise(row.size === 0 && row.erased_at !== null, 'Erased, and back again');
    return;
  }
  const endsAt = Date.parse(row.key_ends_at);
  if (endsAt - readClock().getTime() < SHORTEST_EXPIRY_MS) return;
  const due = Math.floor(endsAt / 1000);
  const enough = isAlone ? due : Math.min(due, NOW.getTime() / 1000 + SPARE_SECONDS);
  promise(endOfKey(row.id) >= enough, 'A stored record without its key');
}

function checkKeys(): void {
  const longest = later(NOW, { days: LONGEST_DAYS }).getTime() / 1000;
  const endless = listLiveKeys().filter(({ endsAt }) => !(endsAt <= longest));
  promise(endless.length === 0, 'A key that no rule ends');
}

/** An hour later, after the clock: every key ends with its row, what was erased has none, what was acknowledged can be read. */
async function checkAfterTheClock(submitted: readonly (string | null)[]): Promise<void> {
  const { missing, failed } = await runTheClock(later(NOW, { hours: 1 }));
  promise(missing + failed === 0, 'The clock could not bring keys and rows together');
  for (const row of listRows()) {
    const due = row.erased_at === null ? Math.floor(Date.parse(row.key_ends_at) / 1000) : 0;
    promise(
      due === 0 || due * 1000 > readClock().getTime(),
      'An end that passed, and the row full',
    );
    promise(endOfKey(row.id) === due, 'A key that does not end with its row');
  }
  for (const id of submitted) {
    promise(id === null || endOfKey(id) > 0, 'An acknowledged request without its key');
  }
}

function acceptedId(ending: Ending): string | null {
  if (ending === undefined || !('value' in ending)) return null;
  const outcome = ending.value as { outcome: string; record?: { id: string } };
  return outcome.outcome === 'accepted' ? (outcome.record?.id ?? null) : null;
}

function promise(kept: boolean, words: string): void {
  if (!kept) throw new Error(words);
}
