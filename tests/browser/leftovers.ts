import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
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
    .filter((entry) => (lstatSync(entry, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= since);
  const logs = ['.config/.wrangler/logs', '.wrangler/logs'].map((at) => path.join(homedir(), at));
  return [state, '.wrangler', ...temporary, ...logs].filter((root) => existsSync(root));
}

/** The files below an entry, no link followed; other steps of a test run take their own folders away meanwhile. */
function listFiles(entry: string): string[] {
  const found = lstatSync(entry, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found?.isFile() ? [entry] : [];
  return namesIfThere(entry).flatMap((name) => listFiles(path.join(entry, name)));
}

function namesIfThere(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A file's bytes as one character each; a temporary file deleted meanwhile holds nothing. */
function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
