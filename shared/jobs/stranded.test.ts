import { describe, expect, test } from 'vitest';
import { bookingRules } from '../content/catalogue.ts';
import { type BookedPlace, findStranded } from './stranded.ts';

const place = (code: string, date: string, window: string, minute = 0): BookedPlace => ({
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
    const places = [place('A', '2026-11-25', 'sang'), place('B', '2026-11-25', 'sang', 1)];
    expect(findStranded(rules, places)).toEqual([]);
  });

  test('names every booking of a closed day, first and last day included', () => {
    const places = [place('B', '2026-11-27', 'sang'), place('A', '2026-11-26', 'chieu')];
    expect(findStranded(rules, places)).toEqual([
      { code: 'A', date: '2026-11-26', window: 'chieu', reason: 'closed' },
      { code: 'B', date: '2026-11-27', window: 'sang', reason: 'closed' },
    ]);
  });

  test('names the bookings of a window that the weekday or the settings no longer have', () => {
    const places = [place('A', '2026-11-29', 'sang'), place('B', '2026-11-25', 'toi')];
    expect(findStranded(rules, places).map(({ code }) => code)).toEqual(['B', 'A']);
  });

  test('leaves the seats to those who came first', () => {
    const places = [
      place('C', '2026-11-25', 'sang', 3),
      place('A', '2026-11-25', 'sang', 1),
      place('B', '2026-11-25', 'sang', 2),
      place('E', '2026-11-30', 'sang', 5),
      place('D', '2026-11-30', 'sang', 4),
    ];
    expect(findStranded(rules, places)).toEqual([
      { code: 'C', date: '2026-11-25', window: 'sang', reason: 'seats' },
      { code: 'E', date: '2026-11-30', window: 'sang', reason: 'seats' },
    ]);
  });

  test('names a job of two windows once', () => {
    const places = [place('A', '2026-11-26', 'sang'), place('A', '2026-11-26', 'chieu')];
    expect(findStranded(rules, places).length).toBe(1);
  });
});
