import { purge } from '../personal-data/purge.ts';
import { runHourly } from './hourly.ts';

/** Empties and deletes, once an hour, what has reached its end. */
export function purgeEnded(env: Env, now: Date): Promise<void> {
  return runHourly(env, { task: 'purge', now }, () => purge(env, now));
}
