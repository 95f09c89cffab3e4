import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from '../../scripts/tools/environment.mjs';

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
  env?: Record<string, string>;
}

interface Job {
  steps: Step[];
  env?: unknown;
  concurrency?: { group: string; 'cancel-in-progress': boolean };
  permissions?: unknown;
}

const text = readFileSync(path.join(ROOT, '.github/workflows/ci.yml'), 'utf8');
const workflow = parse(text) as {
  jobs: Record<string, Job>;
  env?: unknown;
  concurrency: { group: string };
  permissions: unknown;
};
const jobs = Object.entries(workflow.jobs);
const stepsOf = (name: string) => workflow.jobs[name]?.steps ?? [];

describe('.github/workflows/ci.yml', () => {
  test('shows the secrets to the one step that uploads and to nothing else', () => {
    const steps = jobs.flatMap(([name, { steps: own }]) => own.map((step) => ({ name, step })));
    const knowing = steps.filter(({ step }) => JSON.stringify(step).includes('secrets.'));
    expect(knowing).toMatchObject([{ name: 'deploy', step: { run: 'npm run deploy -- --built' } }]);
    expect([workflow.env, ...jobs.map(([, job]) => job.env)].filter(Boolean)).toEqual([]);
    expect(workflow.permissions).toEqual({ contents: 'read' });
  });

  test('builds and tests in the job without secrets, from the whole history', () => {
    const building = jobs.filter(([, { steps }]) =>
      steps.some(({ run = '' }) => /npm (?:test|run build)/.test(run)),
    );
    expect(building.map(([name]) => name)).toEqual(['test']);
    const checkout = stepsOf('test').find(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkout?.with).toMatchObject({ 'fetch-depth': 0 });
    const upload = stepsOf('test').find(({ uses }) => uses?.includes('upload-artifact'));
    expect(upload?.with).toMatchObject({ path: 'dist', 'include-hidden-files': true });
  });

  test('lets a push and the hourly run wait apart, and cancels no upload that has begun', () => {
    expect(workflow.concurrency.group).toContain('github.event_name');
    expect(workflow.jobs['deploy']?.concurrency).toEqual({
      group: 'deploy',
      'cancel-in-progress': false,
    });
  });

  test('pins every action by commit and names its tag', () => {
    const uses = text.match(/uses: .+/g) ?? [];
    expect(uses.length).toBeGreaterThan(5);
    const open = uses.filter((line) => !/^uses: [\w./-]+@[0-9a-f]{40} # v[\d.]+$/.test(line));
    expect(open).toEqual([]);
  });

  test('leaves no credentials of the repository to what runs after the checkout', () => {
    const checkouts = jobs.flatMap(([, { steps }]) =>
      steps.filter(({ uses }) => uses?.startsWith('actions/checkout@')),
    );
    expect(checkouts).toHaveLength(jobs.length);
    for (const step of checkouts) expect(step.with?.['persist-credentials']).toBe(false);
  });
});

test('only the listed packages may run an install script, and npm holds to the list', () => {
  const read = (file: string): unknown => JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'));
  const { allowScripts } = read('package.json') as { allowScripts: Record<string, boolean> };
  const { packages } = read('package-lock.json') as {
    packages: Record<string, { hasInstallScript?: boolean }>;
  };
  const running = Object.entries(packages).flatMap(([folder, { hasInstallScript }]) =>
    hasInstallScript ? [folder.replace(/^.*node_modules\//, '')] : [],
  );
  expect(new Set(Object.keys(allowScripts))).toEqual(new Set(running));
  expect(readFileSync(path.join(ROOT, '.npmrc'), 'utf8')).toContain('strict-allow-scripts=true');
});
