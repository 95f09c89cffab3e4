import { later } from '../../shared/time.ts';

/** Header with the time at which a request counts as sent. */
export const SENT_AT = 'bench-sent-at';

/** Time from one submission to the next: so far apart, the limits of an hour and a day count as few as on any day. */
const APART_MINUTES = 5;

/** When the submission of a number counts as sent. */
export function sentAt(start: Date, number: number): Date {
  return later(start, { minutes: APART_MINUTES * number });
}
