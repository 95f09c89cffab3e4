import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin';
import { configDefaults, defineConfig, type Plugin } from 'vitest/config';
import { FROZEN_DIST, FROZEN_ORIGIN } from './tests/frozen-site.ts';
import { makePictures } from './tests/pictures.ts';

/** Fixed keys, so that signatures and seals in tests are the same on every run. */
function testKeys(first: string): string {
  return [first, `${first}2`].map((name) => `whsec_${btoa(name.padEnd(32, '.'))}`).join(' ');
}

const worker = cloudflareTest(async () => ({
  wrangler: { configPath: './wrangler.toml' },
  miniflare: {
    assets: { directory: FROZEN_DIST },
    bindings: {
      TEST_MIGRATIONS: await readD1Migrations('./worker/migrations'),
      TEST_PICTURES: await makePictures(),
      PUBLIC_ORIGIN: FROZEN_ORIGIN,
      STAFF_ADDRESS: 'staff@example.com',
      STAFF_SECOND_ADDRESS: 'staff-second@example.com',
      SENDER_ADDRESS: 'noreply@example.com',
      DISPATCH_URL: 'https://dispatch.example.com/jobs',
      FLOOD_LIMIT: '1000000',
      SEAL_KEYS: testKeys('seal'),
      LINK_KEYS: testKeys('link'),
      STAFF_KEYS: testKeys('staff'),
      DISPATCH_KEYS: testKeys('dispatch'),
      CHAOS_SEED: process.env.CHAOS_SEED ?? '1',
      CHAOS_RUNS: process.env.CHAOS_RUNS ?? '6',
      FUZZ_SEED: process.env.FUZZ_SEED ?? '1',
      FUZZ_INPUTS: process.env.FUZZ_INPUTS ?? '200',
      RACE_ROUNDS: process.env.RACE_ROUNDS ?? '5',
    },
  },
}));

/** Reads the facts of a folder wherever those of content/ are asked for; what the folders lack stays the owner's. */
function readFactsFrom(...folders: string[]): Plugin {
  return {
    // Vitest keeps what it transformed under the plugins' names: two folders under one name would mix their facts up.
    name: `facts-of-${folders.join('-and-')}`,
    enforce: 'pre',
    resolveId(source) {
      const [, name] = /\/content\/((?:[\w-]+\/)*\w+\.json)$/.exec(source) ?? [];
      if (name === undefined) return undefined;
      return folders
        .map((folder) => path.join(import.meta.dirname, 'tests', folder, name))
        .find((file) => existsSync(file));
    },
  };
}

const SAMPLE = 'another-business/content';

/**
 * Tests beside the code ask facts that stand still, not those that the owner changes: a new price or hotline, fewer
 * crews or another company altogether must not break them.
 */
const frozenFacts = readFactsFrom('facts', SAMPLE);

/** What is tried out on content is tried out on content that nobody edits. */
const ON_SAMPLE = [
  'scripts/content/{another-business,check,check-files,command,new,readme,typed-values}.test.ts',
];

const ABOUT_CONTENT = [
  'scripts/{content,launch}/**/*.test.ts',
  'site/pictures/share/**/*.test.ts',
  'tests/unit/{docs,policy-claims,policy-drift}.test.ts',
];

/** These put modules in the place of others, which a second file must not find. */
const WITH_MOCKS = ['tests/unit/{deploy,register-mutations}.test.ts'];

/** A busy machine is slow, not wrong. */
const SLOW_MACHINE_MS = 60_000;

export default defineConfig({
  test: {
    projects: [
      {
        // These look at what the owner wrote, as it is.
        test: {
          name: 'facts',
          isolate: false,
          testTimeout: SLOW_MACHINE_MS,
          include: ABOUT_CONTENT,
          exclude: [...configDefaults.exclude, ...ON_SAMPLE],
        },
      },
      {
        plugins: [readFactsFrom(SAMPLE)],
        test: {
          name: 'sample',
          isolate: false,
          include: ON_SAMPLE,
          testTimeout: SLOW_MACHINE_MS,
        },
      },
      {
        plugins: [frozenFacts],
        test: {
          name: 'unit',
          // Loading everything anew for each file takes as long as the tests.
          isolate: false,
          testTimeout: SLOW_MACHINE_MS,
          exclude: [...configDefaults.exclude, ...ABOUT_CONTENT, ...WITH_MOCKS],
          include: ['{shared,site,scripts}/**/*.test.ts', 'tests/unit/**/*.test.ts'],
        },
      },
      {
        plugins: [frozenFacts],
        test: { name: 'mocks', testTimeout: SLOW_MACHINE_MS, include: WITH_MOCKS },
      },
      {
        plugins: [frozenFacts, worker],
        test: {
          name: 'worker',
          include: ['worker/**/*.test.ts'],
          globalSetup: ['./tests/frozen-site.ts'],
          // Storage is emptied before each test; starting a runtime for each file would take most of the time.
          isolate: false,
          setupFiles: ['./worker/test/setup.ts'],
          testTimeout: SLOW_MACHINE_MS,
        },
      },
      {
        // Reads ./dist, so it runs after the build; some build a site of their own.
        test: {
          name: 'built',
          isolate: false,
          include: ['tests/built/**/*.test.ts'],
          testTimeout: SLOW_MACHINE_MS,
          hookTimeout: 2 * SLOW_MACHINE_MS,
        },
      },
    ],
  },
});
