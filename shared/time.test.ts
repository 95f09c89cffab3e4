import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  addWorkingDays,
  formatDate,
  formatInstant,
  isCalendarDate,
  toVietnamDate,
  weekdayOf,
} from './time.ts';

const holidays = new Set(['2026-11-24', '2027-01-01']);

describe('the day in Vietnam', () => {
  test.each([
    ['2026-11-23T16:59:00Z', '2026-11-23'],
    ['2026-11-23T17:01:00Z', '2026-11-24'],
    ['2026-12-31T17:00:00Z', '2027-01-01'],
    ['2027-02-05T17:00:00Z', '2027-02-06'],
  ])('at %s is %s', (instant, date) => {
    expect(toVietnamDate(new Date(instant))).toBe(date);
  });

  test('is written as people read it', () => {
    expect(formatDate('2026-11-24')).toBe('Thứ Ba, 24/11/2026');
    expect(formatDate('2026-11-29')).toBe('Chủ\u00A0Nhật, 29/11/2026');
    expect(formatInstant(new Date('2026-11-24T01:30:00Z'))).toBe('Thứ Ba, 24/11/2026, 8:30');
    expect(formatInstant(new Date('2026-12-02T18:30:00Z'))).toBe('Thứ Năm, 03/12/2026, 1:30 sáng');
    expect(formatInstant(new Date('2026-12-02T17:05:00Z'))).toBe('Thứ Năm, 03/12/2026, 0:05 đêm');
    expect(weekdayOf('2027-02-06')).toBe('sat');
  });
});

describe('calendar arithmetic', () => {
  test.each([
    ['2026-12-31', 1, '2027-01-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2027-03-01', -1, '2027-02-28'],
  ])('%s plus %i days is %s', (from, days, to) => {
    expect(addDays(from, days)).toBe(to);
  });

  test.each(['2026-02-31', '2026-13-01', '2026-1-1', '', 'mai'])('%s is no day', (text) => {
    expect(isCalendarDate(text)).toBe(false);
  });

  test('months are cut to their length', () => {
    const end = addMonths(new Date('2027-01-31T00:00:00Z'), 1);
    expect(end.toISOString()).toBe('2027-02-28T00:00:00.000Z');
  });

  test('working days leave out weekends and holidays', () => {
    expect(addWorkingDays('2026-11-23', 2, holidays)).toBe('2026-11-26');
    expect(addWorkingDays('2026-12-31', 1, holidays)).toBe('2027-01-04');
  });
});
