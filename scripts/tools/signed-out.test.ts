import { expect, test, vi } from 'vitest';
import { queryDatabase } from '../database/query-database.ts';
import { SIGNED_OUT, isSignedOut } from './signed-out.mjs';

test('a command for the deployed system says in one sentence that nobody is signed in', async () => {
  const nobody = {
    CLOUDFLARE_API_TOKEN: '',
    HOME: '/nonexistent',
    XDG_CONFIG_HOME: '/nonexistent',
  };
  Object.entries(nobody).forEach(([name, value]) => vi.stubEnv(name, value));
  await expect(queryDatabase('select 1', ['--remote'])).rejects.toThrow(new Error(SIGNED_OUT));
  vi.unstubAllEnvs();
  // Starts wrangler, which takes its time on a busy machine.
}, 30_000);

test('another failure keeps its own words', () => {
  expect(isSignedOut('near "selec": syntax error')).toBe(false);
});
