import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type { BookingRules } from '../../shared/content/booking-rules.ts';
import { bookingRules, listedServices, services } from '../../shared/content/catalogue.ts';
import { addDays, weekdays } from '../../shared/time.ts';
import { FORM_DAYS } from '../time-windows/window-page.ts';
import { findBroken } from '../test/invariants.ts';
import { bookingFields, NOW } from '../test/fixtures.ts';
import { deleteBookings } from '../test/records.ts';
import { postJson, send, unlimited } from '../test/requests.ts';

const TODAY = '2026-11-23';
const DAYS = 7;
const asShipped: BookingRules = structuredClone(bookingRules);
const flooded = { env: unlimited };

const day = fc.nat(9).map((ahead) => addDays(TODAY, ahead));
const span = fc.tuple(day, fc.nat(2)).map(([from, more]) => ({ from, to: addDays(from, more) }));
const seats = fc.nat(2);

/** Windows in the order of the day, as many as there are. */
const windows = fc
  .uniqueArray(fc.integer({ min: 14, max: 38 }), { minLength: 1, maxLength: 6 })
  .map((halfHours) =>
    halfHours
      .toSorted((a, b) => a - b)
      .map((at) => ({
        id: `w${at}`,
        label: `Khung ${at}`,
        from: timeOfDay(at),
        to: timeOfDay(at + 1),
      })),
  );

/** Settings that are valid in content/booking.json. */
const rules = windows.chain((all) =>
  fc.record({
    windows: fc.constant(all),
    week: fc.record(
      Object.fromEntries(weekdays.map((name) => [name, fc.subarray(all.map(({ id }) => id))])),
    ),
    seats,
    bufferWindows: fc.nat(2),
    leadHours: fc.nat(60),
    horizonDays: fc.integer({ min: 1, max: 12 }),
    closed: fc.array(
      span.map((days) => ({ ...days, reason: 'Nghỉ' })),
      { maxLength: 2 },
    ),
    peaks: fc.array(
      fc.tuple(span, seats).map(([days, n]) => ({ ...days, note: 'Đông', seats: n })),
      { maxLength: 2 },
    ),
  }),
);

const question = fc.record({
  rules,
  /** One service, or several in any order. */
  chosen: fc.shuffledSubarray(
    services.map(({ id }) => id),
    { minLength: 1, maxLength: 3 },
  ),
  from: fc.nat(6).map((ahead) => addDays(TODAY, ahead)),
  /** Which starts are tried, each as a share of the list of all. */
  asked: fc.array(fc.nat(1_000), { minLength: 3, maxLength: 6 }),
  lock: fc.option(fc.nat(1_000)),
});

interface ApiWindow {
  id: string;
  seatsLeft: number;
  fits: boolean;
}

type Starts = Map<string, { seatsLeft: number; fits: boolean }>;

function timeOfDay(halfHours: number): string {
  return `${String(Math.floor(halfHours / 2)).padStart(2, '0')}:${halfHours % 2 ? '30' : '00'}`;
}

/** The services as an address names them. */
function inAddress(chosen: readonly string[]): string {
  return chosen.map((id) => `service=${id}`).join('&');
}

/** Null where no day is long enough for the services together. */
async function askApi(
  chosen: readonly string[],
  from: string,
  days = DAYS,
): Promise<Starts | null> {
  const answer = await send(`/api/availability?${inAddress(chosen)}&from=${from}&days=${days}`);
  if (answer.status === 422) {
    const { errors }: { errors: { field: string }[] } = await answer.json();
    // Else a day behind the end of the open calendar.
    return errors.some(({ field }) => field === 'service') ? null : new Map();
  }
  const body: { days: { date: string; windows: ApiWindow[] }[] } = await answer.json();
  return new Map(
    body.days.flatMap(({ date, windows: open }) =>
      open.map(({ id, seatsLeft, fits }) => [`${date}/${id}`, { seatsLeft, fits }] as const),
    ),
  );
}

