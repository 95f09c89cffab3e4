import { later } from '../../shared/time.ts';

/** Minutes between an attempt and the next: the first element is the delay after the first attempt. */
const DELAYS_MINUTES = [1, 5, 30, 120, 300, 600, 1200] as const;

/** Minutes that a delivery may be late before a person should look. */
export const LATE_MINUTES = 60;

/** Attempts of a delivery that is never revived. */
const ATTEMPTS_MAX = DELAYS_MINUTES.length + 1;

/** Minutes until the next attempt where revivals have used up all delays. */
const EXTRA_DELAY_MINUTES = 120;
/** Longest that a receiver's Retry-After can put an attempt off. */
const RETRY_AFTER_MAX_MINUTES = 120;
/** Largest part of a delay that is added to it, so that deliveries that failed together are not all retried at once. */
const JITTER = 0.1;

const SCHEDULE_MINUTES = DELAYS_MINUTES.reduce((sum, delay) => sum + delay, 0);

interface FailedAttempt {
  deliveryId: string;
  /** Attempts made so far, this one included. */
  attempts: number;
  createdAt: Date;
  now: Date;
  /** The earliest moment that the receiver asked for, or null. */
  notBefore: Date | null;
}

/**
 * When to try again, or null where the delivery is dead: all attempts are made, and all delays together have passed since it was
 * created. Without the second condition, a channel that fails and revives often would use the attempts up early.
 */
export function nextAttemptAt(attempt: FailedAttempt): Date | null {
  const { attempts, createdAt, now, notBefore } = attempt;
  const dead = attempts >= ATTEMPTS_MAX && now >= later(createdAt, { minutes: SCHEDULE_MINUTES });
  if (dead) return null;
  const delay = DELAYS_MINUTES[attempts - 1] ?? EXTRA_DELAY_MINUTES;
  const own = later(now, { minutes: delay * (1 + JITTER * spread(attempt)) });
  return notBefore !== null && notBefore > own ? notBefore : own;
}

/** The instant of a Retry-After header (seconds or an HTTP date), two hours ahead at most, or null. */
export function readRetryAfter(header: string | null, now: Date): Date | null {
  const asked = header === null ? null : readInstant(header, now);
  const latest = later(now, { minutes: RETRY_AFTER_MAX_MINUTES });
  return asked !== null && asked > latest ? latest : asked;
}

function readInstant(header: string, now: Date): Date | null {
  if (/^\d{1,9}$/.test(header.trim())) return later(now, { ms: Number(header) * 1000 });
  const instant = Date.parse(header);
  return Number.isNaN(instant) ? null : new Date(instant);
}

/** A number between 0 and 1, always the same for one delivery and attempt (FNV-1a hash), so that tests can repeat it. */
function spread({ deliveryId, attempts }: FailedAttempt): number {
  let hash = 0x811c9dc5;
  for (const character of `${deliveryId}:${attempts}`) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  }
  return (hash >>> 0) / 0xffffffff;
}
