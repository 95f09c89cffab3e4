import { beforeAll, describe, expect, test, vi } from 'vitest';
import { parseBookingRequest } from '../../shared/booking.ts';
import { later } from '../../shared/time.ts';
import { acceptBooking, type BookingOutcome } from '../../worker/accept-booking.ts';
import { eraseRecord } from '../../worker/erase.ts';
import { moveBooking, type MoveRequest } from '../../worker/move-booking.ts';
import { destroyErasedKeys, reconcileKeys } from '../../worker/reconcile-keys.ts';
import { findBooking } from '../../worker/store/bookings.ts';
import { type Ending, exploreAll, type World } from './interleave.ts';
import { asKv, isLive, type MemoryKv, type StoredKey } from './memory-kv.ts';
import { asD1, type Gate, makeDatabase, openGate } from './sqlite-d1.ts';

const NOW = new Date('2026-11-23T02:00:00.000Z');
/** These tests try thousands of orders. */
const TIMEOUT = 180_000;
const DAY_SECONDS = 86_400;
const key = (name: string) => `whsec_${btoa(name.padEnd(32, '.'))}`;

const database = makeDatabase();
const vault: MemoryKv = { entries: new Map(), now: NOW };
const start = { id: '', entries: new Map<string, StoredKey>() };

function makeEnv(gate: Gate = openGate): Env {
  const keys = { SEAL_KEYS: key('seal'), LINK_KEYS: key('link') };
  return { ...keys, DB: asD1(database, gate), VAULT: asKv(vault, gate) } as unknown as Env;
}

