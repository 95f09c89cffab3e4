import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  countSeatsLeft,
  emptyOccupancy,
  firstOfferedDay,
  listOpenDays,
  listJobSlots,
  refuseStart,
  seatsOn,
} from './availability.ts';
import type { BookingRules } from '../content/booking-rules.ts';
import { bookingRules } from '../content/catalogue.ts';
import { addDays, toVietnamDate } from '../time.ts';

const NOW = new Date('2026-11-23T02:00:00Z');
const one = { windows: 1 };
const two = { windows: 2 };

function rulesWith(changes: Partial<BookingRules>): BookingRules {
  return { ...bookingRules, ...changes };
}

describe('placesFor', () => {
  test('takes as many windows in a row as the job needs, and the buffer as far as the day goes', () => {
    const rules = rulesWith({ bufferWindows: 1 });
    const windows = (start: string, visit: { windows: number }) =>
      listJobSlots(rules, visit, { date: '2026-11-25', window: start })?.map(
        ({ window }) => window,
      );
    expect(windows('sang', one)).toEqual(['sang', 'chieu']);
    expect(windows('chieu', two)).toEqual(['chieu', 'chieu-muon']);
    expect(windows('chieu-muon', two)).toBeUndefined();
  });

  test('offers nothing on a closed day and counts a peak’s own seats', () => {
    const closed = rulesWith({ closed: [{ from: '2026-11-25', to: '2026-11-25', reason: '' }] });
    expect(listJobSlots(closed, one, { date: '2026-11-25', window: 'sang' })).toBeNull();
    const peak = rulesWith({
      peaks: [{ from: '2026-11-25', to: '2026-11-25', note: '', seats: 7 }],
    });
    expect(listJobSlots(peak, one, { date: '2026-11-25', window: 'sang' })?.[0]?.capacity).toBe(7);
  });
});

describe('refuseStart', () => {
  test.each([
    ['2026-11-23T16:59:00Z', '2026-11-24', 'sang-som', 'window'],
    ['2026-11-23T16:59:00Z', '2026-11-24', 'chieu', undefined],
    ['2026-11-23T17:01:00Z', '2026-11-23', 'chieu', 'date'],
    ['2027-02-03T02:00:00Z', '2027-02-06', 'sang', 'date'],
    ['2026-12-31T16:59:00Z', '2027-01-01', 'chieu', 'date'],
    ['2026-12-31T17:01:00Z', '2027-01-02', 'sang', undefined],
    ['2027-02-03T17:01:00Z', '2027-02-10', 'sang', 'date'],
    ['2027-02-03T17:01:00Z', '2027-02-11', 'sang-som', undefined],
    ['2028-02-28T16:59:00Z', '2028-02-29', 'chieu', undefined],
    ['2028-02-28T17:01:00Z', '2028-02-28', 'chieu', 'date'],
    ['2028-02-29T16:59:00Z', '2028-03-01', 'chieu', undefined],
  ])('at %s, %s %s: %s', (now, date, window, field) => {
    const refusal = refuseStart(
      { rules: bookingRules, visit: one, now: new Date(now) },
      { date, window },
    );
    expect(refusal?.field).toBe(field);
  });
});

test('refuseStart says that a window has begun, and how far ahead one that has not must be', () => {
  const messageAt = (window: string, leadHours: number) =>
    refuseStart(
      { rules: rulesWith({ leadHours }), visit: one, now: NOW },
      { date: '2026-11-23', window },
    )?.message;
  expect(messageAt('sang-som', 0)).toMatch(/^Khung giờ này đã bắt đầu/);
  expect(messageAt('sang-som', 12)).toMatch(/^Khung giờ này đã bắt đầu/);
  expect(messageAt('chieu', 12)).toContain('ít nhất 12 tiếng');
  expect(messageAt('chieu', 0)).toBeUndefined();
});

describe('listOpenDays', () => {
  const anyRules = fc.record({
    seats: fc.nat(4),
    leadHours: fc.nat(72),
    bufferWindows: fc.nat(2),
    horizonDays: fc.integer({ min: 1, max: 20 }),
  });
  const anyTaken = fc.dictionary(
    fc
      .tuple(fc.nat(20), fc.constantFrom('sang-som', 'sang', 'chieu', 'chieu-muon'))
      .map(([days, window]) => `${addDays('2026-11-23', days)}/${window}`),
    fc.nat(4),
  );

  test('shows every window of the day with the seats that the insert would find, and whether the job fits', () => {
    fc.assert(
      fc.property(anyRules, anyTaken, fc.integer({ min: 1, max: 3 }), (changes, seats, windows) => {
        const question = { rules: rulesWith(changes), visit: { windows }, now: NOW };
        const occupancy = { ...emptyOccupancy, taken: new Map(Object.entries(seats)) };
        const days = listOpenDays(question, { from: toVietnamDate(NOW), days: 21 }, occupancy);
        for (const { date, windows: open } of days) {
          for (const { id } of bookingRules.windows) {
            const shown = open.find((window) => window.id === id);
            const start = { date, window: id };
            const isOffered = refuseStart({ ...question, visit: one }, start) === null;
            expect(shown !== undefined).toBe(isOffered);
            if (shown === undefined) continue;
            const isFree = ({ window, capacity }: { window: string; capacity: number }) =>
              (occupancy.taken.get(`${date}/${window}`) ?? 0) < capacity;
            const slots = listJobSlots(question.rules, question.visit, start) ?? [];
            const free = slots.length > 0 && slots.every(isFree);
            expect(shown.seatsLeft > 0).toBe(free);
            expect(refuseStart(question, start) === null || !free).toBe(true);
            const itself = { window: id, capacity: seatsOn(question.rules, date) };
            expect(shown.fits).toBe(free || !isFree(itself));
          }
        }
      }),
    );
  });

  test('a locked window has no seat', () => {
    const occupancy = { ...emptyOccupancy, locked: new Set(['2026-11-25/sang']) };
    const start = { date: '2026-11-25', window: 'sang' };
    expect(countSeatsLeft({ rules: bookingRules, visit: one }, start, occupancy)).toBe(0);
  });
});

test('firstOfferedDay skips closed days', () => {
  const rules = rulesWith({ closed: [{ from: '2026-11-23', to: '2026-12-02', reason: '' }] });
  const span = { from: '2026-11-23', to: '2026-12-30' };
  expect(firstOfferedDay({ rules, visit: one, now: NOW }, span)).toBe('2026-12-03');
});
