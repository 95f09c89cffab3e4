import { expect, test } from 'vitest';
import { spamReason } from './spam-check';

const timing = { intent: null, now: new Date('2026-11-23T02:00:00Z') };

test.each([
  ['https://www.facebook.com/a và https://maps.app.goo.gl/b', null],
  ['https://www.google.com/maps?q=https://www.a.test và www.b.test', null],
  ['http://a.test http://b.test www.c.test', 'links'],
  ['http://a.test,http://b.test,http://c.test', 'links'],
])('a note with %s: %s', (note, reason) => {
  expect(spamReason({}, note, timing)).toBe(reason);
});
