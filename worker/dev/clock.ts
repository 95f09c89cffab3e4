import { later } from '../../shared/time.ts';

let minutesAhead = 0;

/** Sets how many minutes the development clock runs ahead of the real one. */
export function setMinutesAhead(minutes: number): void {
  minutesAhead = minutes;
}

/** What the development clock shows at a real instant. */
export function aheadOf(instant: Date): Date {
  return later(instant, { minutes: minutesAhead });
}

/** What the development clock shows now. */
export function readDevClock(): Date {
  return aheadOf(new Date());
}
