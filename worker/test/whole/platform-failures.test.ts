import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { createApp } from '../../app.ts';
import { failBatches, limitWrites, type WriteMode } from '../../dev/strict-stores.ts';
import { log, logError, withoutConsole } from '../../base/log.ts';
import { eraseRecord } from '../../personal-data/erase.ts';
import { WRITE_AGAIN_MS } from '../../personal-data/key-store.ts';
import { transitionBooking } from '../../records/booking-transition.ts';
import { runScheduled } from '../../scheduled.ts';
import { customerPath, issueActionToken } from '../../signing/links.ts';
import { staffPath } from '../../signing/staff-links.ts';
import { staffSigning } from '../staff.ts';
import { readLinkKeys } from '../../signing/tokens.ts';
import { writeExtension } from '../../store/message-transitions.ts';
import { formOf, Visitor } from '../browser.ts';
import { takeConsoleErrors } from '../console-errors.ts';
import { bookingFields, contactFields, NOW } from '../fixtures.ts';
import {
  count,
  countRows,
  readBooking,
  readMessage,
  submitBooking,
  submitMessage,
} from '../records.ts';
import { postForm, postJson, send } from '../requests.ts';

const keys = readLinkKeys(env.LINK_KEYS);
const PHONE = '0859 363 789';
const NOT_STORED = 'chưa được lưu';
const UNCERTAIN = 'chưa rõ yêu cầu đã lưu hay chưa';
const GONE = /hết hạn lưu nên|không còn nữa: đã|Không ai mở lại được/;
const KV_DOWN = 'KV GET failed: 500 Internal Server Error';

const db = { batch: env.DB.batch.bind(env.DB), prepare: env.DB.prepare.bind(env.DB) };
const kv = { put: env.VAULT.put.bind(env.VAULT), delete: env.VAULT.delete.bind(env.VAULT) };

/** The next batches go as listed, all later ones well. */
function failNextBatches(...modes: WriteMode[]): void {
  const failing = failBatches(db as D1Database, () => modes.shift() ?? 'well');
  vi.spyOn(env.DB, 'batch').mockImplementation(failing.batch);
}

function takeKeyStoreDown(): void {
  for (const call of ['get', 'getWithMetadata', 'put', 'delete', 'list'] as const)
    vi.spyOn(env.VAULT, call).mockRejectedValue(new Error(KV_DOWN));
}

/** The key store takes one write a second of each key. A wait for it takes no time, but is counted. */
function limitKeyStore(): { waits: () => number } {
  let waited = 0;
  const limited = limitWrites(kv as KVNamespace, () => waited * WRITE_AGAIN_MS);
  vi.spyOn(env.VAULT, 'put').mockImplementation(limited.put);
  vi.spyOn(env.VAULT, 'delete').mockImplementation(limited.delete);
  const setTimer = globalThis.setTimeout;
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((done: () => void, ms: number) => {
    if (ms !== WRITE_AGAIN_MS) return setTimer(done, ms);
    waited += 1;
    return setTimer(done, 0);
  }) as typeof setTimeout);
  return { waits: () => waited };
}

