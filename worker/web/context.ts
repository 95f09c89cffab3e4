import type { Context } from 'hono';
import type { Language } from '../../shared/languages.ts';
import type { StaffSigning } from '../signing/staff-links.ts';
import type { LinkKeys } from '../signing/tokens.ts';

/**
 * What every handler can read: the environment, the request's id, time and language, and the keys that sign links of customers and of
 * staff. `staffSigning` is there from the moment on when a staff link of the request was read.
 */
export interface AppEnv {
  Bindings: Env;
  Variables: {
    requestId: string;
    now: Date;
    language: Language;
    linkKeys: LinkKeys;
    staffKeys: LinkKeys;
    staffSigning: StaffSigning;
  };
}

export type AppContext = Context<AppEnv>;
