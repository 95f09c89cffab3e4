import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from '../../scripts/tools/environment.mjs';

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}

const file = path.join(ROOT, '.github/workflows/ci.yml');
const { jobs } = parse(readFileSync(file, 'utf8')) as { jobs: Record<string, { steps: Step[] }> };

test('a job that deploys has the whole history, which the dates of the sitemap are read from', () => {
  const deploying = Object.values(jobs).filter(({ steps }) =>
    steps.some(({ run }) => run?.includes('npm run deploy')),
  );
  expect(deploying.length).toBeGreaterThan(0);
  for (const { steps } of deploying) {
    const checkout = steps.find(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkout?.with).toEqual({ 'fetch-depth': 0 });
  }
});
