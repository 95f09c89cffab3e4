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

test('the job that deploys fetches the whole history, since the sitemap takes its dates from it', () => {
  const deploying = Object.entries(jobs).filter(([, { steps }]) =>
    steps.some(({ run }) => run?.includes('npm run deploy')),
  );
  const fetched = deploying.map(([name, { steps }]) => {
    const checkout = steps.find(({ uses }) => uses?.startsWith('actions/checkout@'));
    return [name, checkout?.with];
  });
  expect(fetched).toEqual([['deploy', { 'fetch-depth': 0 }]]);
});
