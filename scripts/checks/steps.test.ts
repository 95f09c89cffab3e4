import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { runSteps, type Step } from './steps.mjs';

let printed: string[];

beforeEach(() => {
  printed = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
});
afterEach(() => void vi.restoreAllMocks());

function step(name: string, more: Partial<Step> = {}): Step {
  return { name, run: () => Promise.resolve(), ...more };
}

describe('runSteps', () => {
  test('runs three at a time and waits for what a step needs', async () => {
    let running = 0;
    let most = 0;
    const order: string[] = [];
    const work = (name: string) => async () => {
      most = Math.max(most, (running += 1));
      await new Promise((done) => setTimeout(done, 10));
      running -= 1;
      order.push(name);
    };
    const steps = [
      step('late', { run: work('late'), needs: ['build'] }),
      ...['build', 'a', 'b', 'c'].map((name) => step(name, { run: work(name) })),
    ];
    expect(await runSteps(steps)).toEqual({ passed: 5, failed: 0 });
    expect(most).toBe(3);
    expect(order.indexOf('late')).toBeGreaterThan(order.indexOf('build'));
  });

  test('counts the tests inside, prints the whole output of a failure, runs nothing that needs it', async () => {
    const steps = [
      step('build', { run: () => Promise.reject(new Error('line 1\nline 2')) }),
      step('unit', { count: () => ({ passed: 5, failed: 0 }) }),
      step('broken', {
        run: () => Promise.reject(new Error('does not load')),
        count: () => ({ passed: 3, failed: 0 }),
      }),
      step('late', { needs: ['build'], run: () => Promise.reject(new Error('ran')) }),
    ];
    expect(await runSteps(steps)).toEqual({ passed: 8, failed: 3 });
    expect(printed.join('\n')).toContain('line 1\nline 2');
    expect(printed.join('\n')).toMatch(/late +not run: build failed/);
  });
});
