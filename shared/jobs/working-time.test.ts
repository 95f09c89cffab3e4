import { expect, test } from 'vitest';
import { callbackDeadline, countWorkingMinutes, describeWorkingHours } from './working-time.ts';

const rules = {
  workingHours: { from: '07:30', to: '17:30', days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
  closed: [{ from: '2027-02-04', to: '2027-02-10', reason: 'Tết Nguyên đán' }],
} as const;
const holidays = new Set(['2026-11-24', '2027-01-01']);

test.each([
  ['within a day', '2026-11-23T09:00', '2026-11-23T11:30', 150],
  ['from before the hours begin', '2026-11-23T07:00', '2026-11-23T09:00', 90],
  ['of a Sunday', '2026-11-29T07:00', '2026-11-29T17:00', 0],
  ['over a night', '2026-11-25T17:00', '2026-11-26T08:00', 60],
  ['over a Sunday', '2026-11-28T17:29', '2026-11-30T07:31', 2],
  ['over a public holiday', '2026-11-23T17:00', '2026-11-25T08:00', 60],
  ['over the year', '2026-12-31T17:00', '2027-01-02T07:40', 40],
  ['over the closed days of Tết', '2027-02-03T17:00', '2027-02-11T07:45', 45],
  ['from 23:59 to 00:01', '2026-11-25T23:59', '2026-11-26T00:01', 0],
])('counts working minutes %s', (_name, from, to, minutes) => {
  const span = { from: new Date(`${from}:00+07:00`), to: new Date(`${to}:00+07:00`) };
  const days = [...rules.workingHours.days];
  const { from: start, to: end } = rules.workingHours;
  const own = { workingHours: { from: start, to: end, days }, closed: [...rules.closed] };
  expect(countWorkingMinutes(own, holidays, span)).toBe(minutes);
});

test.each([
  ['at night', '2026-11-28T20:00', '2026-11-30T09:30'],
  ['within the hours', '2026-11-23T09:00', '2026-11-23T11:00'],
  ['at an odd minute, rounded up', '2026-11-23T10:01', '2026-11-23T12:05'],
  ['just before they end, over a holiday', '2026-11-23T16:30', '2026-11-25T08:30'],
  ['so that the time ends with the day', '2026-11-23T15:30', '2026-11-23T17:30'],
  ['before Tết', '2027-02-03T17:00', '2027-02-11T09:00'],
])('promises the call for a request sent %s', (_name, sentAt, before) => {
  const { from, to, days } = rules.workingHours;
  const own = { workingHours: { from, to, days: [...days] }, closed: [...rules.closed] };
  const callback = { minutes: 120, confirmed: false };
  const at = (text: string) => new Date(`${text}:00+07:00`);
  expect(callbackDeadline({ ...own, callback }, holidays, at(sentAt))).toEqual(at(before));
  const never = { ...own, workingHours: { from, to, days: [] } };
  expect(callbackDeadline({ ...never, callback }, holidays, at(sentAt))).toBeNull();
});

test.each([
  [['mon', 'tue', 'wed', 'thu', 'fri', 'sat'], '7:30–17:30, thứ Hai đến thứ Bảy'],
  [['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], '7:30–17:30 mỗi ngày'],
  [['tue', 'mon', 'fri'], '7:30–17:30, thứ Hai, thứ Ba, thứ Sáu'],
  [['mon', 'tue', 'wed', 'sun'], '7:30–17:30, thứ Hai đến thứ Tư, Chủ\u00A0Nhật'],
] as const)('says working hours of %j', (days, words) => {
  expect(describeWorkingHours({ from: '07:30', to: '17:30', days: [...days] })).toBe(words);
});