function submitAs(name: string) {
  const parsed = parseBookingRequest({
    service: 've-sinh-nha-o',
    ward: '16690',
    address: '12 ngõ 5 đường Lê Hồng Phong',
    date: '2026-11-25',
    window: 'sang',
    name,
    phone: '0912 345 678',
    consent: 'yes',
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const { request } = parsed;
  return (env: Env): Promise<BookingOutcome> =>
    acceptBooking(env, { request, origin: 'web', intent: null, holdReason: null, now: NOW });
}

/** A move as its page makes it: the booking is read first. */
async function make(env: Env, asked: Pick<MoveRequest, 'move' | 'actor'>) {
  const booking = await findBooking(env.DB, start.id);
  if (booking === null) throw new Error('The booking is gone');
  return moveBooking(env, { booking, ...asked, now: NOW });
}

/** What can happen at once. */
const acts: Readonly<Record<string, (env: Env) => Promise<unknown>>> = {
  confirm: (env) => make(env, { move: 'confirm', actor: 'staff' }),
  undo: (env) => make(env, { move: 'undoConfirm', actor: 'staff' }),
  cancel: (env) => make(env, { move: 'cancel', actor: 'customer' }),
  erase: (env) => eraseRecord(env, { id: start.id, cause: 'request', actor: 'customer', now: NOW }),
  reconcile: (env) => reconcileKeys(env, NOW),
  submit: submitAs('Trần Văn Bình'),
};

async function act(name: string, env: Env): Promise<unknown> {
  return acts[name]?.(env);
}

const names = Object.keys(acts);
const pairs = names.flatMap((one, at) => names.slice(at).map((other) => [one, other] as const));
const takesBack = (pair: readonly string[]) => pair.includes('undo');

interface Row {
  id: string;
  version: number;
  state: string;
  key_ends_at: string;
  erased_at: string | null;
  size: number;
}

const readRows = database.prepare(
  'select id, version, state, key_ends_at, erased_at, length(sealed) as size from bookings order by created_at, rowid',
);

function rows(): Row[] {
  return readRows.all() as unknown as Row[];
}

function endOf(id: string): number {
  const entry = vault.entries.get(id);
  return entry !== undefined && isLive(entry.expiration, vault.now) ? entry.expiration : 0;
}

function promise(kept: boolean, words: string): void {
  if (!kept) throw new Error(words);
}

/** The stores in words that are the same in every replay: ids are left out, since they are drawn anew. */
function describeDatabase(): string {
  return rows()
    .map((row) => [row.version, row.state, row.key_ends_at, row.erased_at, row.size].join())
    .join(';');
}

function describeVault(): string {
  return [...vault.entries.values()].map(({ expiration }) => expiration).join();
}

function worldOf(pair: readonly string[]): World {
  const submits = pair.flatMap((name, at) => (name === 'submit' ? [at] : []));
  let erased = new Set<string>();
  return {
    begin() {
      database.exec('rollback to run');
      vault.entries = new Map(start.entries);
      erased = new Set();
      return pair.map((name) => (gate: Gate) => act(name, makeEnv(gate)));
    },
    state: () => `${describeDatabase()}/${describeVault()}`,
    seenBy(label) {
      if (label.startsWith('d1')) return describeDatabase();
      return label === 'kv list' || label === 'kv get' ? describeVault() : '';
    },
    checkStep() {
      for (const row of rows()) {
        if (row.erased_at !== null) erased.add(row.id);
        const isErased = erased.has(row.id);
        promise(!isErased || (row.size === 0 && row.erased_at !== null), 'Erased, and back again');
        const enough = endOf(row.id) > NOW.getTime() / 1000 + DAY_SECONDS;
        promise(isErased || enough, 'A stored record without its key');
      }
    },
    async checkEnd(endings, wrong) {
      const left = rows().filter((row) => row.erased_at !== null && endOf(row.id) > 0);
      promise(wrong || left.length === 0, 'Erased without a fault, and the key still there');
      await checkAfterTheClock(submits.map((at) => endings[at]));
    },
  };
}

/** An hour later, after the clock: every key ends with its row, what was erased has none, what was acknowledged can be read. */
async function checkAfterTheClock(submitted: readonly Ending[]): Promise<void> {
  vault.now = later(NOW, { hours: 1 });
  const env = makeEnv();
  await destroyErasedKeys(env, vault.now);
  const { missing, failed } = await reconcileKeys(env, vault.now);
  vault.now = NOW;
  promise(missing + failed === 0, 'The clock could not bring keys and rows together');
  for (const row of rows()) {
    const due = row.erased_at === null ? Math.floor(Date.parse(row.key_ends_at) / 1000) : 0;
    promise(endOf(row.id) === due, 'A key that does not end with its row');
  }
  for (const ending of submitted) {
    if (ending === undefined || !('value' in ending)) continue;
    const outcome = ending.value as BookingOutcome;
    const isKept = outcome.outcome !== 'accepted' || endOf(outcome.record.id) > 0;
    promise(isKept, 'An acknowledged request without its key');
  }
}

/** Every run begins from the stores as they are now. */
function beginFromHere(): void {
  start.entries = new Map(vault.entries);
  database.exec('savepoint run');
}

beforeAll(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const outcome = await submitAs('Nguyễn Thị Lan')(makeEnv());
  if (outcome.outcome !== 'accepted') throw new Error(outcome.outcome);
  start.id = outcome.record.id;
});

describe('Two changes at once, in every order, with every step failing in every way', () => {
  describe('of a request', () => {
    beforeAll(beginFromHere);

    test.each(pairs.filter((pair) => !takesBack(pair)))(
      '%s with %s',
      { timeout: TIMEOUT },
      async (...pair) => {
        expect(await exploreAll(worldOf(pair))).toBeGreaterThan(4);
      },
    );
  });

  describe('of a confirmed booking', () => {
    beforeAll(async () => {
      database.exec('rollback to run');
      vault.entries = new Map(start.entries);
      await make(makeEnv(), { move: 'confirm', actor: 'staff' });
      beginFromHere();
    });

    test.each(pairs.filter(takesBack))('%s with %s', { timeout: TIMEOUT }, async (...pair) => {
      expect(await exploreAll(worldOf(pair))).toBeGreaterThan(4);
    });
  });
});
