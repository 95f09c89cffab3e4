declare namespace Cloudflare {
  interface Env {
    /** The migrations of worker/migrations, in order; bound in tests only. */
    TEST_MIGRATIONS: import('cloudflare:test').D1Migration[];
    /** Pictures as cameras make them, as base64; bound in tests only. */
    TEST_PICTURES: import('../../tests/pictures.ts').Pictures;
    /** Seed of the first scenario of the fault suite, and how many it plays. */
    CHAOS_SEED: string;
    CHAOS_RUNS: string;
    /** How many rounds of each race are run. */
    RACE_ROUNDS: string;
    /** Seed of the drawn requests, and how many are sent. */
    FUZZ_SEED: string;
    FUZZ_INPUTS: string;
  }
}
