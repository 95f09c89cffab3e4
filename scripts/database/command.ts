import { readdirSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../tools/environment.mjs';
import { openLocal } from './local-database.ts';
import type { Database } from './database.ts';
import { openRemote } from './remote-database.ts';

/** The options by which every command about the database says which one it means. */
export const databaseOptions = {
  remote: { type: 'boolean', default: false },
  env: { type: 'string' },
  'persist-to': { type: 'string', default: path.join('.wrangler', 'state') },
} as const;

/** Values of `databaseOptions`. `env` counts only with `remote`, `persist-to` only without. */
export interface DatabaseChoice {
  remote: boolean;
  env?: string | undefined;
  'persist-to': string;
}

/** For wrangler: `--remote` and the environment, or the local state folder. */
export function wranglerFlags({ remote, env, 'persist-to': persistTo }: DatabaseChoice): string[] {
  if (!remote) return ['--persist-to', persistTo];
  return ['--remote', ...(env === undefined ? [] : ['--env', env])];
}

/** What a command that is printed needs behind it to mean the same database. */
export function commandSuffix(choice: DatabaseChoice): string {
  return choice.remote ? ` ${wranglerFlags(choice).join(' ')}` : '';
}

export async function openDatabase(choice: DatabaseChoice): Promise<Database> {
  return choice.remote ? openRemote(wranglerFlags(choice)) : openLocal(choice['persist-to']);
}

/** The names of this code's migration files, in the order in which they are applied. */
export function listKnownMigrations(): string[] {
  const files = readdirSync(path.join(ROOT, 'worker', 'migrations'));
  return files.filter((name) => name.endsWith('.sql')).toSorted();
}

/** "3,2 giây" since an instant in milliseconds. */
export function formatSeconds(since: number): string {
  const seconds = Math.round((Date.now() - since) / 100) / 10;
  return `${seconds.toLocaleString('vi-VN')} giây`;
}
