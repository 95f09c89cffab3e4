import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { ROOT, quietEnvironment } from '../scripts/tools/environment.mjs';
import { listProjectFiles } from './project-files.ts';

/** What a clone would not have, but what was made here once need not be made again there. */
const CACHES = ['.cache/share-pictures'];
const AUTHOR = ['-c', 'user.name=a', '-c', 'user.email=a@example.invalid'];

/** The project in a folder of its own, with its packages. */
export interface ProjectCopy {
  folder: string;
  /** Runs a command there; throws with its output when it fails. */
  run: (command: string, args: readonly string[], env?: Record<string, string>) => string;
  remove: () => void;
}

/** Copies every file of the project as it is now, as a repository with one commit. */
export function copyProject(): ProjectCopy {
  const folder = mkdtempSync(path.join(tmpdir(), 'project-'));
  const caches = CACHES.filter((one) => existsSync(path.join(ROOT, one)));
  for (const file of [...listProjectFiles(), ...caches]) {
    cpSync(path.join(ROOT, file), path.join(folder, file), { recursive: true });
  }
  linkPackages(path.join(folder, 'node_modules'));
  const run: ProjectCopy['run'] = (command, args, env = {}) =>
    runThere(folder, [command, ...args], env);
  run('git', ['init', '-q', '-b', 'main']);
  run('git', ['add', '-A']);
  run('git', [...AUTHOR, 'commit', '-q', '-m', 'Copy']);
  return { folder, run, remove: () => rmSync(folder, { recursive: true }) };
}

/** Packages one by one, so that what a build keeps in node_modules/.astro is this copy's own. */
export function linkPackages(folder: string): void {
  mkdirSync(folder);
  const packages = path.join(ROOT, 'node_modules');
  const names = readdirSync(packages).filter((one) => !/^\.(?!bin$|package-lock\.json$)/.test(one));
  for (const name of names) symlinkSync(path.join(packages, name), path.join(folder, name));
}

function runThere(
  folder: string,
  [command = '', ...args]: readonly string[],
  env: Record<string, string>,
): string {
  const began = Date.now();
  const own = path.join(folder, 'node_modules/.bin', command);
  const program = command === 'node' ? process.execPath : existsSync(own) ? own : command;
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...quietEnvironment(), ...env },
  });
  const line = `${command} ${args.join(' ')}`;
  if (status !== 0) throw new Error(`${line}\n${stdout}${stderr}`);
  if (command !== 'git')
    console.log(`✓ ${line.slice(0, 70)} ${Math.round((Date.now() - began) / 1000)} s`);
  return stdout;
}
