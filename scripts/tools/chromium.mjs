import { accessSync, constants } from 'node:fs';
import process from 'node:process';
import { run } from './run.mjs';

/** Chromium without its window, of Debian: what the pages do is the same, for three quarters of the processor's time. */
const HEADLESS_SHELL = '/usr/bin/chromium-headless-shell';
const OTHER_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * Path of a Chromium on this machine: CHROMIUM_PATH, the system's own, or Playwright's download.
 * @returns {Promise<string | undefined>}
 */
export async function knownChromium() {
  const system = systemChromium();
  if (system) return system;
  // Asked last, so that this file can be read before the packages are there.
  const { chromium } = await import('@playwright/test');
  return [chromium.executablePath()].find(isExecutable);
}

/**
 * Path of a Chromium, installed by the system's packages or else downloaded by Playwright where there was none.
 * @returns {Promise<string>}
 */
export async function ensureChromium() {
  const known = await knownChromium();
  if (known) return known;
  await installSystemChromium();
  const system = systemChromium();
  if (system) return system;
  await run('playwright', ['install', ...(isRoot() ? ['--with-deps'] : []), 'chromium']);
  const installed = await knownChromium();
  if (installed) return installed;
  throw new Error(
    'No Chromium was found or installed; name one with CHROMIUM_PATH=/path/to/chromium',
  );
}

/** Installs Debian's Chromium where there is none and its packages can be installed; elsewhere nothing happens. */
export async function installSystemChromium() {
  if (systemChromium() || !isRoot() || !isExecutable('/usr/bin/apt-get')) return;
  const install = ['install', '-y', '--no-install-recommends', 'chromium-headless-shell'];
  await run('apt-get', ['update'])
    .then(() => run('apt-get', install))
    .catch(() => undefined);
}

function systemChromium() {
  const named = process.env['CHROMIUM_PATH'] ?? '';
  return [named, HEADLESS_SHELL, ...OTHER_PLACES].find(isExecutable);
}

function isRoot() {
  return process.getuid?.() === 0;
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
