import { afterEach, expect, test, vi } from 'vitest';
import { withoutCredentials } from './credentials.ts';
import { quietEnvironment } from './environment.mjs';

afterEach(() => vi.unstubAllEnvs());

test('what runs inside sees no credentials of the account, and they are back afterwards', async () => {
  const names = ['CLOUDFLARE_API_TOKEN', 'CLOUDFLARE_API_KEY', 'CF_API_TOKEN'];
  for (const name of names) vi.stubEnv(name, 'canary');
  const inside = withoutCredentials(() => {
    expect(JSON.stringify(quietEnvironment())).not.toContain('canary');
    return Promise.reject(new Error('the check is red'));
  });
  await expect(inside).rejects.toThrow('the check is red');
  expect(names.map((name) => process.env[name])).toEqual(['canary', 'canary', 'canary']);
});
