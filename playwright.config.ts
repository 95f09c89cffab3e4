import { existsSync } from 'node:fs';
import process from 'node:process';
import { defineConfig, devices } from '@playwright/test';
import { knownChromium } from './scripts/tools/chromium.mjs';

/** The journey of the letters sends this one, of the company of tests/another-business. */
const LETTER = './content/letters/mua-mua.mdx';
const notSent = existsSync(LETTER) ? [] : ['**/letters.spec.ts'];

const phone = { ...devices['Pixel 7'], viewport: { width: 360, height: 740 } };

export default defineConfig({
  testDir: './tests/browser',
  outputDir: './test-results',
  globalSetup: './tests/browser/global-setup.ts',
  forbidOnly: true,
  retries: 0,
  // Room for a busy machine: what passes does not wait for it.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // One server with one database: the tests share its seats.
  workers: 1,
  use: {
    // Set by the global setup; each worker process reads this file again.
    baseURL: process.env['TEST_URL'],
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    launchOptions: {
      executablePath: knownChromium(),
      args: ['--no-sandbox'],
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
        '**/admin.spec.ts',
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
