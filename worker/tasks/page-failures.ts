import { log } from '../base/log.ts';
import { takePageFailures } from '../store/page-failures.ts';

/** Writes to the log what failed on pages that may write nothing there. */
export async function logPageFailures(env: Env): Promise<void> {
  for (const failure of await takePageFailures(env.DB)) {
    const { event, class: name, count, first_at: first, last_at: last } = failure;
    const times = { firstAt: first.toISOString(), lastAt: last.toISOString() };
    log('page_failed', { of: event, class: name, count, ...times });
  }
}
