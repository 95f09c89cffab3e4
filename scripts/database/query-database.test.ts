import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { queryDatabase } from './query-database.ts';

test('answers whatever log level the caller has set for itself', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'query-'));
  vi.stubEnv('WRANGLER_LOG', 'error');
  const rows = await queryDatabase('select 1 as one', ['--persist-to', folder]);
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
  expect(rows).toEqual([{ one: 1 }]);
  // Starts wrangler, which takes its time on a busy machine.
}, 30_000);
