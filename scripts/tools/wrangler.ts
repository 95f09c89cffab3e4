import { run } from './run.mjs';
import { isSignedOut, SIGNED_OUT } from './signed-out.mjs';

/** Runs wrangler for the real site or, with an environment, for the preview. */
export function wrangler(args: string[], env?: string): Promise<string> {
  return run('wrangler', [...args, ...(env === undefined ? [] : ['--env', env])]);
}

/** Whether wrangler is signed in to an account, by `wrangler login` or a token. */
export async function isSignedIn(): Promise<boolean> {
  try {
    return !isSignedOut(await run('wrangler', ['whoami']));
  } catch (error) {
    if (error instanceof Error && error.message === SIGNED_OUT) return false;
    throw error;
  }
}
