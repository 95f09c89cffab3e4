import { createMiddleware } from 'hono/factory';
import { listBadKeyrings } from '../base/keyrings.ts';
import { log } from '../base/log.ts';
import { readLinkKeys, readStaffKeys } from '../signing/tokens.ts';
import type { AppEnv } from './context.ts';
import { answerProblem, problems } from './problems.ts';

/** Hands the keys that sign links on. Where a secret is missing or has a key that is too short, every address answers 503. */
export const provideKeys = createMiddleware<AppEnv>(async (c, next) => {
  const bad = listBadKeyrings(c.env);
  if (bad.length > 0) {
    log('key_too_short', { keyrings: bad.join(' ') });
    return answerProblem(c, problems.failed);
  }
  c.set('linkKeys', readLinkKeys(c.env.LINK_KEYS));
  c.set('staffKeys', readStaffKeys(c.env.STAFF_KEYS));
  return next();
});
