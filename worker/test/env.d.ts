declare namespace Cloudflare {
  interface Env {
    /** The migrations of worker/migrations, in order; bound in tests only. */
    TEST_MIGRATIONS: import('cloudflare:test').D1Migration[];
  }
}
