import { vi } from 'vitest';

let lines: string[] = [];

/** Collects console.error from now on; the setup file calls it before each test. */
export function watchConsoleErrors(): void {
  lines = [];
  vi.spyOn(console, 'error').mockImplementation((...parts: unknown[]) => {
    lines.push(parts.map(String).join(' '));
  });
}

/** Returns and forgets what console.error said so far: a test that expects errors takes them. */
export function takeConsoleErrors(): string[] {
  const taken = lines;
  lines = [];
  return taken;
}
