import type { Context } from 'hono';
import type { LinkKeys } from '../signing/tokens.ts';

/** What every handler has at hand: the environment, the request's id and time, and the keyring of links. */
export interface AppEnv {
  Bindings: Env;
  Variables: { requestId: string; now: Date; linkKeys: LinkKeys };
}

/** A Hono context of this Worker. */
export type AppContext = Context<AppEnv>;
