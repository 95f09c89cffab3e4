import { readdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { ROOT } from '../tools/environment.mjs';
import { openLocal } from './local-place.ts';
import type { Place } from './place.ts';
import { openRemote } from './remote-place.ts';

/** Where a command works: the words it was given and the wrangler flags of its place. */
export interface Command {
  words: string[];
  isRemote: boolean;
  persistTo: string;
  /** For wrangler: `--remote` and the environment, or the local state folder. */
  flags: string[];
  copiedAt: string | undefined;
  acceptLostKeys: boolean;
}

/** Reads the arguments that all commands about the database share; throws on a flag that none knows. */
export function readCommand(args: readonly string[]): Command {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      remote: { type: 'boolean', default: false },
      env: { type: 'string' },
      'persist-to': { type: 'string', default: path.join('.wrangler', 'state') },
      'copied-at': { type: 'string' },
      'accept-lost-keys': { type: 'boolean', default: false },
    },
  });
  const { remote: isRemote, env, 'persist-to': persistTo } = values;
  const environment = env === undefined ? [] : ['--env', env];
  return {
    words: positionals,
    isRemote,
    persistTo,
    flags: isRemote ? ['--remote', ...environment] : ['--persist-to', persistTo],
    copiedAt: values['copied-at'],
    acceptLostKeys: values['accept-lost-keys'],
  };
}

/** Opens the database that a command is about. */
export async function openPlace({ isRemote, persistTo, flags }: Command): Promise<Place> {
  return isRemote ? openRemote(flags) : openLocal(persistTo);
}

/** The migrations of this code, in order. */
export function listKnownMigrations(): string[] {
  const files = readdirSync(path.join(ROOT, 'worker', 'migrations'));
  return files.filter((name) => name.endsWith('.sql')).toSorted();
}

/** Runs a command to its end; what it cannot do is one sentence and exit code 1. */
export async function runCommand(main: () => Promise<boolean>): Promise<void> {
  try {
    process.exitCode = (await main()) ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

/** "3,2 giây" since an instant in milliseconds. */
export function formatSeconds(since: number): string {
  const seconds = Math.round((Date.now() - since) / 100) / 10;
  return `${seconds.toLocaleString('vi-VN')} giây`;
}
