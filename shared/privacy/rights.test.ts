import { describe, expect, test } from 'vitest';
import { legalDeadlines } from './register.ts';
import { rightDays } from './rights.ts';
import { addWorkingDays } from '../time.ts';

/** The days off that the cases cross: Culture Day, New Year, Tết 2027, 30 April and 1 May, 2 September. */
const holidays = new Set([
  ...['2026-11-24', '2027-01-01'],
  ...['2027-02-05', '2027-02-06', '2027-02-07', '2027-02-08', '2027-02-09'],
  ...['2027-04-30', '2027-05-01', '2027-09-01', '2027-09-02'],
]);

describe('the legal deadlines of a request about personal data', () => {
  // Asked at, first reply, see, withdraw, erase.
  test.each([
    ['a usual Monday', '2026-11-30T09:00', '2026-12-02', '2026-12-10', '2026-12-15', '2026-12-20'],
    [
      'a Friday evening',
      '2026-12-04T20:00',
      '2026-12-08',
      '2026-12-14',
      '2026-12-19',
      '2026-12-24',
    ],
    ['a Saturday', '2026-12-05T10:00', '2026-12-08', '2026-12-15', '2026-12-20', '2026-12-25'],
    [
      'before 24 November',
      '2026-11-23T09:00',
      '2026-11-26',
      '2026-12-03',
      '2026-12-08',
      '2026-12-13',
    ],
    ['on 24 November', '2026-11-24T09:00', '2026-11-26', '2026-12-04', '2026-12-09', '2026-12-14'],
    [
      'one minute to midnight',
      '2026-11-23T23:59',
      '2026-11-26',
      '2026-12-03',
      '2026-12-08',
      '2026-12-13',
    ],
    [
      'one minute later',
      '2026-11-24T00:00',
      '2026-11-26',
      '2026-12-04',
      '2026-12-09',
      '2026-12-14',
    ],
    ['over New Year', '2026-12-31T09:00', '2027-01-05', '2027-01-10', '2027-01-15', '2027-01-20'],
    ['before Tết', '2027-02-04T09:00', '2027-02-11', '2027-02-14', '2027-02-19', '2027-02-24'],
    [
      'on the first of Tết',
      '2027-02-06T09:00',
      '2027-02-11',
      '2027-02-16',
      '2027-02-21',
      '2027-02-26',
    ],
    ['before 30 April', '2027-04-29T09:00', '2027-05-04', '2027-05-09', '2027-05-14', '2027-05-19'],
    [
      'before 2 September',
      '2027-08-31T09:00',
      '2027-09-06',
      '2027-09-10',
      '2027-09-15',
      '2027-09-20',
    ],
  ])('from %s', (_name, askedAt, reply, see, withdraw, erase) => {
    const asked = new Date(`${askedAt}:00+07:00`);
    const due = (['see', 'correct', 'withdraw', 'erase'] as const).map((kind) =>
      rightDays(kind, asked, holidays),
    );
    expect(due.map(({ firstReplyDue }) => firstReplyDue)).toEqual([reply, reply, reply, reply]);
    expect(due.map(({ dueOn }) => dueOn)).toEqual([see, see, withdraw, erase]);
  });
});

test.each([
  ['2026-11-23', '2026-12-03'],
  ['2026-12-04', '2026-12-15'],
  ['2027-02-04', '2027-02-18'],
  ['2027-04-28', '2027-05-10'],
])('a complaint of %s is answered by %s', (from, by) => {
  expect(addWorkingDays(from, legalDeadlines.complaint.workingDays, holidays)).toBe(by);
});
