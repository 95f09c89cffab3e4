import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { encodingsOf } from '../encodings.ts';

/** The files left behind by a local run that hold one of the values in any encoding. */
export function findLeftovers(values: readonly string[], roots: readonly string[]): string[] {
  const needles = values.flatMap(encodingsOf);
  return roots.flatMap(listFiles).filter((file) => {
    const content = readIfThere(file);
    return needles.some((needle) => content.includes(needle));
  });
}

/** Where a run of the house leaves files: its state, the project's own `.wrangler`, its temporary and log files. */
export function leftoverRoots(state: string, since: number): string[] {
  const temporary = readdirSync(tmpdir())
    .filter((name) => /^(?:miniflare|wrangler|workerd|house|tmp-)/.test(name))
    .map((name) => path.join(tmpdir(), name))
    .filter((entry) => existsSync(entry) && statSync(entry).mtimeMs >= since);
  const logs = ['.config/.wrangler/logs', '.wrangler/logs'].map((at) => path.join(homedir(), at));
  return [state, '.wrangler', ...temporary, ...logs].filter((root) => existsSync(root));
}

function listFiles(root: string): string[] {
  if (!statSync(root).isDirectory()) return [root];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** A file's bytes as one character each; a temporary file deleted meanwhile holds nothing. */
function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
