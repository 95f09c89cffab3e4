import { later } from '../../shared/time.ts';

let minutes = 0;

/** Sets how many minutes the clock of the house runs ahead of the real one. */
export function runAhead(by: number): void {
  minutes = by;
}

/** An instant as the house takes it while its clock runs ahead. */
export function aheadOf(instant: Date): Date {
  return later(instant, { minutes });
}

/** What the clock of the house shows. */
export function readDevClock(): Date {
  return aheadOf(new Date());
}
