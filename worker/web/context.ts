import type { Context } from 'hono';
import type { StaffSigning } from '../signing/staff-links.ts';
import type { LinkKeys } from '../signing/tokens.ts';

/**
 * What every handler can read: the environment, the request's id and time, and the keys that sign links of customers and of
 * staff. `staffSigning` is there from the moment on when a staff link of the request was read.
 */
export interface AppEnv {
  Bindings: Env;
  Variables: {
    requestId: string;
    now: Date;
    linkKeys: LinkKeys;
    staffKeys: LinkKeys;
    staffSigning: StaffSigning;
  };
}

export type AppContext = Context<AppEnv>;