describe('a batch of which the database gives no answer', () => {
  const faults: WriteMode[][] = [['before'], ['after'], ['after', 'before'], ['after', 'after']];

  test.each(faults)('stores a request once, and says so: %s %s', async (...modes) => {
    const before = await countRows();
    failNextBatches(...modes);
    const booked = await postJson('/api/bookings', bookingFields());
    expect(booked.status).toBe(201);
    failNextBatches(...modes);
    expect((await postJson('/api/contact', contactFields())).status).toBe(201);
    const rows = { bookings: 1, messages: 1, seats: 1, receipts: 1, events: 2, deliveries: 3 };
    expect({ ...before, ...(await countRows()) }).toEqual(rows);
    expect(await env.VAULT.list()).toMatchObject({ keys: [{}, {}] });
  });

  test.each(faults)('carries out a change once: %s %s', async (...modes) => {
    const booking = await submitBooking();
    failNextBatches(...modes);
    const start = { date: '2026-11-27', window: 'chieu' };
    const move = { booking, transition: 'reschedule', actor: 'staff', now: NOW, start } as const;
    expect(await transitionBooking(env, move)).toMatchObject({ outcome: 'done' });
    const message = await submitMessage({ kind: 'privacy', consent: 'yes' });
    await env.DB.prepare("update messages set state = 'answered'").run();
    failNextBatches(...modes);
    const extension = { message: await readMessage(message.id), reason: 'complex', now: NOW };
    expect(await writeExtension(env.DB, extension)).toBe('done');
    failNextBatches(...modes);
    const erasure = { id: booking.id, cause: 'request', actor: 'customer', now: NOW } as const;
    expect(await eraseRecord(env, erasure)).toMatchObject({ outcome: 'done' });
    expect(await count('events')).toBe(5);
    expect(await readBooking(booking.id)).toMatchObject({ version: 3 });
  });

  test('is not said to have stored nothing, and the form sent again finds what it stored', async () => {
    const [form] = (await new Visitor(NOW).open('/dat-lich/')).forms;
    const fields = { ...bookingFields(), intent: form?.values['intent'] ?? '' };
    failNextBatches('after', 'before');
    const events = vi.spyOn(env.DB, 'prepare');
    events.mockImplementation(unlessEvents(db.prepare));
    const later = new Date(NOW.getTime() + 5_000);
    const answer = await postForm('/api/bookings', fields, { now: later });
    expect(answer.status).toBe(503);
    const page = await answer.text();
    expect(page).toContain(UNCERTAIN);
    expect(page).toContain(PHONE);
    expect(page).not.toContain(NOT_STORED);
    expect(page).not.toContain('chưa gửi được');
    expect(page).toContain(`value="${fields.intent}"`);
    expect(takeConsoleErrors()).toEqual([expect.stringContaining('"class":"d1-network"')]);
    events.mockRestore();
    // Long after the ten minutes in which the same content is known again.
    const hourLater = new Date(NOW.getTime() + 3_600_000);
    const again = await postForm('/api/bookings', fields, { now: hourLater });
    expect(again.status).toBe(303);
    expect(await count('bookings')).toBe(1);
  });
});

/** A database that does not say which events it holds. */
function unlessEvents(prepare: D1Database['prepare']): D1Database['prepare'] {
  return (sql) => {
    if (sql.startsWith('select 1 from events'))
      throw new Error('D1_ERROR: Network connection lost.');
    return prepare(sql);
  };
}

describe('a key store that takes one write a second of each key', () => {
  test('answers both taps of a double tap on confirm', async () => {
    const booking = await submitBooking();
    const path = await staffPath(staffSigning(), booking);
    const form = formOf(await new Visitor(NOW).open(path), 'confirm');
    limitKeyStore();
    const tap = () => new Visitor(NOW).submit(form, { sure: 'yes' });
    const answers = await Promise.all([tap(), tap(), tap()]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 303]);
    expect(await readBooking(booking.id)).toMatchObject({ state: 'confirmed', version: 2 });
    const { keyEndsAt } = await readBooking(booking.id);
    const { keys: entries } = await env.VAULT.list();
    expect(entries[0]?.expiration).toBe(Math.floor(keyEndsAt.getTime() / 1000));
  });

  test('loses the key of a refused submission after the answer', async () => {
    await submitBooking();
    const { waits } = limitKeyStore();
    expect((await postJson('/api/bookings', bookingFields())).status).toBe(200);
    expect(waits()).toBe(1);
    expect((await env.VAULT.list()).keys).toHaveLength(1);
  });
});

