import process from 'node:process';
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

/** Fixed keys, so that signatures and seals in tests are the same on every run. */
function testKeys(first: string): string {
  return [first, `${first}2`].map((name) => `whsec_${btoa(name.padEnd(32, '.'))}`).join(' ');
}

const worker = cloudflareTest(async () => ({
  wrangler: { configPath: './wrangler.toml' },
  miniflare: {
    bindings: {
      TEST_MIGRATIONS: await readD1Migrations('./worker/migrations'),
      PUBLIC_ORIGIN: 'https://example.com',
      DISPATCH_URL: 'https://dispatch.example.com/jobs',
      SEAL_KEYS: testKeys('seal'),
      LINK_KEYS: testKeys('link'),
      DISPATCH_KEYS: testKeys('dispatch'),
      CHAOS_SEED: process.env.CHAOS_SEED ?? '1',
      CHAOS_RUNS: process.env.CHAOS_RUNS ?? '12',
    },
  },
}));

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{shared,site,scripts}/**/*.test.ts', 'tests/unit/**/*.test.ts'],
        },
      },
      {
        plugins: [worker],
        test: {
          name: 'worker',
          include: ['worker/**/*.test.ts'],
          setupFiles: ['./worker/test/setup.ts'],
          // A busy machine is slow, not wrong.
          testTimeout: 60_000,
        },
      },
      {
        // Reads ./dist, so it runs after the build; some build a site of their own.
        test: {
          name: 'built',
          include: ['tests/built/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
