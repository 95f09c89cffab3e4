import { run } from './run.mjs';

/** Runs wrangler for the real site or, with an environment, for the preview. */
export function wrangler(args: string[], env?: string): Promise<string> {
  return run('wrangler', [...args, ...(env === undefined ? [] : ['--env', env])]);
}

/** Whether wrangler is signed in to an account, by `wrangler login` or a token. */
export async function isSignedIn(): Promise<boolean> {
  const output = await run('wrangler', ['whoami']).catch(() => '');
  return output !== '' && !/not authenticated/i.test(output);
}

/** The required secrets that the deployed Worker does not have; all of them before its first deployment. */
export async function missingSecrets(required: readonly string[], env?: string): Promise<string[]> {
  const output = await wrangler(['secret', 'list', '--format', 'json'], env).catch(() => '[]');
  const list = JSON.parse(output.slice(output.indexOf('['))) as { name: string }[];
  return required.filter((name) => !list.some((secret) => secret.name === name));
}
