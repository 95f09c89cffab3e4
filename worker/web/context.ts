import type { Context } from 'hono';
import type { LinkKeys } from '../signing/tokens.ts';

/** What every handler can read: the environment, the request's id and time, and the keys that sign links. */
export interface AppEnv {
  Bindings: Env;
  Variables: { requestId: string; now: Date; linkKeys: LinkKeys };
}

export type AppContext = Context<AppEnv>;