/** The starts that the booking page offers for services, or while none is chosen, and whether each can be chosen. */
async function askPage(chosen: readonly string[], from: string): Promise<Map<string, boolean>> {
  const html = await (await send(`/dat-lich/?${inAddress(chosen)}&from=${from}`)).text();
  const radios = html.match(/<input[^>]*type="radio"[^>]*name="slot"[^>]*>/g) ?? [];
  return new Map(
    radios.map((radio) => [/value="([^"]*)"/.exec(radio)?.[1] ?? '', !/\sdisabled\b/.test(radio)]),
  );
}

let people = 0;

/** The status of a booking of a new person: 201, 409 where the start is full or locked, 422 where it is not offered. */
async function askInsert(chosen: readonly string[], slot: string): Promise<number> {
  people += 1;
  const person = {
    name: `Khách ${people}`,
    phone: `0912${String(people).padStart(6, '0')}`,
    email: undefined,
  };
  const fields = { slot, date: undefined, window: undefined, quantity: undefined };
  const sent = { ...bookingFields({ ...fields, ...person }), service: chosen };
  const answer = await postJson('/api/bookings', sent, flooded);
  return answer.status;
}

async function lock(slot: string): Promise<void> {
  const [date = '', window = ''] = slot.split('/');
  const row = env.DB.prepare('insert or replace into window_locks values (?, ?, ?)');
  await row.bind(date, window, NOW.toISOString()).run();
}

afterEach(() => {
  Object.assign(bookingRules, asShipped);
});

test(
  'whatever the settings are, the page, the API and the insert give one answer',
  { timeout: 120_000 },
  async () => {
    const seen = new Set<number>();
    const pages = new Set<string>();
    await fc.assert(
      fc.asyncProperty(question, async ({ rules: changes, chosen, from, asked, lock: locked }) => {
        await deleteBookings();
        Object.assign(bookingRules, asShipped, changes);
        const named = Array.from({ length: DAYS }, (_, ahead) => addDays(from, ahead)).flatMap(
          (date) => changes.windows.map(({ id }) => `${date}/${id}`),
        );
        const pick = (share: number) => named[share % named.length] ?? '';
        if (locked !== null) await lock(pick(locked));
        for (const share of asked) {
          const slot = pick(share);
          const left = (await askApi(chosen, from))?.get(slot);
          const status = await askInsert(chosen, slot);
          seen.add(status);
          // What is full is refused as full, or where the day is too short for the job as not offered.
          const expected = left === undefined ? [422] : left.seatsLeft > 0 ? [201] : [409, 422];
          expect([slot, expected]).toEqual([slot, expect.arrayContaining([status])]);
          const after = (await askApi(chosen, from))?.get(slot)?.seatsLeft;
          expect(after).toBe(left === undefined ? undefined : Math.max(0, left.seatsLeft - 1));
        }
        const shown = await askPage(chosen, from);
        const first = [...shown.keys()][0]?.split('/')[0] ?? from;
        const open = await askApi(chosen, first, FORM_DAYS);
        if (open === null) expect([...shown.values()]).not.toContain(true);
        else {
          const free = Array.from(open, ([slot, { seatsLeft }]) => [slot, seatsLeft > 0]);
          expect([...shown]).toEqual(free);
        }
        const [alone = ''] = chosen;
        for (const [slot, free] of await askPage([], from)) {
          const left = (await askApi([alone], slot.split('/')[0] ?? from))?.get(slot);
          expect([slot, free && left?.seatsLeft === 0]).toEqual([slot, false]);
          expect(left).toBeDefined();
        }
        pages.add(open === null ? 'too long' : shown.size === 0 ? 'empty' : 'open');
        expect(await findBroken()).toEqual([]);
      }),
      { numRuns: 40, seed: 20261123 },
    );
    expect([...seen].sort()).toEqual([201, 409, 422]);
    expect([...pages].sort()).toEqual(['empty', 'open', 'too long']);
  },
);

