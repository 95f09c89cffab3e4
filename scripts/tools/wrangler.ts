import { run } from './run.mjs';
import { isSignedOut, SIGNED_OUT } from './signed-out.mjs';

/** How Cloudflare says that there is no Worker of this name yet. */
const NO_WORKER = /code: (?:10007|10090)|(?:Worker|script)\b.*not (?:found|exist)/i;

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

/** The required secrets that the deployed Worker does not have; all of them before its first deployment. */
export async function missingSecrets(required: readonly string[], env?: string): Promise<string[]> {
  try {
    const output = await wrangler(['secret', 'list', '--format', 'json'], env);
    const list = JSON.parse(output.slice(output.indexOf('['))) as { name: string }[];
    return required.filter((name) => !list.some((secret) => secret.name === name));
  } catch (error) {
    if (error instanceof Error && NO_WORKER.test(error.message)) return [...required];
    throw error;
  }
}
