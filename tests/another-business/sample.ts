import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../scripts/tools/environment.mjs';

/** What the content check reads beside content/. */
const BESIDE = ['site/pages', 'wrangler.toml'];
/** The code of `npm run content`. */
const COMMAND = ['scripts', 'shared', 'worker', 'package.json'];

/** Copies the sample content, which the owner never edits, into a folder. */
export function copySample(root: string): void {
  copyParts(root, BESIDE);
  cpSync(path.join(import.meta.dirname, 'content'), path.join(root, 'content'), {
    recursive: true,
  });
}

/** The same with the code of `npm run content`, which then reads these facts. */
export function copySampleWithCommand(root: string): void {
  copySample(root);
  copyParts(root, COMMAND);
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(root, 'node_modules'));
}

function copyParts(root: string, parts: readonly string[]): void {
  mkdirSync(root, { recursive: true });
  for (const part of parts) {
    cpSync(path.join(ROOT, part), path.join(root, part), { recursive: true });
  }
}
