import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { encodingsOf } from '../encodings.ts';
import { marks } from './people.ts';

/** What the project's own folder keeps of a run: built pages, state, reports, recordings and pictures of failures. */
const PROJECT = ['dist', '.wrangler', '.cache/reports', 'test-results', 'playwright-report'];
/** Where wrangler writes its logs, below a person's own folder. */
const LOGS = ['.config/.wrangler/logs', '.wrangler/logs', 'Library/Preferences/.wrangler/logs'];

/** The files below these entries that hold one of the values in any encoding: of anyone of the journeys where none is given. */
export function findLeftovers(roots: readonly string[], values = marks): string[] {
  return findFiles(roots, [...new Set(values.flatMap(encodingsOf))]);
}

/** The files below these entries that hold one of these runs of bytes, one character each. */
export function findFiles(roots: readonly string[], needles: readonly string[]): string[] {
  return roots.flatMap(listFiles).filter((file) => {
    const content = readIfThere(file);
    return needles.some((needle) => content.includes(needle));
  });
}

/** Where a test run leaves files; `folder` holds the server's state and every temporary file. */
export function leftoverRoots(folder: string): string[] {
  const logs = LOGS.map((at) => path.join(homedir(), at));
  return [folder, ...PROJECT, ...logs].filter((root) => existsSync(root));
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
