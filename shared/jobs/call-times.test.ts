import { expect, test } from 'vitest';
import { fromVietnam } from '../time.ts';
import { listCallTimes } from './call-times.ts';

const now = fromVietnam('2026-11-30', '07:30');

test.each([
  ['2026-12-04', '09:30', ['soon', 'evening', 'morning', 'tomorrow']],
  ['2026-12-01', '15:30', ['soon', 'evening', 'morning']],
  ['2026-11-30', '09:00', ['soon']],
])('no call is put off beyond the visit of %s, %s', (day, time, ids) => {
  expect(listCallTimes(now, fromVietnam(day, time)).map(({ id }) => id)).toEqual(ids);
});
