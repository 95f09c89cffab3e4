import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { BIN, ROOT } from './environment.mjs';
import { run } from './run.mjs';

/** @typedef {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }>} Packages */

/** Runs `npm ci` when node_modules is not what the lock file says. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  console.log('Installing the pinned packages (npm ci), once …');
  await run('npm', ['ci', '--no-audit', '--no-fund', '--include=dev', '--loglevel=error'], {
    show: true,
  });
}

function isInstalled() {
  const hidden = path.join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden) || !existsSync(path.join(BIN, 'node'))) return false;
  const installed = readPackages(hidden);
  const wanted = Object.entries(readPackages(path.join(ROOT, 'package-lock.json')));
  return wanted.every(([folder, { version, optional, devOptional }]) => {
    const found = folder === '' || installed[folder];
    return found === true || (found ? found.version === version : optional || devOptional);
  });
}

/**
 * @param {string} file
 * @returns {Packages}
 */
function readPackages(file) {
  const lock = /** @type {{ packages: Packages }} */ (JSON.parse(readFileSync(file, 'utf8')));
  return lock.packages;
}
