import { later } from '../../../shared/time';
import type { Random } from './random';

/** A span of time in which something behaves in one way. */
export interface Outage<Mode extends string> {
  from: Date;
  to: Date;
  mode: Mode;
}

/** Hours in which people act, and so in which trouble begins. */
const BUSY_HOURS = 5;

/** One to four spans of trouble that begin while people act, some short, some longer than all retries of a delivery. */
export function planOutages<Mode extends string>(
  random: Random,
  modes: readonly Mode[],
  span: { from: Date; hours: number },
): Outage<Mode>[] {
  const end = later(span.from, { hours: span.hours });
  return Array.from({ length: 1 + random.below(4) }, () => {
    const from = later(span.from, { minutes: random.below(BUSY_HOURS * 60) });
    const to = later(from, { minutes: random.pick([20, 90, 400, 1600, 3000]) });
    return { from, to: to < end ? to : end, mode: random.pick(modes) };
  });
}

/** What holds at a moment, or null when all is well. */
export function modeAt<Mode extends string>(
  outages: readonly Outage<Mode>[],
  now: Date,
): Mode | null {
  return outages.find(({ from, to }) => from <= now && now < to)?.mode ?? null;
}
