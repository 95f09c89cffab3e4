import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../scripts/tools/environment.mjs';

/** What a step of content/README.md does in the browser. */
export type Act = () => Promise<void>;

/** The numbered steps of a section of content/README.md, word for word. */
export function readSteps(heading: string): string[] {
  const text = readFileSync(path.join(ROOT, 'content/README.md'), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const steps = Array.from(section.matchAll(/^\d+\. (.+)$/gm), ([, step = '']) => step);
  if (steps.length === 0) throw new Error(`content/README.md has no steps under "${heading}"`);
  return steps;
}

/** Does every step of a section in its order; a step that nobody can follow, and one that is gone, fail. */
export async function followSteps(heading: string, acts: Readonly<Record<string, Act>>) {
  const steps = readSteps(heading);
  const gone = Object.keys(acts).filter((step) => !steps.includes(step));
  if (gone.length > 0) throw new Error(`No longer in content/README.md: ${gone.join(' | ')}`);
  for (const step of steps) {
    const act = acts[step];
    if (!act) throw new Error(`content/README.md says what nobody has followed: ${step}`);
    await act();
  }
}
