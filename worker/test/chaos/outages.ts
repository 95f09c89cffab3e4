import { later } from '../../../shared/time';
import type { Random } from './random';

/** A span of time in which something behaves in one way. */
export interface Outage<Mode extends string> {
  from: Date;
  to: Date;
  mode: Mode;
}

/** Up to three spans of trouble within the hours given, some short, some longer than a day. */
export function planOutages<Mode extends string>(
  random: Random,
  modes: readonly Mode[],
  span: { from: Date; hours: number },
): Outage<Mode>[] {
  return Array.from({ length: random.below(4) }, () => {
    const from = later(span.from, { minutes: random.below(span.hours * 60) });
    const minutes = random.pick([3, 20, 90, 400, 1600]);
    const end = later(span.from, { hours: span.hours });
    const to = later(from, { minutes });
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
