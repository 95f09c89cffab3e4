import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../scripts/tools/environment.mjs';

/** The project's files in these folders as they are now, all without one: new ones too, none that was deleted, whatever is committed. */
export function listProjectFiles(...folders: string[]): string[] {
  const list = ['ls-files', '-co', '--exclude-standard', '-z', '--', ...folders];
  return execFileSync('git', list, { cwd: ROOT, encoding: 'utf8' })
    .split('\0')
    .filter((file) => file !== '' && existsSync(path.join(ROOT, file)));
}