describe('a key store that does not answer', () => {
  async function arrange() {
    const [booking, message] = [await submitBooking(), await submitMessage()];
    const signing = { keys, now: NOW };
    const mine = await issueActionToken(signing, { ...booking, role: 'customer' });
    const theirs = await issueActionToken(staffSigning(), { ...booking, role: 'staff' });
    const own = await customerPath(keys, booking);
    const data = own.replace('/?', '/du-lieu/?');
    const correction = { ...bookingFields(), act: 'correct', sure: 'yes', token: mine };
    return [
      [own],
      [await customerPath(keys, message)],
      [data],
      [data, { act: 'see', sure: 'json', token: mine }],
      [data, correction],
      [await staffPath(staffSigning(), booking)],
      [await staffPath(staffSigning(), message)],
      [await staffPath(staffSigning(), booking), { act: 'open', sure: 'yes', token: theirs }],
      [await staffPath(staffSigning(), booking), { act: 'confirm', sure: 'yes', token: theirs }],
      ['/api/bookings', bookingFields({ phone: '0913 000 222' })],
      ['/api/contact', contactFields({ phone: '0913 000 222' })],
    ] as [string, Record<string, string>?][];
  }

  test('is 503 with the phone number on every path, and takes nothing for erased or ended', async () => {
    const requests = await arrange();
    takeKeyStoreDown();
    for (const [path, fields] of requests) {
      const answer =
        fields === undefined
          ? await send(path, { headers: { Accept: 'text/html' } })
          : await postForm(path, fields);
      expect([path, answer.status]).toEqual([path, 503]);
      expect(answer.headers.get('Retry-After')).toBe('60');
      const page = await answer.text();
      expect([path, page.includes(PHONE)]).toEqual([path, true]);
      expect([path, GONE.test(page)]).toEqual([path, false]);
      if (fields?.['act'] === 'correct') expect(page).toContain('value="12 Lê Lợi"');
    }
    expect(takeConsoleErrors()).toHaveLength(2);
  });
});

describe('a page whose address holds a token', () => {
  const levels = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;

  /** Every route under /don and /viec, each with a link that opens it. */
  async function listRequests(): Promise<[method: string, path: string][]> {
    const booking = await submitBooking();
    const own = new URL(await customerPath(keys, booking), 'https://example.com');
    const staff = (await staffPath(staffSigning(), booking)).split('/')[2] ?? '';
    const routes = createApp(() => NOW).routes.filter(
      ({ method, path }) => method !== 'ALL' && /^\/(?:don|viec)(?:\/|$)/.test(path),
    );
    expect(routes.length).toBeGreaterThan(12);
    return routes.map(({ method, path }) => {
      const filled = path.replace(':code', booking.code).replace(/:\w+/, staff);
      return [method, `${filled}${own.search}`];
    });
  }

  test.each(['the database', 'the key store'] as const)(
    'writes nothing to the console while %s fails, on any route',
    async (store) => {
      const requests = await listRequests();
      const written = levels.map((level) =>
        vi.spyOn(console, level).mockImplementation(() => undefined),
      );
      if (store === 'the key store') takeKeyStoreDown();
      else
        vi.spyOn(env.DB, 'prepare').mockImplementation(() => {
          throw new Error('D1_ERROR: Network connection lost.');
        });
      for (const [method, path] of requests) {
        const body =
          method === 'POST' ? new URLSearchParams({ act: 'open', sure: 'yes' }) : undefined;
        await send(path, { method, body, headers: { Accept: 'text/html' } });
      }
      expect(written.flatMap(({ mock }) => mock.calls)).toEqual([]);
    },
  );

  test('has its failures counted by class, and cron writes them to the log once', async () => {
    const booking = await submitBooking();
    const path = await customerPath(keys, booking);
    vi.spyOn(env.VAULT, 'get').mockRejectedValue(new Error(KV_DOWN));
    for (let time = 0; time < 3; time += 1) await send(path);
    vi.mocked(env.VAULT.get).mockRestore();
    const lines = vi.spyOn(console, 'log');
    await runScheduled(env, NOW);
    await runScheduled(env, NOW);
    const failed = lines.mock.calls.flat().filter((line) => String(line).includes('page_failed'));
    const at = NOW.toISOString();
    expect(failed.map((line) => JSON.parse(String(line)) as unknown)).toEqual([
      {
        event: 'page_failed',
        of: 'details_unavailable',
        class: 'kv-down',
        count: 3,
        firstAt: at,
        lastAt: at,
      },
    ]);
  });

  test('keeps the console shut for what goes on after the answer', async () => {
    const lines = vi.spyOn(console, 'log');
    const reports: unknown[] = [];
    await withoutConsole(
      (failure) => reports.push(failure),
      async () => {
        await Promise.resolve();
        log('nudged');
        logError('late', new Error('0912 345 678'));
      },
    );
    expect(reports).toEqual([{ event: 'late', class: 'other' }]);
    expect(lines).not.toHaveBeenCalled();
  });
});
