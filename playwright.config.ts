import { existsSync } from 'node:fs';
import process from 'node:process';
import { defineConfig, devices } from '@playwright/test';
import { knownChromium } from './scripts/tools/chromium.mjs';
import { ownServer } from './tests/browser/servers.ts';

/** The journey of the letters sends this one, of the company of tests/another-business. */
const LETTER = './content/letters/mua-mua.mdx';
const notSent = existsSync(LETTER) ? [] : ['**/letters.spec.ts'];

/** Pixels as large as CSS has them: nothing measured depends on finer ones, and drawing those takes time. */
const phone = {
  ...devices['Pixel 7'],
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 1,
};

export default defineConfig({
  testDir: './tests/browser',
  outputDir: './test-results',
  globalSetup: './tests/browser/global-setup.ts',
  forbidOnly: true,
  retries: 0,
  // Room for a busy machine: what passes does not wait for it.
  timeout: 240_000,
  expect: { timeout: 20_000 },
  // Each has a server and a database of its own: the tests of one share its seats.
  workers: 2,
  use: {
    // Each worker process reads this file again, after the global setup.
    baseURL: ownServer()?.url,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    launchOptions: {
      executablePath: await knownChromium(),
      // Drawing without a graphics card by software takes a fifth of the time of all journeys.
      args: ['--no-sandbox', '--disable-gpu', '--disable-software-rasterizer'],
      // Without a locale Chromium cannot read a file's name that has Vietnamese letters.
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    },
  },
  projects: [
    // The lives of requests are walked without scripts; with them nothing differs but the draft.
    {
      name: 'js',
      use: phone,
      testIgnore: ['**/{letters,lives,money,plans,rights,staff-day}.spec.ts'],
    },
    // What asks the server without a page is the same with and without scripts.
    {
      name: 'nojs',
      use: { ...phone, javaScriptEnabled: false },
      testIgnore: [
        ...notSent,
        '**/measures.spec.ts',
        '**/admin.spec.ts',
        '**/dev.spec.ts',
        '**/routes.spec.ts',
        '**/leftovers.spec.ts',
        '**/every-page.spec.ts',
        '**/scanner.spec.ts',
        '**/booking-script.spec.ts',
        '**/push.spec.ts',
      ],
    },
  ],
});
