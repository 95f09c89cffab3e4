import { accessSync, constants } from 'node:fs';
import process from 'node:process';
import { chromium } from '@playwright/test';
import { run } from './run.mjs';

const USUAL_PLACES = [
  process.env['CHROMIUM_PATH'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/**
 * Path of a Chromium that is on this machine: CHROMIUM_PATH, the system's own, or Playwright's download.
 * @returns {string | undefined}
 */
export function knownChromium() {
  return [...USUAL_PLACES, chromium.executablePath()].find(isExecutable);
}

/**
 * Path of a Chromium, downloaded by Playwright or else installed by apt-get where there was none.
 * @returns {Promise<string>}
 */
export async function ensureChromium() {
  const known = knownChromium();
  if (known) return known;
  await installChromium();
  const installed = knownChromium();
  if (installed) return installed;
  throw new Error(
    'No Chromium was found or installed; name one with CHROMIUM_PATH=/path/to/chromium',
  );
}

async function installChromium() {
  const isRoot = process.getuid?.() === 0;
  try {
    await run('playwright', ['install', ...(isRoot ? ['--with-deps'] : []), 'chromium']);
  } catch (error) {
    if (!isRoot) throw error;
    await run('apt-get', ['update']);
    await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
  }
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return file !== '';
  } catch {
    return false;
  }
}
