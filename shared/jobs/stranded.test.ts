import { describe, expect, test } from 'vitest';
import { bookingRules } from '../content/catalogue.ts';
import { type BookedSlot, findStranded } from './stranded.ts';

const slot = (code: string, date: string, window: string, minute = 0): BookedSlot => ({
  id: `id-${code}`,
  code,
  date,
  window,
  bookedAt: new Date(Date.UTC(2026, 10, 20, 2, minute)),
});

const rules = {
  ...bookingRules,
  seats: 2,
  closed: [{ from: '2026-11-26', to: '2026-11-27', reason: 'Nghỉ' }],
  peaks: [{ from: '2026-11-30', to: '2026-11-30', note: '', seats: 1 }],
};

describe('findStranded', () => {
  test('finds nothing where all have room', () => {
    const slots = [slot('A', '2026-11-25', 'sang'), slot('B', '2026-11-25', 'sang', 1)];
    expect(findStranded(rules, slots)).toEqual([]);
  });

  test('names every booking of a closed day, first and last day included', () => {
    const slots = [slot('B', '2026-11-27', 'sang'), slot('A', '2026-11-26', 'chieu')];
    expect(findStranded(rules, slots)).toEqual([
      { id: 'id-A', code: 'A', date: '2026-11-26', window: 'chieu', reason: 'closed' },
      { id: 'id-B', code: 'B', date: '2026-11-27', window: 'sang', reason: 'closed' },
    ]);
  });

  test('names the bookings of a window that the weekday or the settings no longer have', () => {
    const slots = [slot('A', '2026-11-29', 'sang'), slot('B', '2026-11-25', 'toi')];
    expect(findStranded(rules, slots).map(({ code }) => code)).toEqual(['B', 'A']);
  });

  test('leaves the seats to those who came first', () => {
    const slots = [
      slot('C', '2026-11-25', 'sang', 3),
      slot('A', '2026-11-25', 'sang', 1),
      slot('B', '2026-11-25', 'sang', 2),
      slot('E', '2026-11-30', 'sang', 5),
      slot('D', '2026-11-30', 'sang', 4),
    ];
    expect(findStranded(rules, slots)).toEqual([
      { id: 'id-C', code: 'C', date: '2026-11-25', window: 'sang', reason: 'seats' },
      { id: 'id-E', code: 'E', date: '2026-11-30', window: 'sang', reason: 'seats' },
    ]);
  });

  test('names a job of two windows once', () => {
    const slots = [slot('A', '2026-11-26', 'sang'), slot('A', '2026-11-26', 'chieu')];
    expect(findStranded(rules, slots).length).toBe(1);
  });
});
