import { readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './environment.mjs';
import { run } from './run.mjs';

// What only the development entry says; a hit means that it got into the bundle.
const DEVELOPMENT = ['/dev/', 'inbox.json', 'recordingEmail', 'inboxPage'];

/**
 * Bundles the Worker as a deployment would and throws when anything of /dev is in it.
 * @returns {Promise<void>}
 */
export async function checkBundle() {
  const folder = path.join(ROOT, '.cache', 'bundle');
  rmSync(folder, { recursive: true, force: true });
  await run('wrangler', ['deploy', '--dry-run', '--outdir', folder]);
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));
  if (scripts.length === 0) throw new Error(`No script in ${folder}`);
  const code = scripts.map((name) => readFileSync(path.join(folder, name), 'utf8')).join('\n');
  const found = DEVELOPMENT.filter((text) => code.includes(text));
  if (found.length > 0) throw new Error(`The bundle to deploy contains ${found.join(', ')}`);
}