test('names the first service and all of them, in the order of the catalogue', async () => {
  const answer = await send(
    '/api/availability?service=giat-ghe-sofa&service=ve-sinh-nha-o&service=tap-vu-van-phong&days=3',
  );
  const body: { service: string; services: string[]; days: { windows: ApiWindow[] }[] } =
    await answer.json();
  expect([body.service, body.services]).toEqual([
    've-sinh-nha-o',
    ['ve-sinh-nha-o', 'tap-vu-van-phong', 'giat-ghe-sofa'],
  ]);
  expect(body.days[2]?.windows.map(({ id, seatsLeft, fits }) => [id, seatsLeft, fits])).toEqual([
    ['sang-som', 3, true],
    ['sang', 3, true],
    ['chieu', 0, false],
    ['chieu-muon', 0, false],
  ]);
});

test.each([
  ['2026-11-24T16:59:00Z', '2026-11-24', 0, 2],
  ['2026-11-24T17:01:00Z', '2026-11-25', 2, 4],
  ['2026-12-31T16:59:00Z', '2026-12-31', 0, 0],
  ['2026-12-31T17:01:00Z', '2027-01-01', 0, 4],
  ['2027-02-03T17:01:00Z', '2027-02-04', 0, 0],
  ['2028-02-28T17:01:00Z', '2028-02-29', 2, 4],
])('at %s the API begins with %s in Vietnam', async (instant, date, today, tomorrow) => {
  const query = '/api/availability?service=ve-sinh-nha-o&days=2';
  const answer = await send(query, {}, { now: new Date(instant) });
  const { days }: { days: { date: string; windows: unknown[] }[] } = await answer.json();
  expect(days.map((each) => [each.date, each.windows.length])).toEqual([
    [date, today],
    [addDays(date, 1), tomorrow],
  ]);
});

const query = (changes: Record<string, string>) =>
  `/api/availability?${new URLSearchParams({ service: services[0]?.id ?? '', ...changes }).toString()}`;
const last = addDays(TODAY, bookingRules.horizonDays);

test('a service that is a draft can neither be asked for nor booked', async () => {
  const draft = listedServices.find(({ draft: isDraft }) => isDraft)?.id ?? '';
  const answers = [
    await send(query({ service: draft })),
    await postJson('/api/bookings', bookingFields({ service: draft })),
  ];
  for (const answer of answers) {
    const { errors }: { errors: { field: string }[] } = await answer.json();
    expect([answer.status, errors.map(({ field }) => field)]).toEqual([422, ['service']]);
  }
  const page = await (await send(`/dat-lich/?service=${draft}`)).text();
  expect(page).not.toContain(`value="${draft}"`);
});

test.each([
  ['from', '9999-12-31'],
  ['from', '2026-11-22'],
  ['from', addDays(last, 1)],
  ['from', '2026-02-30'],
  ['from', '+010000-01-01'],
  ['from', ' 2026-11-24'],
  ['from', '24/11/2026'],
  ['from', ''],
  ['days', '0x10'],
  ['days', '1e1'],
  ['days', ' 10'],
  ['days', '61'],
  ['days', '0'],
  ['days', '-1'],
  ['days', '1.5'],
  ['days', '007'],
  ['days', '１０'],
  ['days', ''],
])('answers 422 and names the field for %s=%j', async (field, value) => {
  const answer = await send(query({ [field]: value }));
  const { errors }: { errors?: { field: string }[] } = await answer.json();
  expect([answer.status, errors?.map((error) => error.field)]).toEqual([422, [field]]);
});

test('answers 60 days from today and one from the last day of the calendar', async () => {
  for (const [from, days] of [
    [TODAY, 60],
    [last, 1],
  ] as const) {
    const answer = await send(query({ from, days: String(days) }));
    const { days: found }: { days: { date: string }[] } = await answer.json();
    expect([answer.status, found.length, found[0]?.date]).toEqual([200, days, from]);
  }
});
