import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { ROOT } from './environment.mjs';

const PARTS = [
  ...['content', 'docs', 'public', 'scripts', 'shared', 'site', 'worker'],
  ...['astro.config.mjs', 'package.json', 'tsconfig.json', 'wrangler.toml'],
];

/** The cache of share pictures, taken along so that no checkout draws them anew. */
const PICTURES = '.cache/share-pictures';

/** A copy of what the site is built from and the launch list reads, in a folder of its own; `remove` takes it away. */
export function makeCheckout(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'checkout-'));
  for (const part of existsSync(path.join(ROOT, PICTURES)) ? [...PARTS, PICTURES] : PARTS) {
    cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

/** Runs one of a checkout's own scripts. */
export function runInCheckout(folder: string, ...args: string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
}

/** Builds the site of a checkout into its own dist. */
export function buildCheckout(folder: string): SpawnSyncReturns<string> {
  return runInCheckout(folder, 'scripts/build.mjs');
}
